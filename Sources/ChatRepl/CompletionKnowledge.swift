package import ChatSession
import Synchronization
package import Terminal

/// What Tab can offer: kept up to date by the loop, read by the terminal's thread.
package final class CompletionKnowledge: Sendable {
    private struct State {
        var models: [String] = []
    }

    private let state = Mutex(State())
    private let sessions: SessionStore?

    package init(home: BanterHome?) { sessions = home?.sessions }

    /// The models of the provider in use.
    var models: [String] { state.withLock { $0.models } }

    func setModels(_ models: [String]) { state.withLock { $0.models = models } }

    /// The ids and titles of the saved sessions, newest first; read when they are asked for.
    var savedSessions: [Completion.Candidate] {
        guard let list = try? sessions?.list().sessions else { return [] }
        return list.prefix(50).map { Completion.Candidate(text: $0.id.text, description: $0.displayTitle) }
    }

    /// The candidates for the word before the cursor of an entry: commands, and their arguments.
    package func complete(_ text: String, cursor: Int) -> Completion? {
        let scalars = Array(text.unicodeScalars.prefix(cursor))
        guard scalars.first == "/" else { return nil }
        let before = String(String.UnicodeScalarView(scalars))
        guard let space = scalars.firstIndex(where: \.properties.isWhitespace) else {
            let typed = String(before.dropFirst())
            let commands = CommandRegistry.all.filter { $0.name.hasPrefix(typed) }
            return Completion(
                from: 0,
                candidates: commands.map { Completion.Candidate(text: "/\($0.name) ", description: $0.summary) })
        }
        let name = String(String.UnicodeScalarView(scalars[1..<space]))
        let from = scalars[space...].firstIndex { !$0.properties.isWhitespace } ?? scalars.count
        let typed = String(String.UnicodeScalarView(scalars[from...])).lowercased()
        guard let command = CommandRegistry.command(named: name) else { return nil }
        let fitting = command.completions(self).filter { $0.text.lowercased().hasPrefix(typed) }
        return fitting.isEmpty ? nil : Completion(from: from, candidates: fitting)
    }
}
