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
            completions: { context, _ in ArgumentOffers(sessionOffers(context)) }
        ) { repl, query in
            if query.isEmpty { return try await repl.pickSession() }
            guard let store = repl.home?.sessions else { return await repl.say(Sentences.noHome) }
            try await repl.resume(try store.find(query), in: store)
        },
        SlashCommand(
            name: "search", arguments: "TEXT|N",
            summary: "Find sessions in which something was said; N opens one of them there", group: .sessions,
            isUseful: { !$0.otherSessions.isEmpty }
        ) { repl, text in
            try await repl.search(text)
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
        SlashCommand(
            name: "save", arguments: "[[-f] PATH]",
            summary: "Save this session now, or a copy of its file; -f replaces one", group: .sessions,
            completions: { context, typed in
                let flag = typed.utf8.starts(with: "-f ".utf8) ? 3 : 0
                var files = context.files(String(typed.unicodeScalars.dropFirst(flag)))
                files.offset += flag
                return files
            }
        ) { repl, text in
            await repl.save(text)
        },
        SlashCommand(
            name: "delete", arguments: "[ID|TITLE|undo]",
            summary: "Move this session or another to the trash; undo brings it back", group: .sessions,
            completions: { context, _ in
                ArgumentOffers(
                    sessionOffers(context)
                        + [CompletionOffer("undo", description: "bring back what was deleted last", goesOn: false)])
            }
        ) { repl, query in
            try await repl.delete(query)
        },
    ]

    /// The other sessions, found by title and by any word of it, but taken by id: two may have the same title.
    private static func sessionOffers(_ context: CompletionContext) -> [CompletionOffer] {
        context.otherSessions.map { session in
            let id = session.id.text
            return CompletionOffer(
                id, label: session.title.isEmpty ? id : session.title, description: id,
                names: [id] + CompletionOffer.endings(of: session.title), goesOn: false)
        }
    }
}
