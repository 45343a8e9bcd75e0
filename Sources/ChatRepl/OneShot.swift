import ChatApi
import ChatSession
import Glibc
import Terminal

/// One answer on standard output, and nothing else there: for pipes and scripts.
struct OneShot {
    let front: Front
    let choice: ProviderChoice
    let conversation: Conversation

    /// More than this of standard input is refused rather than sent.
    private static let largestInput = 16 << 20

    func run() async -> ExitStatus {
        do {
            let prompt = try fullPrompt()
            let decision = try front.decide(choice, for: conversation.session)
            let connection = front.connection(to: decision.provider) { notice in
                // A server that ends in mid-answer fails the answer, which is told.
                guard case .retrying(let notice) = notice else { return }
                let seconds = Int(notice.delay.inSeconds.rounded(.up))
                let sentence = Sentences.retrying(notice, seconds: seconds, columns: .max)
                try? front.messages.write([StyledLine(sentence, .dim)])
            }
            let status = await untilInterrupted { await ask(prompt, decision, connection) }
            await connection.close()
            return status
        } catch {
            return fail(error)
        }
    }

    /// The words of the command line, and behind them what standard input brings.
    private func fullPrompt() throws -> String {
        var parts = front.options.prompt.isEmpty ? [] : [front.options.prompt]
        if !front.terminal.inputIsTerminal {
            let input = String(decoding: try StandardInput.readToEnd(limit: Self.largestInput), as: UTF8.self)
            if !input.isEmpty { parts.append(input) }
            let hidden = HiddenCharacters(in: input.unicodeScalars.drop { $0 == "\u{FEFF}" })
            if hidden.total > 0 { try? front.messages.write([StyledLine(Sentences.hiddenInput(hidden), .dim)]) }
        }
        let prompt = parts.joined(separator: "\n\n")
        if prompt.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            throw Complaint(
                "There is nothing to ask.", next: "banter -p 'a question', or pipe one in.", status: .usage,
                code: "noPrompt")
        }
        return prompt
    }

    private func ask(
        _ prompt: String, _ decision: ProviderChoice.Decision, _ connection: ProviderConnection
    ) async -> ExitStatus {
        var conversation = conversation
        do {
            let chat = try await connection.chat()
            let model = try await model(decision, connection)
            let before = conversation
            front.tell(Sentences.opening(of: conversation))
            // What fails here is told of the next save, which has it all.
            try? conversation.update { session in
                session.provider = decision.provider.name
                session.model = model
            }
            do throws(FileSystemError) { try conversation.say(prompt) } catch {
                if error != before.unsaved { _ = front.report(Sentences.answerNotSaved(error)) }
            }
            front.tell(Sentences.news(of: conversation, since: before))
            let unsaved = conversation.unsaved
            let turn = Turn(api: chat, conversation: conversation, streams: front.options.streams)
            let printer = AnswerPrinter(output: front.answers, isTerminal: front.terminal.outputIsTerminal)
            let printsText = !front.options.printsJSON
            let outcome = await turn.run { event in if printsText { printer.print(event) } }
            if printsText {
                // The answer may be in reasoning that has no end.
                if case .finished = outcome.ending, let parts = outcome.message.map({ AnswerParts($0) }),
                    parts.isUnclosed, parts.content.isBlank
                {
                    printer.print(.content(parts.reasoning))
                }
                printer.finish()
            }
            let asked = conversation
            do throws(FileSystemError) { try conversation.take(outcome) } catch {
                if error != unsaved { _ = front.report(Sentences.answerNotSaved(error)) }
            }
            front.tell(Sentences.news(of: conversation, since: asked))
            if front.options.printsJSON {
                printer.print(json: AnswerJSON.object(of: outcome, in: conversation.session))
            }
            let status = status(of: outcome, of: conversation.session, printer)
            return status == .success && conversation.unsaved != nil ? .cannotSave : status
        } catch {
            return fail(error)
        }
    }

    private func model(_ decision: ProviderChoice.Decision, _ connection: ProviderConnection) async throws -> String {
        if let model = decision.model { return model }
        let names = try await connection.modelNames()
        if names.count == 1 { return names[0] }
        throw Complaint(
            "\(decision.provider.name) has \(names.count) models, and nothing says which to ask.",
            next: "Say it with -m: \(names.prefix(8).joined(separator: ", "))\(names.count > 8 ? ", …" : "")",
            status: .configuration, code: "noModel")
    }

    private func status(of outcome: TurnOutcome, of session: Session, _ printer: AnswerPrinter) -> ExitStatus {
        // A reader that has enough is no failure.
        if printer.isClosed { return .success }
        switch outcome.ending {
        case .finished:
            if !front.options.printsJSON { tellEnd(of: outcome, session) }
            return .success
        case .interrupted: return .interrupted
        case .failed(let error):
            let status = front.options.printsJSON ? Sentences.complaint(about: error).status : front.report(error)
            return outcome.message == nil || status == .interrupted ? status : .cutOff
        }
    }

    /// Says on standard error of an answer that isn't simply complete how it ended.
    private func tellEnd(of outcome: TurnOutcome, _ session: Session) {
        let endings = AnswerEnding.all(finishReason: outcome.record.finishReason, of: outcome.message)
        try? front.messages.write(
            endings.map { StyledLine(Sentences.ending($0, of: session, at: .commandLine), Sentences.endingStyle) })
    }

    private func fail(_ error: any Error) -> ExitStatus {
        guard front.options.printsJSON else { return front.report(error) }
        AnswerPrinter(output: front.answers, isTerminal: false).print(json: ["error": AnswerJSON.error(error)])
        return Sentences.complaint(about: error).status
    }

    /// Cancels the work at Ctrl-C, SIGTERM or SIGHUP, so that what came so far is kept.
    private func untilInterrupted(_ work: @escaping @Sendable () async -> ExitStatus) async -> ExitStatus {
        let task = Task { await work() }
        let watch = SignalWatch([SIGINT, SIGTERM, SIGHUP]) { task.cancel() }
        defer { watch.stop() }
        return await task.value
    }
}
