import Glibc

/// The clipboard of the person's desktop, as far as programs lead there.
///
/// The way through the terminal is ``Console/setClipboard(_:)``.
package struct Clipboard: Sendable {
    /// What was tried.
    package struct Outcome: Hashable, Sendable {
        /// The program that took the text; nil if none did.
        package var program: String?
        /// Those that were there, but didn't take it.
        package var failed: [String] = []
    }

    /// A program that puts its standard input there.
    private struct Program: Sendable {
        var words: [String]
        var encode: @Sendable (String) -> [UInt8] = { Array($0.utf8) }
    }

    /// Those that make sense here, the best first.
    private let programs: [Program]

    /// How long a program may take to accept a text.
    private static let limit = Duration.seconds(2)

    /// - Parameter environment: The environment, which tells whose clipboards can be reached.
    package init(environment: [String: String]) {
        func isSet(_ name: String) -> Bool { environment[name]?.isEmpty == false }
        var programs: [Program] = []
        if isSet("WAYLAND_DISPLAY") { programs.append(Program(words: ["wl-copy", "--type", "text/plain"])) }
        if isSet("DISPLAY") {
            programs.append(Program(words: ["xclip", "-selection", "clipboard"]))
            programs.append(Program(words: ["xsel", "--clipboard", "--input"]))
        }
        // It takes UTF-16 where a mark of the byte order says so, and else whatever Windows is set to.
        if isSet("WSL_DISTRO_NAME") {
            programs.append(
                Program(words: ["clip.exe"]) { text in
                    ([0xFEFF] + text.utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
                })
        }
        programs.append(Program(words: ["pbcopy"]))
        // tmux hands it on to the terminal, where that is allowed.
        if isSet("TMUX") { programs.append(Program(words: ["tmux", "load-buffer", "-w", "-"])) }
        self.programs = programs
    }

    /// Has the first program that can put a text there.
    package func copy(_ text: String) async -> Outcome {
        await withCheckedContinuation { continuation in
            // Programs are waited for, which no thread of Swift's pool may do.
            let isRunning = TerminalThread.start { continuation.resume(returning: tryPrograms(text)) }
            if !isRunning { continuation.resume(returning: Outcome()) }
        }
    }

    private func tryPrograms(_ text: String) -> Outcome {
        var outcome = Outcome()
        for program in programs {
            let name = program.words[0]
            guard let path = ChildProgram.find(name) else { continue }
            if Self.run([path] + program.words.dropFirst(), program.encode(text)) {
                outcome.program = name
                return outcome
            }
            outcome.failed.append(name)
        }
        return outcome
    }

    /// Runs a program on a text; false if it fails or takes too long.
    ///
    /// It stays out of the way: with a session of its own no key of the terminal reaches it, and what it leaves behind to serve the
    /// text (wl-copy, xclip) doesn't hold on to anything of ours.
    private static func run(_ arguments: [String], _ bytes: [UInt8]) -> Bool {
        let nowhere = open("/dev/null", O_RDWR | O_CLOEXEC)
        guard nowhere >= 0, let file = try? MemoryFile(bytes) else { return false }
        defer { close(nowhere) }
        let program = try? ChildProgram(
            arguments, descriptors: [file.descriptor, nowhere, nowhere], isDetached: true)
        guard let program else { return false }
        let end = ContinuousClock.now + limit
        while ContinuousClock.now < end {
            switch program.state() {
            case .runs, .stopped: usleep(2000)
            case .exited(let code): return code == 0
            case .killed: return false
            }
        }
        program.kill()
        return false
    }
}
