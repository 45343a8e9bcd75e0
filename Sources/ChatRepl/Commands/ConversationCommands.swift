import ChatSession

extension CommandRegistry {
    static let conversationCommands: [SlashCommand] = [
        SlashCommand(name: "new", summary: "Begin a new session", group: .conversation) { repl, _ in
            try await repl.begin()
        },
        SlashCommand(
            name: "system", arguments: "[TEXT]", summary: "Show or set the system prompt; - removes it",
            group: .conversation,
            completions: { context, _ in
                guard let system = context.situation.system else { return ArgumentOffers([]) }
                return ArgumentOffers([
                    CompletionOffer(system, description: "as it is, to be changed"),
                    CompletionOffer("-", description: "removes it"),
                ])
            }
        ) { repl, text in
            if text.isEmpty {
                await repl.say(repl.conversation.session.system ?? "There is no system prompt.")
            } else {
                await repl.change { $0.system = text == "-" ? nil : text }
                await repl.say(
                    text == "-" ? "The system prompt is gone." : "The system prompt is set, from the next message on.")
            }
        },
        SlashCommand(
            name: "prompt", arguments: "[NAME]",
            summary: "List the prompts of config.json, or take one as system prompt",
            group: .conversation, isUseful: { !$0.configuration.prompts.isEmpty },
            completions: { context, _ in
                ArgumentOffers(
                    context.configuration.prompts.map { prompt in
                        let isSet = prompt.text == context.situation.system
                        return CompletionOffer(prompt.name, description: (isSet ? "in use: " : "") + prompt.text)
                    })
            }
        ) { repl, name in
            let prompts = repl.choice.file.prompts
            if name.isEmpty {
                return await repl.print(Sentences.prompts(prompts, current: repl.conversation.session.system))
            }
            guard let prompt = prompts.first(where: { $0.name == name }) else {
                return await repl.say(Sentences.noPrompt(name, prompts))
            }
            await repl.change { $0.system = prompt.text }
            await repl.say("The system prompt is the one called \(prompt.name), from the next message on.")
        },
    ]
}
