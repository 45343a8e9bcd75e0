import ChatApi
import ChatSession
import Terminal

extension Sentences {
    /// The models with a text in their names, the current one marked.
    static func models(_ names: [String], with text: String, current: String?) -> [StyledLine] {
        let fitting = names.filter { $0.lowercased().contains(text.lowercased()) || text.isEmpty }.sorted()
        if names.isEmpty { return [StyledLine("The provider lists no models.", .dim)] }
        if fitting.isEmpty { return [StyledLine("No model has \(text) in its name.", .dim)] }
        return fitting.map { $0 == current ? StyledLine("* \($0)", .bold) : StyledLine("  \($0)") }
    }

    /// The prompts of the configuration, the one in use marked.
    static func prompts(_ prompts: [ConfigurationFile.NamedPrompt], current: String?) -> [StyledLine] {
        if prompts.isEmpty {
            return [StyledLine("There are no prompts. config.json names them, under \"prompts\".", .dim)]
        }
        return prompts.map { prompt in
            let text = prompt.text.split(whereSeparator: \.isNewline).first.map { String($0.prefix(60)) } ?? ""
            return StyledLine([
                StyledText((prompt.text == current ? "* " : "  ") + prompt.name), StyledText("  " + text, .dim),
            ])
        }
    }

    static func noPrompt(_ name: String, _ prompts: [ConfigurationFile.NamedPrompt]) -> String {
        let nearest = Spelling.nearest(to: name, among: prompts.map(\.name))
        return "There is no prompt \(name)." + (nearest.map { " Did you mean \($0)?" } ?? " /prompt lists them.")
    }

    /// Where the explanations of `/help` begin.
    static let helpColumn = (CommandRegistry.all.map { usage(of: $0).count }.max() ?? 0) + 4

    /// What `/help` shows.
    static var help: [StyledLine] {
        var lines: [StyledLine] = []
        for group in SlashCommand.Group.allCases {
            let commands = CommandRegistry.all.filter { $0.group == group }
            if commands.isEmpty { continue }
            lines.append(StyledLine(group.rawValue, .bold))
            for command in commands {
                let usage = usage(of: command)
                let gap = String(repeating: " ", count: helpColumn - usage.count - 2)
                lines.append(StyledLine([StyledText("  " + usage + gap), StyledText(command.summary, .dim)]))
            }
        }
        return lines + keys
    }

    private static let keys: [StyledLine] =
        [StyledLine("keys", .bold)]
        + [
            ("Enter", "send"),
            ("Alt-Enter, Ctrl-J", "new line; a backslash before Enter does it too"),
            ("Up, Down, Ctrl-R", "history, and search in it"),
            ("Ctrl-G", "write the entry in $VISUAL or $EDITOR"),
            ("Ctrl-_, Alt-/", "undo, redo"),
            ("Tab", "complete a command, its argument, or @path: a file to send"),
            ("Ctrl-C", "clear what is typed; with nothing typed, stop the answer"),
            ("Esc", "stop the answer, with nothing typed"),
            ("Ctrl-D", "leave"),
        ].map { keys, meaning in
            StyledLine([
                StyledText("  \(keys)" + String(repeating: " ", count: max(helpColumn - 2 - keys.count, 1))),
                StyledText(meaning, .dim),
            ])
        } + [
            StyledLine("/keys tells all keys. A message that begins with a slash takes two: //like this.", .dim)
        ]

    static func help(for command: SlashCommand) -> [StyledLine] {
        var lines = [StyledLine([StyledText(usage(of: command), .bold), StyledText("  \(command.summary).")])]
        if !command.aliases.isEmpty {
            lines.append(StyledLine("Also: " + command.aliases.map { "/\($0)" }.joined(separator: ", "), .dim))
        }
        return lines
    }

    /// How a command is typed: `/rename TITLE`.
    package static func usage(of command: SlashCommand) -> String {
        "/\(command.name)" + (command.arguments.isEmpty ? "" : " \(command.arguments)")
    }
}
