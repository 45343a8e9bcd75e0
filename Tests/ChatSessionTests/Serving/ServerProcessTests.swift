import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import ChatSession

@Suite("A server started on demand", .timeLimit(.minutes(1)))
struct ServerProcessTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A shell script as a server; it is ready when it has made the file `ready`.
    private func start(
        _ script: String, environment: [String: String]? = nil, within limit: Duration = .seconds(20),
        onEnd: @escaping @Sendable (ServerProcessError) -> Void = { _ in }
    ) async throws -> ServerProcess {
        let path = try directory.write("#!/bin/sh\n\(script)\n", to: "server", permissions: 0o700)
        let ready = directory.file("ready")
        return try await ServerProcess.start(
            command: [path, "--at={host}:{port}", directory.path], environment: environment,
            logPath: directory.file("log"), readyWithin: limit, onEnd: onEnd
        ) { _ in access(ready, F_OK) == 0 }
    }

    private static let serve = "echo up; echo \"$1\" >\"$2/arguments\"; touch \"$2/ready\"; exec sleep 600"

    @Test("is ready when it says so, gets host and port, and its output is in the log")
    func becomesReady() async throws {
        let server = try await start(Self.serve)
        #expect(server.isRunning)
        #expect(!members(of: server.processID).isEmpty)
        let port = try #require(server.baseURL.wholeMatch(of: /http:\/\/127\.0\.0\.1:([0-9]+)\/v1/)?.1)
        #expect(directory.text(of: "arguments") == "--at=127.0.0.1:\(port)\n")
        await server.stop()
        #expect(directory.text(of: "log") == "up\n")
    }

    @Test("is gone with everything it started after stop, even what ignores SIGTERM")
    func stops() async throws {
        let server = try await start("trap '' TERM; sleep 600 & touch \"$2/ready\"; wait")
        await server.stop()
        #expect(!server.isRunning)
        try await gone(server.processID)
        await server.stop()
    }

    @Test("gets SIGTERM first, so that it can end in order")
    func endsInOrder() async throws {
        let server = try await start(
            "trap 'echo bye; exit' TERM; touch \"$2/ready\"; while :; do sleep 0.05; done")
        await server.stop()
        #expect(directory.text(of: "log")?.hasSuffix("bye\n") == true)
    }

    @Test("dies with the process that holds the pipe, even when that is killed")
    func diesWithItsParent() async throws {
        // The holder of the pipe plays banter; setsid gives the supervisor a group of its own, as swift-subprocess does.
        let parent = try await start(
            """
            sh -c 'echo $$ >"$0/holder"; exec sleep 600' "$2" |
            setsid -w sh -c "$SUPERVISOR" supervisor sh -c 'echo $$ >"$0/server"; touch "$0/ready"; exec sleep 600' "$2"
            """, environment: ["PATH": "/usr/bin:/bin", "SUPERVISOR": SupervisedProcess.supervisor])
        try await until { directory.text(of: "holder")?.hasSuffix("\n") == true }
        let holder = try id("holder")
        let server = try id("server")
        #expect(!isGone(server))
        kill(holder, SIGKILL)
        try await until { isGone(server) }
        await parent.stop()
    }

    @Test("is gone when the only reference to it is")
    func endsWithItsReference() async throws {
        var server: ServerProcess? = try await start(Self.serve)
        let group = try #require(server?.processID)
        server = nil
        try await gone(group)
    }

    @Test("ends when its supervisor is killed")
    func endsWithSupervisor() async throws {
        let server = try await start(Self.serve)
        kill(server.processID, SIGKILL)
        try await gone(server.processID)
    }

    @Test("ends by itself, and that is seen")
    func endsByItself() async throws {
        let server = try await start("touch \"$2/ready\"; sleep 600 & while test ! -e \"$2/end\"; do sleep 0.05; done")
        try directory.write("", to: "end")
        try await gone(server.processID)
        await server.stop()
        #expect(!server.isRunning)
    }

    @Test("tells of its end once, with its status and last words, but not when it was stopped")
    func tellsOfItsEnd() async throws {
        let (ends, continuation) = AsyncStream.makeStream(of: ServerProcessError.self)
        let serve =
            "touch \"$2/ready\"; while test ! -e \"$2/end\"; do sleep 0.05; done; echo out of memory >&2; exit 3"
        let stopped = try await start(Self.serve, onEnd: { _ in continuation.yield(.noFreePort) })
        await stopped.stop()
        let server = try await start(
            serve,
            onEnd: {
                continuation.yield($0)
                continuation.finish()
            })
        try directory.write("", to: "end")
        let told = await ends.reduce(into: []) { $0.append($1) }
        #expect(told == [.exited(status: 3, lastLines: ["out of memory"])])
        await server.stop()
    }

    @Test("that exits at once is an error with its status and last lines")
    func exitsEarly() async throws {
        await #expect(throws: ServerProcessError.exited(status: 7, lastLines: ["no such model:", "  m.gguf"])) {
            _ = try await start("echo no such model: >&2; echo; echo '  m.gguf'; exit 7")
        }
    }

    @Test("that dies of a signal says which")
    func killed() async throws {
        await #expect(throws: ServerProcessError.exited(status: 137, lastLines: [])) {
            _ = try await start("kill -KILL $$")
        }
    }

    @Test("that never answers is ended, and the error has its last lines")
    func neverReady() async throws {
        await #expect(throws: ServerProcessError.notReady(after: .seconds(1), lastLines: ["loading"])) {
            _ = try await start("echo $$ >\"$2/pid\"; echo loading; exec sleep 600", within: .seconds(1))
        }
        let pid = try id("pid")
        try await until { isGone(pid) }
    }

    @Test("is ended when the start is cancelled")
    func cancelled() async throws {
        let starting = Task { try await start("echo $$ >\"$2/pid\"; mv \"$2/pid\" \"$2/started\"; exec sleep 600") }
        try await until { directory.text(of: "started") != nil }
        starting.cancel()
        await #expect(throws: CancellationError.self) { try await starting.value }
        let pid = try id("started")
        try await until { isGone(pid) }
    }

    @Test("needs a program", arguments: ["banter-no-such-program", "/no/such/program", "/etc/passwd", "/", ""])
    func programNotFound(_ program: String) async throws {
        await #expect(throws: ServerProcessError.programNotFound(program)) {
            _ = try await ServerProcess.start(command: [program]) { _ in true }
        }
    }

    @Test("isn't told any secret")
    func noSecrets() async throws {
        let server = try await start(
            "env >\"$2/environment\"; touch \"$2/ready\"; exec sleep 600",
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": "/h", "LANG": "C.UTF-8", "https_proxy": "http://proxy:3128",
                "1BAD": "x",
                "OPENAI_API_KEY": "sk-1", "my_api_key": "sk-2", "HF_TOKEN": "sk-3", "X_SECRET": "sk-4",
                "DB_PASSWORD": "sk-5",
            ])
        await server.stop()
        let lines = try #require(directory.text(of: "environment")).split(separator: "\n")
        #expect(!lines.contains { $0.contains("sk-") })
        #expect(
            lines.contains("HOME=/h") && lines.contains("https_proxy=http://proxy:3128")
                && lines.contains("LANG=C.UTF-8"))
    }

    @Test("may write without end: the log is cut and the server isn't held up")
    func endlessOutput() async throws {
        let server = try await start("yes | head -c 5000000; touch \"$2/ready\"; exec sleep 600")
        await server.stop()
        #expect(directory.text(of: "log")?.utf8.count == 1 << 20)
    }

    /// The process id in a file.
    private func id(_ file: String) throws -> Int32 {
        try #require(Int32(directory.text(of: file)?.split(separator: "\n").first ?? ""))
    }

    /// Waits until no process of a group is left.
    private func gone(_ group: Int32) async throws { try await until { members(of: group).isEmpty } }

    /// The processes of a group that are alive: what is killed stays a zombie until its parent, maybe a slow init, takes note.
    private func members(of group: Int32) -> [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.filter { id in
            guard Int32(id) != nil, let data = FileManager.default.contents(atPath: "/proc/\(id)/stat") else {
                return false
            }
            // proc_pid_stat(5): the name in parentheses, then the state, the parent and the process group.
            let fields = String(decoding: data, as: UTF8.self).split(separator: ")").last?.split(separator: " ") ?? []
            return fields.count > 2 && fields[2] == "\(group)" && fields[0] != "Z" && fields[0] != "X"
        }
    }

    private func isGone(_ id: Int32) -> Bool {
        let stat = FileManager.default.contents(atPath: "/proc/\(id)/stat").map { String(decoding: $0, as: UTF8.self) }
        return stat == nil || stat?.contains(") Z ") == true
    }

    private func until(_ condition: () -> Bool) async throws {
        let clock = ContinuousClock()
        let limit = clock.now + .seconds(20)
        while !condition() {
            try #require(clock.now < limit, "nothing happened for 20 seconds")
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
