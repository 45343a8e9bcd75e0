import ChatSession
import Terminal

/// What is done with the session's file: saved, copied, moved to the trash and brought back.
extension Repl {
    /// Does something that saves the session.
    ///
    /// That it can't be saved is said once, and again when the reason is another; that it can be again, too.
    func saving(_ body: () throws(FileSystemError) -> Void) async {
        let before = conversation
        do throws(FileSystemError) {
            try body()
            if before.unsaved != nil, conversation.unsaved == nil { await say(Sentences.saved(path)) }
        } catch {
            if error != before.unsaved { await complain(Sentences.notSaved(error)) }
        }
        for sentence in Sentences.news(of: conversation, since: before) { await say(sentence) }
        knowledge.note(conversation.session)
    }

    private var path: String { conversation.store?.path(of: conversation.session.id) ?? "" }

    /// Whether the session may be left: nothing of it would be lost, which is said otherwise.
    func mayLeaveSession() async -> Bool {
        guard conversation.unsaved != nil else { return true }
        await saving { () throws(FileSystemError) in try conversation.save() }
        guard let error = conversation.unsaved else { return true }
        await complain(Sentences.notSaved(error))
        await say(Sentences.staysOpen)
        return false
    }

    // MARK: /save

    func save(_ text: String) async {
        let isForced = text == "-f" || text.hasPrefix("-f ")
        let name = (isForced ? String(text.dropFirst(3)) : text).unquoted
        if !name.isEmpty { return await saveCopy(to: name, replacing: isForced) }
        guard !isForced else { return await say(Sentences.usage(of: "save")) }
        guard conversation.store != nil else { return await say(home == nil ? Sentences.noHome : Sentences.incognito) }
        guard !conversation.session.isEmpty else { return await say(Sentences.nothingToSave) }
        let wasUnsaved = conversation.unsaved
        await saving { () throws(FileSystemError) in try conversation.save() }
        if let error = conversation.unsaved {
            // Asked for, it is said again.
            if error == wasUnsaved { await complain(Sentences.notSaved(error)) }
        } else if wasUnsaved == nil {
            await say(Sentences.saved(path))
        }
    }

    private func saveCopy(to name: String, replacing: Bool) async {
        guard !name.utf8.contains(0) else { return await say(Sentences.usage(of: "save")) }
        let path = AttachedFile.expanded(name, home: choice.environment["HOME"])
        let bytes = conversation.fileText
        let result = await BlockingWork.result(within: .seconds(10)) {
            Result { () throws(ExportedFile.Problem) in
                try ExportedFile.write(bytes, to: path, replacing: replacing, permissions: 0o600)
            }
        }
        switch result {
        case .success?:
            conversation.noteSavedElsewhere(path)
            await say(Sentences.savedCopy(name, bytes: bytes.count))
        case .failure(let problem)?:
            await complain(Sentences.notWritten(to: name, problem, replacing: "/save -f \(name)"))
        case nil: await complain(Sentences.writingTookTooLong(name))
        }
    }

    // MARK: /delete

    func delete(_ query: String) async throws {
        if query == "undo" { return try await undoDelete() }
        guard let store = home?.sessions else { return await say(Sentences.noHome) }
        let id = query.isEmpty ? conversation.session.id : try store.find(query)
        guard id == conversation.session.id else {
            let title = (try? store.load(id).displayTitle) ?? id.text
            try store.delete(id)
            deleted = id
            return await say(Sentences.deleted(title, undo: Sentences.undoDelete))
        }
        let (title, before) = (conversation.session.displayTitle, conversation)
        guard try conversation.moveToTrash() else { return await say(Sentences.notOnDisk) }
        deleted = conversation.session.id
        for sentence in Sentences.news(of: conversation, since: before) { await say(sentence) }
        try await begin()
        await say(Sentences.deleted(title, undo: Sentences.undoDelete))
    }

    private func undoDelete() async throws {
        guard let id = deleted, let store = home?.sessions else { return await say(Sentences.nothingDeleted) }
        try store.restore(id)
        deleted = nil
        await say(Sentences.restored(id))
        if conversation.session.isEmpty { try await resume(id, in: store) }
    }

    /// Begins a new session, with what is set for all.
    func begin() async throws {
        let old = conversation.session
        let session = Session(
            provider: old.provider, model: old.model, parameters: choice.file.parameters, system: choice.file.system)
        try await open(Conversation(session, store: conversation.store))
    }
}
