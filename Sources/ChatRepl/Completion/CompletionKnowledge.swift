import ChatApi
package import ChatSession
import Synchronization
package import Terminal
import TerminalMarkdown

/// What Tab can offer: kept up to date by the loop, read by the terminal's thread.
package final class CompletionKnowledge: Sendable {
    /// What the loop tells.
    struct Situation: Sendable {
        /// The models of the provider in use.
        var models: [String] = []
        /// Whether the provider has yet to say which models it has.
        var isLearningModels = false
        var provider: String?
        var model: String?
        /// The session, without what was said in it.
        var session: SessionID?
        var title = ""
        var system: String?
        var parameters: JSONObject = [:]
        var hasTurns = false
        var branches: [Branch] = []
        /// The last answer, and its code blocks.
        var answer: String?
        var codeBlocks: [CodeBlock] = []
    }

    private struct State {
        var situation = Situation()
        var onChange: @Sendable () -> Void = {}
    }

    /// Of so many sessions a menu is made.
    private static let maximumSessions = 1000

    private let state = Mutex(State())
    /// What the configuration says of other providers and of prompts.
    let configuration: ConfigurationFile
    private let sessions: BackgroundReads<Int, [SessionSummary]>?
    private let files: FileCompletion

    package init(home: BanterHome?, configuration: ConfigurationFile = ConfigurationFile(), userHome: String? = nil) {
        self.configuration = configuration
        sessions = (home?.sessions).map { store in
            // Sessions that can't be listed can't be offered; whoever opens one is told why.
            BackgroundReads { _ in (try? store.summaries(limit: Self.maximumSessions))?.sessions ?? [] }
        }
        files = FileCompletion(home: userHome)
    }

    /// Says who is to be told when more is known than at the last ``complete(_:cursor:)``.
    package func setOnChange(_ onChange: @escaping @Sendable () -> Void) { state.withLock { $0.onChange = onChange } }

    /// The models of the provider in use.
    var models: [String] { state.withLock { $0.situation.models } }

    /// Takes note of the provider's models, or that they have been asked for.
    func setModels(_ models: [String], isLearning: Bool = false) {
        let onChange = state.withLock { state in
            (state.situation.models, state.situation.isLearningModels) = (models, isLearning)
            return state.onChange
        }
        onChange()
    }

    /// Takes note of how the session stands.
    func note(_ session: Session) {
        let answer = session.lastAnswer
        let isNew = state.withLock { $0.situation.answer != answer }
        let blocks = isNew ? CodeBlock.all(in: answer ?? "") : nil
        state.withLock { state in
            if let blocks { (state.situation.answer, state.situation.codeBlocks) = (answer, blocks) }
            state.situation.provider = session.provider
            state.situation.model = session.model
            state.situation.session = session.id
            state.situation.title = session.isEmpty ? session.title ?? "" : session.displayTitle
            state.situation.system = session.system
            state.situation.parameters = session.parameters
            state.situation.hasTurns = !session.isEmpty || !session.turns.isEmpty
            state.situation.branches = session.branches
        }
    }

    /// The candidates for the word before the cursor of an entry: commands, their arguments, files.
    package func complete(_ text: String, cursor: Int) -> Completion? {
        let (situation, onChange) = state.withLock { ($0.situation, $0.onChange) }
        let scalars = Array(text.unicodeScalars.prefix(cursor))
        guard case .command = CommandLineText(text),
            case .command = CommandLineText(CompletionKnowledge.text(scalars[...]))
        else {
            let next = text.unicodeScalars.dropFirst(cursor).first
            return files.complete(scalars, before: next, whenRead: onChange)
        }
        let context = CompletionContext(
            situation: situation, configuration: configuration,
            files: { [files] in files.offers(for: $0, whenRead: onChange) },
            sessions: { [sessions] in sessions?.value(for: 0, whenRead: onChange) ?? ([], true) })
        return CompletionKnowledge.complete(command: scalars, context)
    }

    private static func complete(command scalars: [Unicode.Scalar], _ context: CompletionContext) -> Completion? {
        func completion(from: Int, _ offers: [CompletionOffer], typed: ArraySlice<Unicode.Scalar>) -> Completion? {
            let (candidates, goesOn) = CompletionOffer.fitting(offers, typed: text(typed))
            if candidates.isEmpty, !context.isPartial { return nil }
            return Completion(from: from, candidates: candidates, goesOn: goesOn, isPartial: context.isPartial)
        }
        guard let blank = scalars.firstIndex(where: \.properties.isWhitespace) else {
            let offers = CommandRegistry.all.filter { $0.isUseful(context) }.map(\.offer)
            return completion(from: 0, offers, typed: scalars[...])
        }
        guard let command = CommandRegistry.command(named: text(scalars[1..<blank])) else { return nil }
        let start = scalars[blank...].firstIndex { !$0.properties.isWhitespace } ?? scalars.count
        let arguments = command.completions(context, text(scalars[start...]))
        let from = start + arguments.offset
        return completion(from: from, arguments.offers, typed: scalars[from...])
    }

    static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}

/// What the commands are told when Tab is pressed.
///
/// A class, so that it can take note of what was asked for and isn't known yet; it lives for one Tab.
final class CompletionContext {
    let situation: CompletionKnowledge.Situation
    let configuration: ConfigurationFile
    /// Whether somebody asked for what is still being read.
    private(set) var isPartial = false
    /// The models of the provider in use, as far as it has said.
    var models: [String] {
        if situation.isLearningModels { isPartial = true }
        return situation.models
    }

    private let readSessions: () -> (value: [SessionSummary]?, isFresh: Bool)
    private let readFiles: (String) -> (offers: ArgumentOffers, isFresh: Bool)

    init(
        situation: CompletionKnowledge.Situation = .init(), configuration: ConfigurationFile = ConfigurationFile(),
        files: @escaping (String) -> (offers: ArgumentOffers, isFresh: Bool) = { _ in (ArgumentOffers([]), true) },
        sessions: @escaping () -> (value: [SessionSummary]?, isFresh: Bool) = { ([], true) }
    ) {
        self.situation = situation
        self.configuration = configuration
        readSessions = sessions
        readFiles = files
    }

    /// What a path that is the rest of the entry can be completed to.
    func files(_ typed: String) -> ArgumentOffers {
        let (offers, isFresh) = readFiles(typed)
        if !isFresh { isPartial = true }
        return offers
    }

    /// The saved sessions but the one that is open, the one that changed last first.
    private(set) lazy var otherSessions: [SessionSummary] = {
        let (sessions, isFresh) = readSessions()
        if !isFresh { isPartial = true }
        return (sessions ?? []).filter { $0.id != situation.session }
    }()
}
