import ChatSession
import Terminal

extension CommandRegistry {
    static let otherCommands: [SlashCommand] = [
        SlashCommand(name: "usage", summary: "Show the tokens that this session has used", group: .other) { repl, _ in
            await repl.say(Sentences.usage(of: repl.conversation.session))
        },
        SlashCommand(
            name: "help", aliases: ["?"], arguments: "[NAME]", summary: "Show the commands and keys, or one command",
            group: .other, completions: { _ in CommandRegistry.names.map { Completion.Candidate(text: $0) } }
        ) { repl, name in
            let wanted = name.hasPrefix("/") ? String(name.dropFirst()) : name
            if wanted.isEmpty { return await repl.print(Sentences.help, hanging: Sentences.helpColumn) }
            guard let command = CommandRegistry.command(named: wanted) else {
                return await repl.say("There is no command /\(wanted). /help lists them.")
            }
            await repl.print(Sentences.help(for: command))
        },
        SlashCommand(name: "quit", aliases: ["exit", "q"], summary: "Leave; the session is saved", group: .other) {
            repl, _ in
            repl.quit()
        },
    ]
}
