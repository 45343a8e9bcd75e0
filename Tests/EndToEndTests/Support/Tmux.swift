import Glibc
import TestSupport

/// Banter in a real tmux: a second opinion beside the emulator of the tests.
final class Tmux: Sendable {
    /// Without tmux on this machine the tests of this kind are skipped.
    static let isInstalled = access("/usr/bin/tmux", X_OK) == 0

    private let socket: String
    private let home: Home

    /// Runs Banter in a window, and waits for its prompt.
    init(in home: Home, _ window: WindowSize) async throws {
        self.home = home
        socket = home.directory.file("tmux")
        let variables = home.environment.map { "\($0)='\($1)'" }.joined(separator: " ")
        // In the window TERM is tmux's own.
        _ = Self.output(
            of:
                "env -i \(variables) tmux -u -f /dev/null -S \(socket) new-session -d -x \(window.columns) -y \(window.rows)"
                + " \"stty -g >$HOME/before; \(Home.banter) -m test-model; stty -g >$HOME/after; sleep 100\""
                .replacing("$HOME", with: home.directory.file("home")))
        try await wait(for: "the prompt") { $0.lines[$0.row] == "›" }
    }

    deinit { _ = run("kill-server") }

    /// What the window shows.
    struct Picture: Equatable {
        var lines: [String]
        var row: Int
        var column: Int
    }

    /// The picture now.
    var picture: Picture {
        let parts = run("display-message -p '#{cursor_y} #{cursor_x}' \\; capture-pane -p").split(
            separator: "\n", omittingEmptySubsequences: false)
        let cursor = (parts.first ?? "").split(separator: " ").compactMap { Int($0) }
        var lines = parts.dropFirst().map(String.init)
        while lines.count <= cursor.first ?? 0 { lines.append("") }
        return Picture(lines: lines, row: cursor.first ?? 0, column: cursor.last ?? 0)
    }

    /// The scrollback and the screen, lines that tmux wrapped joined.
    var history: String { run("capture-pane -p -J -S -") }

    /// Types keys.
    func type(_ keys: String) {
        let bytes = keys.utf8.map { String($0, radix: 16) }.joined(separator: " ")
        _ = run("send-keys -H \(bytes)")
    }

    func resize(_ window: WindowSize) { _ = run("resize-window -x \(window.columns) -y \(window.rows)") }

    /// Has Banter draw everything anew, as it does after any SIGWINCH.
    func redraw() {
        let shell = run("display-message -p '#{pane_pid}'").filter(\.isNumber)
        let children = readFile("/proc/\(shell)/task/\(shell)/children").split(separator: " ").compactMap { Int32($0) }
        for process in children { kill(process, SIGWINCH) }
    }

    /// Waits for a picture, for at most 20 s.
    @discardableResult
    func wait(for what: String, until condition: (Picture) -> Bool) async throws -> Picture {
        let limit = ContinuousClock.now + PseudoTerminal.limit
        while true {
            let picture = picture
            if condition(picture) { return picture }
            guard ContinuousClock.now < limit else {
                throw Unexpected("\(what) didn't come; tmux shows \(picture)")
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// What a command of tmux prints.
    func run(_ command: String) -> String { Self.output(of: "tmux -S \(socket) \(command)") }

    private static func output(of command: String) -> String {
        guard let stream = popen(command, "r") else { return "" }
        defer { pclose(stream) }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&buffer, 1, buffer.count, stream)
            if count == 0 { return String(decoding: output, as: UTF8.self) }
            output += buffer[..<count]
        }
    }
}
