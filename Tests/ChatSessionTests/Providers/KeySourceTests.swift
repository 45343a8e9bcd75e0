import FoundationEssentials
import TestSupport
import Testing

@testable import ChatSession

@Suite("A key", .timeLimit(.minutes(1)))
struct KeySourceTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private static let environment = ["PATH": "/usr/bin:/bin", "HOME": "/home/me", "MY_KEY": "sk-1", "EMPTY": ""]

    private func key(_ source: KeySource) async throws -> String { try await source.key(environment: Self.environment) }

    @Test("in a variable is taken from there, if there is any")
    func variable() async throws {
        #expect(try await key(.environment("MY_KEY")) == "sk-1")
        await #expect(throws: KeyError.noVariable("EMPTY")) { try await key(.environment("EMPTY")) }
        await #expect(throws: KeyError.noVariable("NONE")) { try await key(.environment("NONE")) }
    }

    @Test("in a file is taken from there, if nobody else can read it")
    func file() async throws {
        let path = try directory.write("sk-2\r\n", to: "key")
        #expect(try await key(.file(path)) == "sk-2")
        let open = try directory.write("sk-2", to: "open", permissions: 0o640)
        await #expect(throws: KeyError.fileIsNotPrivate(path: open)) { try await key(.file(open)) }
        let empty = try directory.write("\n", to: "empty")
        await #expect(throws: KeyError.unusable("the key file \(empty) is empty")) { try await key(.file(empty)) }
        await #expect(throws: KeyError.unreadable(FileSystemError("open", "/home/me/none", 2))) {
            try await key(.file("~/none"))
        }
        await #expect(throws: KeyError.unreadable(FileSystemError("read", directory.path, 21))) {
            try await key(.file(directory.path))
        }
    }

    @Test("that a command prints is taken without the line break")
    func command() async throws {
        #expect(try await key(.command(["printf", "sk-3\\n"])) == "sk-3")
        #expect(try await key(.command(["sh", "-c", "echo noise >&2; echo sk-3"])) == "sk-3")
    }

    @Test("that a command doesn't print is an error that shows nothing of what it printed")
    func failingCommand() async throws {
        await #expect(throws: KeyError.commandFailed("sh", status: 3)) {
            try await key(.command(["sh", "-c", "echo sk-canary; exit 3"]))
        }
        await #expect(throws: KeyError.commandFailed("sh", status: -9)) {
            try await key(.command(["sh", "-c", "kill -KILL $$"]))
        }
        await #expect(throws: KeyError.noCommand("no-such-program")) { try await key(.command(["no-such-program"])) }
        await #expect(throws: KeyError.unusable("the key command true printed nothing")) {
            try await key(.command(["true"]))
        }
        await #expect(throws: KeyError.unusable("the key command sh printed more than 64 KiB")) {
            try await key(.command(["sh", "-c", "head -c 100000 /dev/zero"]))
        }
    }

    @Test("of another provider isn't told to the command")
    func environment() async throws {
        let source = KeySource.command(["sh", "-c", "echo \"$HOME:$OPENAI_API_KEY:$BW_SESSION\""])
        let environment = ["PATH": "/usr/bin:/bin", "HOME": "/h", "OPENAI_API_KEY": "sk-canary", "BW_SESSION": "b"]
        #expect(try await source.key(environment: environment) == "/h::b")
    }

    @Test("isn't waited for when nobody wants it any more")
    func cancelled() async throws {
        let started = directory.file("started")
        let task = Task { try await key(.command(["sh", "-c", "touch '\(started)'; exec sleep 600"])) }
        let clock = ContinuousClock()
        let limit = clock.now + .seconds(20)
        while directory.text(of: "started") == nil {
            try #require(clock.now < limit, "the command hasn't begun after 20 seconds")
            try await Task.sleep(for: .milliseconds(10))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("never shows in a description")
    func hidden() {
        let source = KeySource.inline(KeySource.Secret(text: "sk-canary"))
        var shown = "\(source) \(String(reflecting: source)) "
        dump(source, to: &shown)
        #expect(!shown.contains("canary"))
    }
}
