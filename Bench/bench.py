"""Measures banter against programs that do nothing else, each pair in turn, and prints medians and ratios.

usage: bench.py BANTER        (make bench calls it)
"""

import http.server
import json
import os
import pty
import queue
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import answers
import keys
import sessions

RUNS = 15
CHUNKS = 100_000
LIMIT = 60  # seconds that any one run may take


def seconds_to(marker, command, environment):
    """From exec to the marker on the terminal; the program is killed there."""
    start = time.monotonic()
    process, terminal = pty.fork()
    if process == 0:
        os.execve(command[0], command, environment)
    seen = b""
    try:
        while marker not in seen:
            if time.monotonic() - start > LIMIT or not select.select([terminal], [], [], LIMIT)[0]:
                sys.exit(f"bench: {command[0]} showed no prompt; it showed {seen[-500:]!r}")
            seen += os.read(terminal, 65536)
        elapsed = time.monotonic() - start
        with open(f"/proc/{process}/status") as status:
            memory = next((int(line.split()[1]) for line in status if line.startswith("VmRSS")), 0)
        return elapsed, memory
    finally:
        os.kill(process, 9)
        os.waitpid(process, 0)
        os.close(terminal)


def memory_of(command, environment):
    """Seconds from exec to exit, the largest resident set seen in kB, and the exit code; the output is thrown away."""
    start = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    # Not by wait4: its maximum counts this program too, from before the exec.
    while process.poll() is None:
        if time.monotonic() - start > LIMIT:
            process.kill()
        with open(f"/proc/{process.pid}/status") as status:
            peak = max([peak] + [int(line.split()[1]) for line in status if line.startswith("VmHWM")])
        time.sleep(0.002)
    return time.monotonic() - start, peak, process.returncode


def seconds_to_stop(command, environment, ready):
    """From SIGINT, once the request is at the server and ready() says so, to exit."""
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        ready(process)
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=LIMIT)
        return time.monotonic() - start
    finally:
        process.kill()


def seconds_of(command, environment):
    """From exec to exit; the output is read and thrown away."""
    start = time.monotonic()
    result = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=LIMIT)
    if result.returncode != 0:
        sys.exit(f"bench: {command[0]} failed: {result.stderr.decode(errors='replace')}")
    return time.monotonic() - start


