import ChatSession

extension CommandRegistry {
    static let sessionCommands: [SlashCommand] = [
        SlashCommand(name: "sessions", summary: "Choose a saved session to go on with", group: .sessions) { repl, _ in
            try await repl.pickSession()
        },
        SlashCommand(
            name: "resume", arguments: "[ID|TITLE]", summary: "Go on with a saved session; without a name, choose one",
            group: .sessions, completions: { $0.savedSessions }
        ) { repl, query in
            if query.isEmpty { return try await repl.pickSession() }
            guard let store = repl.home?.sessions else { return await repl.say(Sentences.noHome) }
            try await repl.resume(try store.find(query), in: store)
        },
        SlashCommand(name: "rename", arguments: "TITLE", summary: "Give this session a title", group: .sessions) {
            repl, title in
            if title.isEmpty { return await repl.say("/rename TITLE: the title is missing.") }
            await repl.change { $0.title = title }
            await repl.say("This session is called \(title).")
        },
    ]
}
