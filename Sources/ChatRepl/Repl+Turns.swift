import ChatApi
import ChatSession
import Terminal

/// A turn: what was said is saved, sent and answered, and the answer is saved.
extension Repl {
    /// Says something, and asks for an answer.
    ///
    /// - Parameters:
    ///   - text: What the user says.
    ///   - seen: What of it could be seen when it was sent off; files are named there.
    func send(_ text: String, seen: String) async {
        guard await canAsk(unsent: text) else { return }
        guard let files = await files(namedIn: seen, of: text) else { return }
        await takeEditedTurn()
        await saving { () throws(FileSystemError) in try self.conversation.say(MessageContent(text, with: files)) }
        await ask()
    }

    /// Looks whether there is somebody to be asked, and a model.
    /// - Parameter text: What was to be said, to be put back at the prompt.
    /// - Returns: Whether there is; if not, that was said.
    func canAsk(unsent text: String? = nil) async -> Bool {
        if connection == nil {
            await complain(ProviderChoice.Problem.noProvider)
        } else if conversation.session.model == nil {
            await askForModel(unsent: text)
        } else {
            return true
        }
        return false
    }

    /// Asks for an answer to the conversation as it stands.
    func ask() async {
        guard await canAsk(), let connection else { return }
        let conversation = conversation
        let streams = streams
        run(.answer, connection) { chat, onEvent in
            await Turn(api: chat, conversation: conversation, streams: streams).run(onEvent: onEvent)
        }
    }

    /// Runs a turn while the prompt goes on, and shows what comes of it.
    func run(
        _ purpose: Purpose, _ connection: ProviderConnection,
        _ turn: @escaping @Sendable (ChatApi, (TurnEvent) async -> Void) async -> TurnOutcome
    ) {
        // A small server answers one after the other.
        titling?.cancel()
        let view = AnswerView(console: console, look: look, status: status)
        console.setHoldsEntries(true)
        answering = Task { @Sendable [post] in
            let outcome = await view.run { onEvent in
                do { return await turn(try await connection.chat(), onEvent) } catch {
                    return TurnOutcome(failedBeforeSending: error)
                }
            }
            post.yield(.turnEnded(outcome, purpose))
        }
    }

    func stopAnswer() { answering?.cancel() }

    func finishTurn(_ outcome: TurnOutcome) async {
        answering = nil
        await saving { () throws(FileSystemError) in try conversation.take(outcome) }
        await tellEnd(of: outcome)
        if case .failed(let error as ApiError) = outcome.ending, error.isContextTooLong, outcome.message == nil {
            await say(Sentences.tooLong(conversation.session))
        }
        await endTurn()
        if case .finished = outcome.ending, choice.file.modelGivesTitles { askForTitle(isAsked: false) }
    }

    /// Says that a turn is over.
    func endTurn() async {
        await tellOfLostServer()
        var end = StyledLine()
        end.mark = .outputEnd
        await console.print([end])
        console.setHoldsEntries(false)
    }
}
