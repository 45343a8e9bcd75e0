import ChatApi
import FoundationEssentials
import Glibc

/// What became of an import.
package struct ImportReport: Sendable {
    /// A session that came in.
    package struct Imported: Sendable {
        package let id: SessionID
        package let title: String
        package let messages: Int
        package let branches: Int
        /// The session that an earlier import of the same conversation made, before that changed.
        package let earlier: SessionID?
    }

    package let format: ImportedFile.Format
    package internal(set) var imported: [Imported] = []
    package internal(set) var skipped: [SkippedConversation] = []
}

extension SessionStore {
    /// Where the imported sessions of the store come from.
    ///
    /// Reads the head of every file.
    private func origins() throws(SessionStoreError) -> [(origin: ImportOrigin, id: SessionID)] {
        var origins: [(ImportOrigin, SessionID)] = []
        for id in try ids() {
            guard let head = try? AtomicFile.readHead(path(of: id), count: 1 << 14),
                head.firstRange(of: Array("\"\(ImportOrigin.key)\"".utf8)) != nil,
                let messages = head.firstRange(of: Array("\n  \"messages\":".utf8)),
                let session = try? SessionFile.decode(
                    Array(head[..<messages.lowerBound] + Array("\"messages\": []}".utf8))),
                let origin = ImportOrigin(session.layout[ImportOrigin.key])
            else { continue }
            origins.append((origin, id))
        }
        return origins
    }

    /// Saves the conversations of a file as sessions of their own.
    ///
    /// Nothing that exists is changed: a conversation that was imported before and hasn't changed since is left out, and one that has changed
    /// comes in beside the earlier one. May block for as long as the disk does.
    /// - Parameters:
    ///   - file: What was read.
    ///   - isTrial: Whether nothing is saved.
    ///   - report: What happened, as far as it got.
    /// - Throws: `SessionStoreError` or `FileSystemError`.
    package func importSessions(
        from file: ImportedFile, isTrial: Bool = false, report: inout ImportReport?
    ) throws {
        report = ImportReport(format: file.format, skipped: file.skipped)
        let result = Result { try add(file.conversations, isTrial: isTrial, report: &report) }
        if !isTrial, report?.imported.isEmpty == false {
            // Once for all of them: what is reported is on the disk under its name.
            do throws(FileSystemError) { try synchronizeNames() } catch {
                report?.imported = []
                throw error
            }
        }
        try result.get()
    }

    private func add(
        _ conversations: [ImportedConversation], isTrial: Bool, report: inout ImportReport?
    ) throws {
        var taken: Set<SessionID> = []
        var known: [[String]: [(version: String?, id: SessionID)]] = [:]
        let hasStore = access(directory, F_OK) == 0
        for (origin, id) in hasStore ? try origins() : [] {
            let key = [origin.format, origin.id]
            known[key, default: []].append((origin.version, id))
        }
        for var conversation in conversations {
            let origin = conversation.origin
            let title = conversation.session.displayTitle
            var earlier: SessionID?
            if let imported = known[[origin.format, origin.id]] {
                if let same = imported.first(where: { $0.version == origin.version }) {
                    report?.skipped.append(SkippedConversation(title: title, reason: .alreadyThere(same.id)))
                    continue
                }
                earlier = imported.map(\.id).max()
            } else if origin.format == ImportedFile.Format.banter.rawValue, exists(conversation.session.id) {
                if isSame(conversation.session) {
                    let reason = SkippedConversation.Reason.alreadyThere(conversation.session.id)
                    report?.skipped.append(SkippedConversation(title: title, reason: reason))
                    continue
                }
                earlier = conversation.session.id
            }
            if exists(conversation.session.id) || taken.contains(conversation.session.id) {
                conversation.session.id = freeID(for: conversation.session, besides: taken)
                if origin.format == ImportedFile.Format.banter.rawValue { conversation.session.note(origin) }
            }
            let session = conversation.session
            if !isTrial {
                try createDirectory()
                var text = SessionText()
                _ = try replace(session, text: &text)
                keepTime(of: session)
            }
            taken.insert(session.id)
            known[[origin.format, origin.id], default: []].append((origin.version, session.id))
            report?.imported.append(
                ImportReport.Imported(
                    id: session.id, title: title, messages: session.messages.count, branches: session.branches.count,
                    earlier: earlier))
        }
    }

    private func exists(_ id: SessionID) -> Bool {
        var status = stat()
        return lstat(path(of: id), &status) == 0
    }

    private func isSame(_ session: Session) -> Bool {
        (try? AtomicFile.read(path(of: session.id))) == SessionFile.encode(session)
    }

    /// An id for a session of that time which no other has.
    private func freeID(for session: Session, besides taken: Set<SessionID>) -> SessionID {
        var time = session.created
        while true {
            for _ in 0..<100 {
                let id = SessionID(date: time, suffix: UInt16.random(in: .min ... .max))
                if !exists(id), !taken.contains(id) { return id }
            }
            // A second has 65 536 ids; so many conversations may have no time of their own.
            time = Timestamp(secondsSinceEpoch: time.date.timeIntervalSince1970 + 1)
        }
    }

    /// Makes the file as old as the session, so that what came in last isn't the session that was used last.
    private func keepTime(of session: Session) {
        let seconds = session.updated.date.timeIntervalSince1970
        let time = timespec(tv_sec: Int(seconds.rounded(.down)), tv_nsec: 0)
        // Where it can't be, nothing is lost but the order.
        _ = [time, time].withUnsafeBufferPointer { utimensat(AT_FDCWD, path(of: session.id), $0.baseAddress, 0) }
    }
}
