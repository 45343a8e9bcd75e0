import ChatApi
import ChatSession
import Terminal

extension Repl {
    /// Lets the user choose a saved session on the whole screen, and goes on with it; lists them where the terminal can't.
    func pickSession() async throws {
        guard let store = home?.sessions else { return await say(Sentences.noHome) }
        let (sessions, problems) = try store.list()
        if look.isCalm, !sessions.isEmpty {
            // A list that is read out once, instead of a screen that changes with every key.
            await print(Sentences.table(of: sessions, current: conversation.session.id))
        } else if !sessions.isEmpty {
            let picker = ListPicker(title: "Sessions", rows: sessions.map(row), colors: look.colors)
            let choice = await console.withTerminal { loan in Result { try picker.run(with: loan) } }
            switch choice {
            case .success(let index?): try await resume(sessions[index].id, in: store)
            case .success(nil): break
            case .failure: await print(Sentences.table(of: sessions, current: conversation.session.id))
            }
        } else if problems.isEmpty {
            await say("No session is saved yet.")
        }
        for problem in problems { await complain(problem) }
    }

    /// Goes on with a saved session.
    func resume(_ id: SessionID, in store: SessionStore) async throws {
        if id == conversation.session.id { return await say("This is that session.") }
        try await open(try Conversation(opening: id, in: store, isSaved: conversation.store != nil))
    }

    private func row(_ session: Session) -> ListPicker.Row {
        let spoken = session.messages.filter { $0.role == .user || $0.role == .assistant }
        let text = spoken.map { $0.content?.typed ?? "" }
        let preview = zip(spoken, text).suffix(4).flatMap { message, text in
            message.role == .user
                ? Transcript.prompted(String(text.prefix(500)), look.prompt)
                : StyledLine.lines(of: String(AnswerParts(message).content.prefix(2000)), .dim)
        }
        let mark = session.id == conversation.session.id ? "* " : ""
        return ListPicker.Row(
            title: mark + session.displayTitle, detail: "\(session.updated.text.prefix(10))  \(session.id)",
            // All that was said can be searched, up to a megabyte a session.
            searchText: String("\(session.displayTitle) \(session.id) \(text.joined(separator: " "))".prefix(1 << 20)),
            preview: preview)
    }
}
