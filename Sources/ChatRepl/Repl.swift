import ChatApi
package import ChatSession
package import Terminal

/// The interactive front: keystrokes become messages and commands, answers become a transcript.
///
/// One loop owns all of it and handles one event after the other: lines that were typed, the end of the answer under way, news from
/// the provider. An answer is made by a task that sees only values, so nothing here is shared, and nothing blocks the
/// prompt. What is typed while an answer is under way waits in a queue.
package final class Repl {
    let console: any Console
    let choice: ProviderChoice
    let home: BanterHome?
    var look: TerminalLook
    let knowledge: CompletionKnowledge
    private let promptLook: PromptLook
    /// What stands before the entry.
    private(set) var prompt: Prompt
    private var title = ""
    let streams: Bool
    let status: StatusBoard
    let makeConnection: MakeConnection

    var conversation: Conversation
    var connection: ProviderConnection?
    var answering: Task<Void, Never>?
    /// Asks for a title meanwhile.
    var titling: Task<Void, Never>?
    /// The files with hidden text that were told of, by their hashes.
    var toldSuspects: Set<Int> = []
    /// What was moved to the trash last, and can be brought back.
    var deleted: SessionID?
    /// The turn that is being written anew at the prompt.
    var edited: Int?
    /// How the provider's own server ended, until that is told.
    var lostServer: ServerProcessError?
    /// What is sent after the answer under way, in this order.
    var queue: [QueuedLine] = [] { didSet { showQueue() } }
    /// What the last search found, by the numbers that were shown.
    var hits: [SessionHit] = []
    var isQuitting = false
    var exitStatus = ExitStatus.success
    /// Whether the provider was asked for its models and hasn't answered yet.
    var isLearningModels = false
    private let events: AsyncStream<Event>
    let post: AsyncStream<Event>.Continuation

    /// Connects to a provider; the closure is to be told what happens to the connection.
    package typealias MakeConnection =
        @Sendable (Provider, @escaping @Sendable (ProviderConnection.Notice) -> Void) -> ProviderConnection

    enum Event: Sendable {
        case console(LineEditorEvent)
        case notice(ProviderConnection.Notice)
        case turnEnded(TurnOutcome, Purpose)
        /// The model has given the session of that id a title, or failed to.
        case titled(Result<String?, any Error>, SessionID, isAsked: Bool)
        /// The provider's models; `show` says that somebody asked for those with this text in their names.
        case models(Result<[String], any Error>, from: ObjectIdentifier, show: String?)
    }

    /// What a turn is for.
    enum Purpose: Sendable {
        /// An answer, which joins the conversation.
        case answer
        /// A summary, which is sent instead of so many messages.
        case summary(of: Int)
    }

    /// A loop that talks through a console.
    init(
        console: any Console, conversation: Conversation, choice: ProviderChoice, home: BanterHome?,
        look: TerminalLook,
        knowledge: CompletionKnowledge, promptLook: PromptLook? = nil, streams: Bool = true,
        makeConnection: @escaping MakeConnection
    ) {
        self.console = console
        self.conversation = conversation
        self.choice = choice
        self.home = home
        self.look = look
        self.knowledge = knowledge
        let promptLook =
            promptLook ?? PromptLook(ConfigurationFile().editor, look: look, isSaved: conversation.store != nil)
        self.promptLook = promptLook
        prompt = promptLook.prompt(for: conversation.session)
        self.streams = streams
        self.makeConnection = makeConnection
        status = StatusBoard(console: console, look: look)
        (events, post) = AsyncStream.makeStream(of: Event.self)
    }

    /// Runs until the user leaves or the terminal goes away.
    ///
    /// Everything is saved when this returns, and the terminal is as it was found.
    ///
    /// - Parameters:
    ///   - decision: Who answers.
    ///   - note: What is to be said of that decision.
    ///   - firstEntry: What the command line says already, as if it had been typed.
    /// - Returns: What the process's exit code is to say.
    package func run(_ decision: ProviderChoice.Decision, note: String? = nil, firstEntry: String?) async -> ExitStatus
    {
        await use(decision)
        await greet()
        if let note { await say(note) }
        knowledge.note(conversation.session)
        updatePrompt()
        console.setHoldsEntries(false)
        let pump = Task { [console, post] in
            for await event in console.events { post.yield(.console(event)) }
            post.yield(.console(.endOfFile))
        }
        if let firstEntry { await enter(firstEntry, isEchoed: firstEntry == "/sessions") }
        for await event in events {
            await handle(event)
            if isQuitting { break }
        }
        pump.cancel()
        await leave()
        return exitStatus
    }

    // MARK: Events

    private func handle(_ event: Event) async {
        switch event {
        case .console(.line(let text)):
            await enter(text, isEchoed: true)
        case .console(.held(let text)):
            await enter(text, isEchoed: false)
        case .console(.pasted(let text, let seen, let isHeld)):
            await enter(text, seen: seen, isEchoed: !isHeld)
        case .console(.interrupt(let hadText)):
            let isEditing = edited != nil
            await dropEdit()
            if hadText || isEditing { return }
            if answering != nil {
                stopAnswer()
            } else if queue.isEmpty {
                await say("(Ctrl-D or /quit leaves)")
            } else {
                await dropQueue()
            }
        case .console(.takeBack):
            // It may have been sent meanwhile. The text goes first: what is said of the queue ends the wait for it.
            if let line = queue.last { console.giveBack(line.text) }
            _ = queue.popLast()
        case .console(.escape):
            stopAnswer()
        case .console(.endOfFile):
            isQuitting = true
        case .console(.terminated(let signal)):
            exitStatus = .signal(signal)
            isQuitting = true
        case .console(.background(let background)):
            // An answer that is under way keeps its colours.
            look.colors.background = background
        case .console(.resized):
            status.fit()
        case .turnEnded(let outcome, .answer):
            await finishTurn(outcome)
        case .turnEnded(let outcome, .summary(let count)):
            await finishCompaction(outcome, of: count)
        case .titled(let result, let id, let isAsked):
            await take(title: result, of: id, isAsked: isAsked)
        case .notice(.retrying(let notice)):
            // Only what somebody waits for: the list of models is tried again quietly.
            status.noteRetry(notice)
        case .notice(.serverEnded(let error)):
            // In the middle of an answer it would stand between its words.
            lostServer = error
            if answering == nil { await tellOfLostServer() }
        case .models(let result, let source, let filter):
            await learnModels(result, from: source, show: filter)
        }
        await enterNextInQueue()
        knowledge.note(conversation.session)
        updatePrompt()
    }

    /// Shows the session's model, title and turn in the prompt and the window's name, if they have changed.
    private func updatePrompt() {
        let prompt = promptLook.prompt(for: conversation.session, isUnsaved: conversation.unsaved != nil)
        if prompt != self.prompt { console.setPrompt(prompt) }
        self.prompt = prompt
        let title = Sentences.windowTitle(conversation.session)
        if title != self.title { console.setTitle(title) }
        self.title = title
    }

    func submit(_ line: QueuedLine) async {
        switch CommandLineText(line.text) {
        case .message(let message): await send(message, seen: line.seen ?? message)
        case .command(let name, let arguments):
            await dropEdit()
            await run(command: name, arguments)
        }
    }

    private func run(command name: String, _ arguments: String) async {
        guard let command = CommandRegistry.command(named: name) else {
            let nearest = Spelling.nearest(to: name, among: CommandRegistry.names)
            return await say(
                "There is no command /\(name)." + (nearest.map { " Did you mean /\($0)?" } ?? " /help lists them."))
        }
        do { try await command.run(self, arguments) } catch { await complain(error) }
    }

    // MARK: The session

    /// Changes the session, and says so if that can't be saved.
    func change(_ change: (inout Session) -> Void) async {
        await saving { () throws(FileSystemError) in try conversation.update(change) }
    }

    /// Goes over to another conversation.
    func open(_ conversation: Conversation) async throws {
        guard await mayLeaveSession() else { return }
        let (decision, note) = try choice.decide(resuming: conversation.session)
        self.conversation.close()
        self.conversation = conversation
        await use(decision)
        await greet()
        if let note { await say(note) }
    }

    private func greet() async {
        await print(Sentences.banner(conversation.session, look: look))
        await replay()
        // Right above the prompt, as the last answer may be longer than the screen.
        for sentence in Sentences.opening(of: conversation) { await say(sentence) }
        if let sent = Sentences.sent(conversation.session) { await say(sent) }
        if !conversation.session.hasTurns, !conversation.session.isEmpty { await sayNothingSaid() }
    }

    func quit() { isQuitting = true }

    private func leave() async {
        status.setQueued([])
        titling?.cancel()
        if let answering {
            answering.cancel()
            // The end of the turn was posted before its task ended.
            await answering.value
            for await case .turnEnded(let outcome, let purpose) in events {
                if case .answer = purpose { await finishTurn(outcome) }
                break
            }
        }
        if conversation.unsaved != nil {
            await saving { () throws(FileSystemError) in try conversation.save() }
            if conversation.unsaved != nil, exitStatus == .success { exitStatus = .cannotSave }
        }
        await console.stop()
        await connection?.close()
    }

    /// What to say once the terminal is given back: how to go on with the session, and what was typed but not sent.
    package var farewell: [StyledLine] { Sentences.farewell(conversation, unsent: queue.map(\.text)) }
}
