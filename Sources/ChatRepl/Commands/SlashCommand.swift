import Terminal

/// A command of the prompt: its name, its help and what it does, in one place.
package struct SlashCommand: Sendable {
    package enum Group: String, Sendable, CaseIterable {
        case conversation, sessions, model, other
    }

    /// What is typed behind the slash.
    package let name: String
    /// Other spellings of it.
    package var aliases: [String] = []
    /// Its arguments, as the help shows them: `[NAME]`.
    package var arguments = ""
    /// What it does, in one sentence without a full stop.
    package let summary: String
    package let group: Group
    /// What its arguments can be.
    var completions: @Sendable (CompletionKnowledge) -> [Completion.Candidate] = { _ in [] }
    /// Does it, with what was typed behind the name.
    let run: @Sendable (Repl, String) async throws -> Void
}

/// All commands: `/help`, Tab, "did you mean" and the README's table are made of this list.
package enum CommandRegistry {
    package static let all = conversationCommands + sessionCommands + modelCommands + otherCommands

    static let names = all.map(\.name)

    static func command(named name: String) -> SlashCommand? {
        all.first { $0.name == name || $0.aliases.contains(name) }
    }
}
