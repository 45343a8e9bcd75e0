import ChatApi
import ChatSession
import FoundationEssentials
import Terminal

extension Subcommands {
    /// Which sessions a command is about.
    package enum SessionChoice: Sendable {
        /// Those that people name, by id, a part of it, or title.
        case named([String])
        /// Those that haven't changed for so many seconds.
        case olderThan(Double)
    }

    /// An age such as `30d`, in seconds; nil if it isn't one.
    package static func age(_ text: String) -> Double? {
        let units: [Character: Double] = ["h": 3600, "d": 86400, "w": 7 * 86400, "y": 365.25 * 86400]
        guard let unit = text.last.flatMap({ units[$0] }), text.utf8.count <= 6, let number = UInt(text.dropLast())
        else { return nil }
        return Double(number) * unit
    }

    /// Moves sessions to the trash; each that can't be is said, and the others go.
    package static func deleteSessions(_ choice: SessionChoice, isTrial: Bool, json: Bool) -> ExitStatus {
        withFront { front in
            let store = try front.requiredHome.sessions
            var (status, count) = (ExitStatus.success, 0)
            func delete(_ id: SessionID) {
                do {
                    // One that can't be read goes too, if somebody names it.
                    let session = try? store.load(id)
                    if !isTrial { try store.delete(id) }
                    count += 1
                    if json {
                        try front.answers.writeLine([
                            "id": .string(id.text), "title": .string(session?.displayTitle ?? ""),
                            "deleted": .bool(!isTrial),
                        ])
                    } else {
                        let row = Sentences.row(id, session?.updated, session?.displayTitle ?? "")
                        try front.answers.write([row])
                    }
                } catch {
                    status = front.report(error)
                }
            }
            switch choice {
            case .named(let names):
                for name in names {
                    do { delete(try store.find(name)) } catch { status = front.report(error) }
                }
            case .olderThan(let seconds):
                for id in try sessions(in: store, olderThan: seconds) { delete(id) }
            }
            if !json {
                try front.messages.write([
                    StyledLine(isTrial ? Sentences.wouldDelete(count) : Sentences.deleted(count), .dim)
                ])
            }
            store.sweep()
            return status
        }
    }

    /// The sessions that haven't changed for so long, by what they say and by their files; none that can't be read.
    private static func sessions(in store: SessionStore, olderThan seconds: Double) throws -> [SessionID] {
        let limit = Timestamp().date.addingTimeInterval(-seconds)
        return try store.ids().sorted().filter { id in
            guard let saved = store.savedTime(of: id), saved.date < limit,
                let session = try? store.load(id)
            else { return false }
            return session.updated.date < limit
        }
    }

    package static func renameSession(_ query: String, to title: String) -> ExitStatus {
        withFront { front in
            guard !title.isBlank else { throw Sentences.noTitle }
            let store = try front.requiredHome.sessions
            let id = try store.find(query)
            var conversation = try Conversation(opening: id, in: store)
            if let holder = conversation.copiedFromHolder {
                throw SessionStoreError.inUse(id, process: holder == 0 ? nil : holder)
            }
            try conversation.update { $0.title = title }
            try front.answers.write([Sentences.row(id, conversation.session.updated, title)])
            return .success
        }
    }

    /// Brings a session back from the trash; without a name, lists what is there.
    package static func restoreSession(_ query: String?, json: Bool) -> ExitStatus {
        withFront { front in
            let store = try front.requiredHome.sessions
            let trash = store.trash
            guard let query else {
                let listing = try trash.summaries()
                // What has just been brought back isn't there any more.
                let rows = listing.sessions
                    .compactMap { session in trash.deletionTime(of: session.id).map { (session: session, deleted: $0) }
                    }
                    .sorted { $0.deleted > $1.deleted }
                for row in rows where json {
                    try front.answers.writeLine([
                        "id": .string(row.session.id.text), "title": .string(row.session.title),
                        "deleted": .string(row.deleted.text),
                    ])
                }
                if !json {
                    try front.answers.write(
                        rows.map { Sentences.row($0.session.id, $0.deleted, $0.session.title) })
                    if rows.isEmpty, listing.problems.isEmpty {
                        try front.messages.write([StyledLine(Sentences.emptyTrash, .dim)])
                    }
                }
                for problem in listing.problems { _ = front.report(problem) }
                return listing.problems.isEmpty ? .success : .badInput
            }
            let id = try trash.find(query)
            try store.restore(id)
            if json {
                try front.answers.writeLine(["id": .string(id.text), "restored": true])
            } else {
                try front.answers.write([StyledLine(Sentences.restored(id))])
            }
            return .success
        }
    }
}
