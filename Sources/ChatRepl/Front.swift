import ChatApi
package import ChatSession
import FoundationEssentials
import Glibc
import Logging
package import Terminal

/// Everything that a run of Banter stands on: environment, terminal, home, configuration.
package struct Front: Sendable {
    package let options: ChatOptions
    package let environment: [String: String]
    package let terminal: TerminalEnvironment
    package let home: BanterHome?
    package let configuration: ConfigurationFile
    /// The parameters of the command line, by their names in the API.
    private let parameters: JSONObject

    /// Looks at the process's surroundings and reads the configuration.
    /// - Throws: `ConfigurationError`, or `Complaint` for a wrong parameter.
    package init(_ options: ChatOptions, readsConfiguration: Bool = true) throws {
        self.options = options
        parameters = try options.parameters.object()
        environment = ProcessInfo.processInfo.environment
        terminal = TerminalEnvironment()
        home = BanterHome(environment: environment)
        if !readsConfiguration {
            configuration = ConfigurationFile()
        } else if let path = options.configurationPath {
            configuration = try ConfigurationFile.load(path, isRequired: true)
        } else {
            configuration =
                try home.map { try ConfigurationFile.load($0.configuration, isRequired: false) } ?? ConfigurationFile()
        }
        // No program that is run from here, be it an editor or what a model wrote, gets to see a key.
        for name in configuration.keyVariables { unsetenv(name) }
        // A file that may not grow any further is an error to tell of, and not the end (setrlimit(2)).
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Where complaints and notes go that are no answer.
    package var messages: TerminalOutput {
        TerminalOutput(
            descriptor: 2, colors: colors(on: 2), styles: terminal.showsStyles(on: 2))
    }

    /// Where answers go.
    package var answers: TerminalOutput {
        TerminalOutput(descriptor: 1, colors: colors(), styles: terminal.showsStyles())
    }

    /// The colours that go to a descriptor, chosen for the background that the configuration names, else for the one that the
    /// environment hints at.
    private func colors(on descriptor: Int32 = 1) -> ColorSupport {
        let background: Background? =
            switch configuration.display.theme {
            case .auto: terminal.likelyBackground
            case .dark: .dark
            case .light: .light
            case .terminal: nil
            }
        return ColorSupport(depth: terminal.colorDepth(colorChoice, on: descriptor), background: background)
    }

    /// How things look on standard output.
    var look: TerminalLook {
        var look = TerminalLook(isUnicode: terminal.isUTF8, colors: colors(), showsSource: options.showsSource)
        (look.reasoning, look.isCalm) = (configuration.display.reasoning, configuration.display.isCalm)
        look.showsHyperlinks =
            switch configuration.display.links {
            case .auto: terminal.showsStyles() && terminal.hasHyperlinks
            case .always: terminal.showsStyles()
            case .never: false
            }
        return look
    }

    var colorChoice: TerminalEnvironment.ColorChoice { .init(rawValue: options.color) ?? .auto }

    /// Opens the prompt, or gives one answer where that is asked for or nobody sits at a terminal.
    package func run() async -> ExitStatus {
        do {
            let conversation = try openConversation()
            let choice = try providerChoice()
            if options.saves, home == nil { try? messages.write([StyledLine(Sentences.notKept, .dim)]) }
            if isOneShot { return await OneShot(front: self, choice: choice, conversation: conversation).run() }
            return try await interact(conversation, choice)
        } catch {
            return report(error)
        }
    }

    /// Says what went wrong on standard error.
    package func report(_ error: any Error) -> ExitStatus {
        let complaint = Sentences.complaint(about: error)
        // Nobody is left to tell that standard error is closed.
        try? messages.write(complaint.lines)
        return complaint.status
    }

    /// Says something quietly on standard error.
    func tell(_ sentences: [String]) { try? messages.write(sentences.map { StyledLine($0, .dim) }) }

    /// What decides who answers.
    package func providerChoice() throws -> ProviderChoice {
        let localModel = home?.localModel ?? LocalModel(directory: "/nonexistent")
        var choice = ProviderChoice(environment: environment, file: configuration, localModel: localModel)
        choice.providerFlag = options.provider
        choice.modelFlag = options.model
        return choice
    }

    /// Decides who answers in a session: with the model that was used last, if nothing else names one.
    func decide(_ choice: ProviderChoice, for session: Session) throws -> ProviderChoice.Decision {
        withLastModel(try choice.decide(sessionProvider: session.provider, sessionModel: session.model))
    }

    private func withLastModel(_ decision: ProviderChoice.Decision) -> ProviderChoice.Decision {
        var decision = decision
        // A newest session that can't be read only means that nothing is known of it.
        if decision.model == nil, let store = home?.sessions,
            let newest = try? store.summaries(limit: 1).sessions.first,
            newest.provider == decision.provider.name
        {
            decision.model = newest.model
        }
        return decision
    }

    /// Connects to a provider, when somebody asks for it.
    package func connection(
        to provider: Provider, onNotice: (@Sendable (ProviderConnection.Notice) -> Void)? = nil,
        onKey: (@Sendable (String) -> Void)? = nil, log: (@Sendable (StyledLine) -> Void)? = nil
    ) -> ProviderConnection {
        var logger: Logger?
        if options.isVerbose || environment["BANTER_LOG"] == "debug" {
            let messages = messages
            // A closed standard error has no reader to miss this.
            logger = Logger(label: "banter") { _ in LineLog(log ?? { try? messages.write([$0]) }) }
            logger?.logLevel = .debug
        }
        return ProviderConnection(
            provider: provider, environment: environment,
            serverLog: options.saves ? home?.serverLog(of: provider.name) : nil, logger: logger,
            onNotice: onNotice, onKey: onKey)
    }

    /// Whether one answer is asked for, or nobody sits at a terminal to be asked.
    private var isOneShot: Bool { options.printsOneAnswer || options.printsJSON || !terminal.inputIsTerminal }

    // MARK: The conversation

    private func openConversation() throws -> Conversation {
        let store = options.saves ? home?.sessions : nil
        store?.sweep()
        guard let saved = home?.sessions, let id = try resumedSession(in: saved) else {
            let session = Session(
                parameters: configuration.parameters.merging(parameters),
                system: options.system ?? configuration.system)
            return Conversation(session, store: store)
        }
        var conversation = try Conversation(opening: id, in: saved, isSaved: options.saves)
        let opened = conversation
        do throws(FileSystemError) {
            try conversation.update { session in
                if let system = options.system { session.system = system }
                session.parameters = session.parameters.merging(parameters)
            }
        } catch {
            _ = report(Sentences.notSaved(error))
        }
        tell(Sentences.news(of: conversation, since: opened))
        return conversation
    }

    private func resumedSession(in store: SessionStore) throws -> SessionID? {
        if let query = options.resumed, !query.isEmpty { return try store.find(query) }
        // Bare -r at the prompt lets the user choose; see `interact`.
        guard options.continuesNewest || (options.resumed != nil && isOneShot) else { return nil }
        guard let newest = try store.newest() else {
            throw Complaint(
                "No session is saved yet.", next: "banter begins one.", status: .badInput, code: "sessionNotFound")
        }
        return newest
    }

    // MARK: The prompt

    private func interact(_ conversation: Conversation, _ choice: ProviderChoice) async throws -> ExitStatus {
        var (decision, note) = try choice.decide(resuming: conversation.session)
        decision = withLastModel(decision)
        // Without a home there is no history and nothing is saved, but there is a chat.
        if options.saves { try? home?.create() }
        let look = look
        let promptLook = PromptLook(configuration.editor, look: look, isSaved: options.saves && home != nil)
        let knowledge = CompletionKnowledge(
            home: home, configuration: configuration, userHome: environment["HOME"])
        let console: any Console
        var expected = conversation.session
        (expected.provider, expected.model) = (decision.provider.name, decision.model)
        let knownKeys = KnownKeys()
        if terminal.canEdit {
            var settings = LineEditorConfiguration(prompt: promptLook.prompt(for: expected))
            settings.historyPath = configuration.editor.keepsHistory && options.saves ? home?.history : nil
            settings.historyLimit = configuration.editor.historyLimit
            settings.keyBindings = configuration.editor.usesViKeys ? .vi : .emacs
            settings.readsEditrc = true
            settings.suggests = configuration.editor.suggests && !look.isCalm
            (settings.colors, settings.reflows) = (look.colors, terminal.reflows)
            // With sixteen colours there is no choice to make.
            settings.asksForBackground =
                configuration.display.theme == .auto && terminal.canTellBackground && look.colors.depth > .sixteen
            settings.complete = knowledge.complete
            settings.isComplete = CommandLineText.isComplete
            settings.showsPromptMarks = terminal.takesPromptMarks
            settings.namesWindow = configuration.display.setsWindowTitle
            settings.mayKeep = knownKeys.mayKeep
            settings.unkeptNotice = StyledLine(Sentences.unkept, .dim)
            let editor = try LineEditor(configuration: settings)
            knowledge.setOnChange { [weak editor] in editor?.completionsChanged() }
            editor.start()
            console = editor
        } else {
            let plain = try PlainConsole(
                prompt: promptLook.prompt(for: expected), isComplete: CommandLineText.isComplete)
            // Nothing is asked before the banner.
            plain.setHoldsEntries(true)
            plain.start()
            console = plain
        }
        // Where the prompt is, nobody else writes.
        let log = terminal.canEdit && isatty(2) == 1 ? LineLog.writer(to: console) : nil
        let repl = Repl(
            console: console, conversation: conversation, choice: choice, home: home, look: look,
            knowledge: knowledge, promptLook: promptLook,
            streams: options.streams,
            makeConnection: { connection(to: $0, onNotice: $1, onKey: knownKeys.learn, log: log) })
        let firstEntry = options.resumed == "" ? "/sessions" : options.prompt
        let status = await repl.run(decision, note: note, firstEntry: firstEntry.isEmpty ? nil : firstEntry)
        // The terminal may be gone, or take nothing any more; then nobody reads this.
        if [ExitStatus.signal(SIGTERM), .signal(SIGHUP)].contains(status), !answers.isReady { return status }
        try? answers.write(repl.farewell)
        return status
    }
}
