import ChatSession
import Terminal

extension CommandRegistry {
    static let otherCommands: [SlashCommand] = [
        SlashCommand(
            name: "usage", summary: "Show the tokens that this session has used, and what they cost", group: .other,
            isUseful: { $0.situation.hasTurns }
        ) { repl, _ in
            await repl.say(Sentences.usage(of: repl.conversation.session, prices: repl.choice.file.prices))
        },
        SlashCommand(
            name: "help", aliases: ["?"], arguments: "[NAME]", summary: "Show the commands and keys, or one command",
            group: .other, completions: { _, _ in ArgumentOffers(CommandRegistry.helpOffers) }
        ) { repl, name in
            let wanted = name.hasPrefix("/") ? String(name.dropFirst()) : name
            if wanted.isEmpty { return await repl.print(Sentences.help, hanging: Sentences.helpColumn) }
            guard let command = CommandRegistry.command(named: wanted) else {
                return await repl.say("There is no command /\(wanted). /help lists them.")
            }
            await repl.print(Sentences.help(for: command))
        },
        SlashCommand(
            name: "editor", arguments: "[TEXT]", summary: "Write the next message in $VISUAL or $EDITOR", group: .other
        ) { repl, text in
            repl.console.compose(text)
        },
        SlashCommand(name: "keys", summary: "Show what the keys do, as they are bound now", group: .other) { repl, _ in
            let keys = Sentences.keys(await repl.console.keyBindings(), columns: repl.console.size.columns)
            await repl.console.print(keys)
        },
        SlashCommand(name: "quit", aliases: ["exit", "q"], summary: "Leave; the session is saved", group: .other) {
            repl, _ in
            repl.quit()
        },
    ]

    private static var helpOffers: [CompletionOffer] {
        all.map { command in
            let names = [command.name] + command.aliases
            return CompletionOffer(
                command.name, description: command.summary, names: names + names.map { "/\($0)" })
        }
    }
}
