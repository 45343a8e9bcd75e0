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
            let process = try ExternalEditorProcess(command: command, path: file.path, terminal: terminal)
            try process.wait(loan)
            return .success(try file.contents(limit: maximumBytes))
        } catch {
            return .failure(error)
        }
    }

    /// What is run: `$VISUAL`, else `$EDITOR`, else the first of the usual ones that is there.
    static func command() -> String? {
        for name in ["VISUAL", "EDITOR"] {
            if let value = variable(name) { return value }
        }
        return ["sensible-editor", "nano", "vi"].first(where: isInstalled)
    }

    private static func isInstalled(_ program: String) -> Bool {
        (variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").contains {
            access("\($0)/\(program)", X_OK) == 0
        }
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
