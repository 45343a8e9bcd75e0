import ChatSession

extension CommandRegistry {
    static let reasoningCommands: [SlashCommand] = [
        SlashCommand(
            name: "reasoning", arguments: "[show|fold|hide]",
            summary: "Show the last answer's reasoning, or set how much of it is shown", group: .other,
            completions: { _, _ in
                ArgumentOffers(
                    DisplaySettings.Reasoning.allCases.map {
                        CompletionOffer($0.rawValue, description: Sentences.meaning(of: $0))
                    })
            }
        ) { repl, text in
            if text.isEmpty { return await repl.showReasoning() }
            guard let reasoning = DisplaySettings.Reasoning(rawValue: text) else {
                return await repl.say(Sentences.noSuchReasoning(text))
            }
            repl.look.reasoning = reasoning
            await repl.say("Reasoning: \(Sentences.meaning(of: reasoning)), from the next answer on.")
        }
    ]
}
