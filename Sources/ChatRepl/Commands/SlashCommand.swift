import Terminal

/// A command of the prompt: its name, its help and what it does, in one place.
package struct SlashCommand: Sendable {
    package enum Group: String, Sendable, CaseIterable {
        case conversation, sessions, model, output, other
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
    /// Whether it makes sense now, so that Tab offers it; typed, it works anyway.
    var isUseful: @Sendable (CompletionContext) -> Bool = { _ in true }
    /// What its arguments can be, with what was typed behind the name.
    var completions: @Sendable (CompletionContext, String) -> ArgumentOffers = { _, _ in ArgumentOffers([]) }
    /// Whether it is done at once while an answer is under way, and not when that has ended.
    var runsDuringAnswers = false
    /// Does it, with what was typed behind the name.
    let run: @Sendable (Repl, String) async throws -> Void
}

extension SlashCommand {
    /// What Tab offers: the name, with a blank if something may follow it.
    var offer: CompletionOffer {
        CompletionOffer(
            "/\(name)" + (arguments.isEmpty ? "" : " "), label: "/\(name)", description: summary,
            names: ([name] + aliases).map { "/\($0)" })
    }
}

/// All commands: `/help`, Tab, "did you mean" and the README's table are made of this list.
package enum CommandRegistry {
    package static let all =
        conversationCommands + branchCommands + sessionCommands + exchangeCommands + modelCommands + parameterCommands
        + outputCommands + reasoningCommands
        + otherCommands

    static let names = all.map(\.name)

    static func command(named name: String) -> SlashCommand? {
        all.first { $0.name == name || $0.aliases.contains(name) }
    }
}
