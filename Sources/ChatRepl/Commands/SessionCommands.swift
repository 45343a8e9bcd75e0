import ChatSession

extension CommandRegistry {
    static let sessionCommands: [SlashCommand] = [
        SlashCommand(
            name: "sessions", summary: "Choose a saved session to go on with", group: .sessions,
            isUseful: { !$0.otherSessions.isEmpty }
        ) { repl, _ in
            try await repl.pickSession()
        },
        SlashCommand(
            name: "resume", arguments: "[ID|TITLE]", summary: "Go on with a saved session; without a name, choose one",
            group: .sessions, isUseful: { !$0.otherSessions.isEmpty },
            completions: { context, _ in
                // Found by title, and by any word of it, but taken by id: two may have the same title.
                ArgumentOffers(
                    context.otherSessions.map { session in
                        let id = session.id.text
                        return CompletionOffer(
                            id, label: session.title.isEmpty ? id : session.title, description: id,
                            names: [id] + CompletionOffer.endings(of: session.title), goesOn: false)
                    })
            }
        ) { repl, query in
            if query.isEmpty { return try await repl.pickSession() }
            guard let store = repl.home?.sessions else { return await repl.say(Sentences.noHome) }
            try await repl.resume(try store.find(query), in: store)
        },
        SlashCommand(
            name: "rename", arguments: "[TITLE]",
            summary: "Give this session a title; without one, the model is asked for it", group: .sessions,
            completions: { context, _ in
                let title = context.situation.title
                return ArgumentOffers(
                    title.isEmpty ? [] : [CompletionOffer(title, description: "as it is, to be changed")])
            }
        ) { repl, title in
            if title.isEmpty { return await repl.titleByModel() }
            await repl.change { $0.title = title }
            await repl.say(Sentences.renamed(title))
        },
    ]
}
