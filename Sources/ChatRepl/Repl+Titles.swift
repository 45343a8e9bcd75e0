import ChatApi
import ChatSession
import Terminal

/// Titles that the model gives.
extension Repl {
    /// Asks for a title because somebody wants one.
    func titleByModel() async {
        guard conversation.session.messages.contains(where: { $0.role == .assistant }) else {
            return await sayNothingSaid()
        }
        guard connection != nil else { return await complain(ProviderChoice.Problem.noProvider) }
        askForTitle(isAsked: true)
    }

    /// Asks the model for a title, while the prompt goes on.
    /// - Parameter isAsked: Whether somebody waits for it; else it only replaces the first words.
    func askForTitle(isAsked: Bool) {
        let session = conversation.session
        guard let connection, session.model != nil, isAsked || session.hasFirstWordsAsTitle else { return }
        titling?.cancel()
        titling = Task { [post] in
            let result: Result<String?, any Error>
            do { result = .success(try await TitleRequest(api: connection.chat(), session: session).title()) } catch {
                result = .failure(error)
            }
            post.yield(.titled(result, session.id, isAsked: isAsked))
        }
    }

    /// Takes the title that was asked for.
    func take(title result: Result<String?, any Error>, of id: SessionID, isAsked: Bool) async {
        // A save in mid-answer would look into the journal that is being written.
        guard id == conversation.session.id, answering == nil else { return }
        switch result {
        case .success(let title?) where isAsked || conversation.session.hasFirstWordsAsTitle:
            await change { $0.title = title }
            if isAsked { await say(Sentences.renamed(title)) }
        case .success(nil) where isAsked: await say(Sentences.noTitleFromModel)
        // Another turn has pushed it aside.
        case .failure(is CancellationError): break
        case .failure(let error) where isAsked: await complain(error)
        // Nobody waits for it; the next turn tries again.
        case .success, .failure: break
        }
    }
}

extension Session {
    /// Whether nobody has given it a title.
    fileprivate var hasFirstWordsAsTitle: Bool {
        let first = messages.first { $0.role == .user }?.content?.typed ?? ""
        return title == nil || title == Session.title(from: first)
    }
}
