import ChatSession
import Terminal

extension CommandRegistry {
    static let branchCommands: [SlashCommand] = [
        SlashCommand(
            name: "retry", arguments: "[TURN]", summary: "Ask for another answer to the last turn, or to another one",
            group: .conversation, isUseful: { $0.situation.hasTurns }
        ) { repl, text in
            guard let number = number(text) else { return await repl.say(Sentences.usage(of: "retry")) }
            await repl.retry(number)
        },
        SlashCommand(
            name: "undo", arguments: "[COUNT]", summary: "Take the last turn back, or several", group: .conversation,
            isUseful: { $0.situation.hasTurns }
        ) { repl, text in
            guard let number = number(text) else { return await repl.say(Sentences.usage(of: "undo")) }
            await repl.undo(number ?? 1)
        },
        SlashCommand(
            name: "edit", arguments: "[TURN]",
            summary: "Write the message of the last turn anew, or that of another one",
            group: .conversation, isUseful: { $0.situation.hasTurns }
        ) { repl, text in
            guard let number = number(text) else { return await repl.say(Sentences.usage(of: "edit")) }
            await repl.edit(number)
        },
        SlashCommand(
            name: "continue", summary: "Have the model go on with its last answer", group: .conversation,
            isUseful: { $0.situation.hasTurns }
        ) { repl, _ in await repl.goOn() },
        SlashCommand(
            name: "branches", summary: "Show what left the conversation by /retry, /undo, /edit or /branch",
            group: .conversation, isUseful: { !$0.situation.branches.isEmpty }
        ) { repl, _ in
            let lines = Sentences.tree(
                of: repl.conversation.session, look: repl.look, columns: repl.console.size.columns)
            await repl.console.print(lines)
        },
        SlashCommand(
            name: "branch", arguments: "N", summary: "Go over to a branch; the same again goes back",
            group: .conversation, isUseful: { !$0.situation.branches.isEmpty },
            completions: { context, _ in ArgumentOffers(Sentences.offers(of: context.situation.branches)) }
        ) { repl, text in
            guard let number = number(text), let number else { return await repl.say(Sentences.usage(of: "branch")) }
            await repl.switchTo(branch: number)
        },
        SlashCommand(
            name: "fork", arguments: "[TITLE]", summary: "Go on in a new session; this one stays as it is",
            group: .conversation, isUseful: { $0.situation.hasTurns }
        ) { repl, title in try await repl.fork(title) },
        SlashCommand(
            name: "compact", arguments: "[KEEP|drop|off]",
            summary: "Send a summary instead of all but the last turns, or nothing for them",
            group: .conversation, isUseful: { $0.situation.hasTurns },
            completions: { _, _ in
                ArgumentOffers([
                    CompletionOffer("drop", description: "leave the old turns out of what is sent"),
                    CompletionOffer("off", description: "send everything again"),
                ])
            }
        ) { repl, text in
            let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
            let isDrop = words.first == "drop"
            guard words != ["off"] else { return await repl.sendAllAgain() }
            guard words.count <= (isDrop ? 2 : 1),
                let keep = number(words.dropFirst(isDrop ? 1 : 0).first ?? "", from: 0)
            else { return await repl.say(Sentences.usage(of: "compact")) }
            await repl.compact(keeping: keep, drops: isDrop)
        },
    ]

    /// The number that was typed, if any; nil if something else was.
    private static func number(_ text: String, from least: Int = 1) -> Int?? {
        if text.isEmpty { return .some(nil) }
        guard let number = Int(text), number >= least else { return nil }
        return number
    }
}
