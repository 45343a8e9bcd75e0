import ChatSession
import Terminal

extension CommandRegistry {
    static let modelCommands: [SlashCommand] = [
        SlashCommand(
            name: "model", arguments: "[[PROVIDER/]NAME]", summary: "Show the model, or ask another from now on",
            group: .model,
            completions: { $0.models.map { Completion.Candidate(text: $0) } }
        ) { repl, name in
            if name.isEmpty {
                return await repl.say(Sentences.providerAndModel(repl.conversation.session))
            }
            var choice = repl.choice
            choice.modelFlag = name
            await repl.use(
                try choice.decide(
                    sessionProvider: repl.conversation.session.provider, sessionModel: repl.conversation.session.model))
            await repl.say(Sentences.providerAndModel(repl.conversation.session))
        },
        SlashCommand(
            name: "models", arguments: "[TEXT]",
            summary: "List the provider's models, or those with a text in their name",
            group: .model
        ) { repl, text in
            // The answer of the provider arrives as an event, so that the prompt never waits for it.
            try repl.askForModels(show: text)
        },
    ]
}
