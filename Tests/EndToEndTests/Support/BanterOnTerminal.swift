import ChatApi
import Glibc
import TestSupport
import Testing

/// Banter on a terminal, under a shell that stays, so that what it leaves of the terminal can be seen.
final class BanterOnTerminal: Sendable {
    let terminal: PseudoTerminal
    private let home: Home

    private static let script = """
        trap : INT TERM HUP
        stty -g >"$HOME/before"
        "$@"
        code=$?
        stty -g >"$HOME/after"
        echo "[exit $code]"
        read -r line
        """

    /// Runs Banter without waiting for anything; what else than Banter writes to the terminal is announced.
    init(
        in home: Home, _ arguments: [String], rows: Int = 24, columns: Int = 80,
        foreign: PseudoTerminal.Foreign = .nothing, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        self.home = home
        terminal = try PseudoTerminal(
            running: "/bin/sh", arguments: ["-c", Self.script, "sh", Home.banter] + arguments,
            environment: home.environment, rows: rows, columns: columns, foreign: foreign,
            sourceLocation: sourceLocation)
    }

    /// Types keys.
    func type(_ keys: String) { terminal.write(keys) }

    /// Types a line and Enter, once the prompt is there to show it.
    func enter(_ line: String) { terminal.write(line + "\r") }

    /// Waits until a text is somewhere on the screen.
    @discardableResult
    func shows(_ text: String) async throws -> TerminalScreen { try await terminal.waitFor(text) }

    /// Whether the cursor is behind an empty prompt now.
    var isAtPrompt: Bool { Self.isAtPrompt(terminal.screen) }

    private static func isAtPrompt(_ screen: TerminalScreen) -> Bool {
        switch screen.lines[screen.cursor.row] {
        case "›", ">": screen.cursor.column == 2
        case "not saved ›": screen.cursor.column == 12
        default: false
        }
    }

    /// Waits until a text is on the screen and an empty prompt under it.
    @discardableResult
    func showsPrompt(after text: String = "") async throws -> TerminalScreen {
        try await terminal.wait(for: "a prompt after “\(text)”") { screen in
            screen.allLines.contains { $0.contains(text) } && Self.isAtPrompt(screen)
        }
    }

    /// Waits until an answer is on the screen whole, which it is saved before it is said of, and an empty prompt under it.
    @discardableResult
    func showsAnswer(_ text: String) async throws -> TerminalScreen {
        try await terminal.wait(for: "the answer “\(text)”") { screen in
            guard let line = screen.allLines.lastIndex(where: { $0.contains(text) }) else { return false }
            return screen.allLines[line...].contains { $0.contains("7 out") } && screen.lines[screen.cursor.row] == "›"
        }
    }

    /// The process id of Banter itself.
    var process: Int32 {
        get throws {
            let shell = terminal.process ?? 0
            let children = readFile("/proc/\(shell)/task/\(shell)/children").split(separator: " ").compactMap {
                Int32($0)
            }
            guard children.count == 1 else { throw Unexpected("the shell has the children \(children)") }
            return children[0]
        }
    }

    /// Leaves with Ctrl-D, and checks what must hold after every run.
    func leave(clipboard: [String] = []) async throws {
        try await showsPrompt()
        type("\u{4}")
        try await expectEnd(0, clipboard: clipboard)
    }

    /// Waits for the end of Banter, and checks that it left the terminal as it was; and that this was put into the clipboard, and nothing
    /// else.
    @discardableResult
    func expectEnd(
        _ code: Int32, clipboard: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> TerminalScreen {
        let screen = try await shows("[exit ")
        #expect(screen.contains("[exit \(code)]"), "\(screen.text)", sourceLocation: sourceLocation)
        #expect(screen.modes == [7, 25], sourceLocation: sourceLocation)
        terminal.expect(clipboard: clipboard)
        #expect(screen.title == "the old title", sourceLocation: sourceLocation)
        let before = home.directory.text(of: "home/before")
        #expect(before != nil && before == home.directory.text(of: "home/after"), sourceLocation: sourceLocation)
        #expect(!contains(terminal.transcript, Home.key), sourceLocation: sourceLocation)
        return screen
    }
}

extension Home {
    /// Runs Banter on a terminal, with the model `test-model`, and waits for its prompt.
    func prompt(
        _ arguments: String..., rows: Int = 24, columns: Int = 80, foreign: PseudoTerminal.Foreign = .nothing,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> BanterOnTerminal {
        let banter = try BanterOnTerminal(
            in: self, ["-m", "test-model"] + arguments, rows: rows, columns: columns, foreign: foreign,
            sourceLocation: sourceLocation)
        try await banter.showsPrompt(after: "banter 0")
        return banter
    }
}

/// The text of a file of the proc file system; empty if it isn't there.
func readFile(_ path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
}

/// Whether bytes hold a text.
func contains(_ bytes: [UInt8], _ text: String) -> Bool { bytes.firstRange(of: Array(text.utf8)) != nil }

/// Waits until there is no such process, for at most 20 s.
func waitUntilGone(_ process: Int32) async throws {
    let limit = ContinuousClock.now + .seconds(20)
    // A process that has ended but that nobody waited for counts as gone.
    while kill(process, 0) == 0, !readFile("/proc/\(process)/stat").contains(") Z ") {
        guard ContinuousClock.now < limit else { throw Unexpected("process \(process) is still there after 20 s") }
        try await Task.sleep(for: .milliseconds(10))
    }
}
