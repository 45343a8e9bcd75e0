import Glibc

/// The person's own editor on a text, as git(1) runs it.
///
/// For the terminal's thread, which it blocks while the terminal is lent.
enum ExternalEditor {
    /// A larger file isn't taken back.
    static let maximumBytes = 16 << 20

    /// Has a text edited.
    ///
    /// The file that it stands in is private, and is gone when this returns.
    ///
    /// - Parameters:
    ///   - text: The text; it goes without its last line end into a file with one, and comes back the same way.
    ///   - terminal: The descriptor of the terminal.
    ///   - loan: Says when the terminal is wanted back. Then the editor is ended, and what it has saved is taken.
    /// - Returns: What was saved, or why nothing was.
    static func edit(_ text: String, terminal: Int32, loan: TerminalLoan) -> Result<String, ExternalEditorError> {
        guard let command = command() else { return .failure(.noEditor) }
        do throws(ExternalEditorError) {
            let file = try TemporaryText(text)
            defer { file.remove() }
            try run(command, on: file.path, terminal: terminal, loan: loan)
            return .success(try file.contents(limit: maximumBytes))
        } catch {
            return .failure(error)
        }
    }

    /// An editor that the terminal is wanted back from is ended; that is no error.
    private static func run(
        _ command: String, on path: String, terminal: Int32, loan: TerminalLoan
    ) throws(ExternalEditorError) {
        let program: TerminalProgram
        do {
            program = try TerminalProgram(
                script: script(command), arguments: [command, path], descriptors: [terminal, terminal, terminal],
                terminal: terminal)
        } catch {
            throw .system(operation: error.operation, code: error.code)
        }
        switch program.wait(loan) {
        case .killed(let signal): throw .killed(signal: signal)
        // The shell says so of a signal that ended the editor, and of what it couldn't run.
        case .exited(let code) where code > 128: throw .killed(signal: code - 128)
        case .exited(126), .exited(127): throw .notFound(command)
        case .exited(0), .takenBack: break
        case .exited(let code): throw .exited(code: code)
        }
    }

    /// What the shell is told: the words in the value of `$EDITOR` are its business.
    ///
    /// The editor takes the shell's place, so that a signal to the one is for the other; where the value is more than one command, the
    /// shell stays, and lets Ctrl-C be the editor's.
    private static func script(_ command: String) -> String {
        let isOneCommand = !command.utf8.contains { "|&;<>()=\n".utf8.contains($0) }
        return (isOneCommand ? "exec " : "trap : INT; ") + command + " \"$@\""
    }

    /// What is run: `$VISUAL`, else `$EDITOR`, else the first of the usual ones that is there.
    static func command() -> String? {
        for name in ["VISUAL", "EDITOR"] {
            if let value = variable(name) { return value }
        }
        return ["sensible-editor", "nano", "vi"].first { ChildProgram.find($0) != nil }
    }

    /// A variable of the environment; nil if it is empty.
    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// Why an editor brought nothing back.
enum ExternalEditorError: Error, Hashable, CustomStringConvertible {
    case noEditor
    /// The shell found nothing to run.
    case notFound(String)
    case exited(code: Int32)
    case killed(signal: Int32)
    case tooLarge
    case notUTF8
    /// The system's reason for what couldn't be done, to stand after "can't".
    case system(operation: String, code: Int32)

    var description: String {
        switch self {
        case .noEditor: "There is no editor: $VISUAL or $EDITOR names one."
        case .notFound(let command): "The editor can't be run: \(command). $VISUAL or $EDITOR names another."
        case .exited(let code): "The editor ended with exit code \(code)."
        case .killed(let signal): "The editor was ended by signal \(signal)."
        case .tooLarge: "What the editor saved is larger than \(ExternalEditor.maximumBytes >> 20) MB."
        case .notUTF8: "What the editor saved isn't UTF-8."
        case .system(let operation, let code): "Can't \(operation): \(String(cString: strerror(code)))."
        }
    }
}
