import ChatSession

extension CommandRegistry {
    static let conversationCommands: [SlashCommand] = [
        SlashCommand(name: "new", summary: "Begin a new session", group: .conversation) { repl, _ in
            let old = repl.conversation.session
            let session = Session(
                provider: old.provider, model: old.model, parameters: repl.choice.file.parameters,
                system: repl.choice.file.system)
            try await repl.open(Conversation(session, store: repl.conversation.store))
        },
        SlashCommand(
            name: "system", arguments: "[TEXT]", summary: "Show or set the system prompt; - removes it",
            group: .conversation
        ) { repl, text in
            if text.isEmpty {
                await repl.say(repl.conversation.session.system ?? "There is no system prompt.")
            } else {
                await repl.change { $0.system = text == "-" ? nil : text }
                await repl.say(
                    text == "-" ? "The system prompt is gone." : "The system prompt is set, from the next message on.")
            }
        },
    ]
}
