import ChatSession
import Terminal

extension CommandRegistry {
    static let modelCommands: [SlashCommand] = [
        SlashCommand(
            name: "model", arguments: "[[PROVIDER/]NAME]", summary: "Show the model, or ask another from now on",
            group: .model,
            completions: { context, _ in ArgumentOffers(modelOffers(context)) }
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
    /// The models of the provider in use, and what else can be asked.
    private static func modelOffers(_ context: CompletionContext) -> [CompletionOffer] {
        let situation = context.situation
        let provider = situation.provider ?? ""
        let models = context.models.map { name in
            let isCurrent = name == situation.model
            return CompletionOffer(
                name, description: provider + (isCurrent ? ", in use" : ""), names: [name, "\(provider)/\(name)"])
        }
        let others = context.configuration.providers.filter { $0.name != provider }.map { other in
            CompletionOffer(
                "\(other.name)/\(other.model ?? "")",
                description: other.model == nil ? "another provider" : "another provider's usual model")
        }
        return models + others
    }
}