class StreamingServer(http.server.BaseHTTPRequestHandler):
    """Answers every chat with the same 100 000 chunks, as fast as they are taken."""

    protocol_version = "HTTP/1.1"

    @staticmethod
    def chunk(text):
        chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "bench",
                 "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}
        return b"data: " + json.dumps(chunk).encode() + b"\n\n"

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model = request["model"]
        self.server.asked.put(model)
        if model == "short":
            self.server.sent.put(request["messages"][-1]["content"])
        if model == "silent":
            self.rfile.read(1)  # until the client goes away
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            for piece in self.answers[model]():
                self.wfile.write(piece)
            if model == "stalling":
                self.rfile.read(1)
        except OSError:
            pass  # a client that has had enough closes the connection
        self.close_connection = True

    done = b"data: [DONE]\n\n"
    answers = {
        "bench": lambda: [StreamingServer.words, StreamingServer.done],
        "long": lambda: [StreamingServer.words] * 10 + [StreamingServer.done],
        # The cases N22 and N21 of the reliability catalogue.
        "million": lambda: [b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n' * 10_000] * 100 + [StreamingServer.done],
        "huge": lambda: [StreamingServer.chunk("a" * 15_000_000), StreamingServer.done],
        "endless": lambda: (b"x" * 1_000_000 for _ in range(1000)),
        "short": lambda: [StreamingServer.chunk("ok"), StreamingServer.done],
        "stalling": lambda: [StreamingServer.chunk("first")],
        "first": lambda: answers.first(StreamingServer.chunk, StreamingServer.done),
        "markdown": lambda: [StreamingServer.markdown, StreamingServer.done],
        "long-markdown": lambda: [StreamingServer.markdown] * 10 + [StreamingServer.done],
    }

    def do_GET(self):
        body = b'{"object":"list","data":[{"id":"bench"}]}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


class QuietServer(http.server.ThreadingHTTPServer):
    """A client that is killed at its prompt resets its connection, which is no news."""

    asked = queue.SimpleQueue()
    sent = queue.SimpleQueue()

    def handle_error(self, request, client_address):
        pass


def row(name, ours, theirs, unit=1000, suffix="ms"):
    a, b = statistics.median(ours), statistics.median(theirs)
    ratio = statistics.median([x / y for x, y in zip(ours, theirs)])
    print(f"{name:<34} {a * unit:9.2f} {suffix}   {b * unit:9.2f} {suffix}   {ratio:6.2f}×")


def main():
    banter = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as directory:
        yardstick = os.path.join(directory, "prompt")
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "prompt.c")
        subprocess.run(["cc", "-O2", "-o", yardstick, source, "-ledit"], check=True)

        server = QuietServer(("127.0.0.1", 0), StreamingServer)
        StreamingServer.words = b"".join(StreamingServer.chunk(f"word{i} ") for i in range(CHUNKS))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        home = os.path.join(directory, "home")
        environment = {"PATH": os.environ["PATH"], "HOME": directory, "BANTER_HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8",
                       "OPENAI_BASE_URL": url, "OPENAI_API_KEY": "bench"}

        print(f"{'':<34} {'banter':>12}   {'yardstick':>12}   {'ratio':>7}   (medians of {RUNS})")
        seconds_to("› ".encode(), [banter, "--model", "bench"], environment)  # warm-up
        ours, theirs, memory = [], [], []
        for _ in range(RUNS):
            elapsed, resident = seconds_to("› ".encode(), [banter, "--model", "bench"], environment)
            ours.append(elapsed)
            memory.append(resident)
            theirs.append(seconds_to(b"> ", [yardstick], environment)[0])
        row("start to prompt (C on libedit)", ours, theirs)

        request = json.dumps({"model": "bench", "stream": True, "messages": [{"role": "user", "content": "go"}]})
        ours, theirs = [], []
        for _ in range(max(RUNS // 3, 3)):
            ours.append(seconds_of([banter, "--no-save", "--model", "bench", "-p", "go"], environment))
            theirs.append(seconds_of(["curl", "-sSN", "-H", "Content-Type: application/json", "-d", request, url + "/chat/completions"], environment))
        row(f"stream of {CHUNKS} chunks (curl -N)", ours, theirs)
        print(f"memory at the prompt: {statistics.median(memory) / 1024:.1f} MB resident")

        StreamingServer.markdown = answers.markdown(StreamingServer.chunk, CHUNKS)
        answers.measure([banter, "--no-save"], environment, server.asked, [
            ("bench", CHUNKS, "100 000 words at the prompt"), ("long", 10 * CHUNKS, "a million words at the prompt"),
            ("markdown", CHUNKS, "100 000 chunks of Markdown"), ("long-markdown", 10 * CHUNKS, "a million chunks of Markdown")])

        command = [banter, "--no-save", "--model", "short"]
        keys.pastes(command, environment, server.sent)
        keys.keys(command, environment, [yardstick])

        sessions.measure([banter, "--model", "short"], environment, directory, seconds_to)

        for model, what in [("million", "a million events"), ("huge", "one event of 15 MB"), ("endless", "1 GB without a line end")]:
            elapsed, peak, status = memory_of([banter, "--no-save", "--model", model, "-p", "go"], environment)
            print(f"{what + ':':<34} {elapsed:9.2f} s    {peak / 1024:9.1f} MB at most, exit {status}")
        for model, what, ready in [
            ("silent", "SIGINT while waiting:", lambda process: server.asked.get(timeout=LIMIT)),
            ("stalling", "SIGINT in an answer:", lambda process: process.stdout.read(5)),
        ]:
            while not server.asked.empty():
                server.asked.get()
            stops = [seconds_to_stop([banter, "--no-save", "--model", model, "-p", "go"], environment, ready) for _ in range(RUNS)]
            print(f"{what:<34} {max(stops) * 1000:9.2f} ms to the exit, at most")


main()
