/// What an entry is: a message, or a slash command.
enum CommandLineText: Equatable {
    case message(String)
    case command(name: String, arguments: String)

    /// Reads an entry: `/name arguments` is a command, `//…` a message that begins with one slash, all else a message.
    ///
    /// What stands between fences (`"""`) is a message whatever it begins with.
    init(_ text: String) {
        if let fenced = TextFence(text) {
            self = .message(fenced.content ?? text)
            return
        }
        guard text.hasPrefix("/") else {
            self = .message(text)
            return
        }
        if text.hasPrefix("//") {
            self = .message(String(text.dropFirst()))
            return
        }
        let rest = text.dropFirst()
        let name = rest.prefix { !$0.isWhitespace }
        // A path is no command: nobody names a command /usr/bin.
        if name.contains("/") {
            self = .message(text)
            return
        }
        let arguments = rest[name.endIndex...].drop(while: \.isWhitespace)
        let end = arguments.lastIndex { !$0.isWhitespace }
        self = .command(name: String(name), arguments: end.map { String(arguments[...$0]) } ?? "")
    }

    /// Whether an entry is all of it: one that begins with a fence isn't until a line ends with another.
    static func isComplete(_ text: String) -> Bool { TextFence(text)?.isClosed ?? true }

    /// Whether there is nothing to send.
    var isBlank: Bool {
        if case .message(let text) = self { text.unicodeScalars.allSatisfy(\.properties.isWhitespace) } else { false }
    }

    /// Whether this is a command, known or not.
    var isCommand: Bool {
        if case .command = self { true } else { false }
    }

    /// Whether this asks to leave.
    var isQuit: Bool {
        if case .command(let name, _) = self { CommandRegistry.command(named: name)?.name == "quit" } else { false }
    }
}
