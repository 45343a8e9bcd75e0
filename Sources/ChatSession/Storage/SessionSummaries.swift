import ChatApi
import Glibc
import Synchronization

/// What a list shows of a session that isn't opened: what stands in its file before the messages.
public struct SessionSummary: Hashable, Sendable, Identifiable {
    /// The session's id.
    public let id: SessionID
    /// What people call it.
    public let title: String
    /// When it began; nil if that isn't known.
    public let created: Timestamp?
    /// When it last changed, as its file says; nil if that isn't known.
    public let updated: Timestamp?
    /// The provider that answered last.
    public let provider: String?
    /// The model that is asked.
    public let model: String?
    /// The size of its file.
    public let byteCount: Int

    /// A summary.
    public init(
        id: SessionID, title: String, created: Timestamp? = nil, updated: Timestamp? = nil, provider: String? = nil,
        model: String? = nil, byteCount: Int = 0
    ) {
        self.id = id
        self.title = title
        self.created = created
        self.updated = updated
        self.provider = provider
        self.model = model
        self.byteCount = byteCount
    }

    init(_ session: Session, byteCount: Int) {
        self.init(
            id: session.id, title: session.displayTitle, created: session.created, updated: session.updated,
            provider: session.provider, model: session.model, byteCount: byteCount)
    }
}

/// The summaries of the saved sessions, read again only as far as their files have changed.
///
/// There is no index file to go stale: ten thousand heads are read in the time of a few frames.
package final class SessionSummaries: Sendable {
    /// Of so many sessions a menu is made.
    package static let maximumCount = 1000

    /// Sessions, the one whose file was written last first.
    package struct Listing: Sendable {
        package var sessions: [SessionSummary] = []
        /// Why others can't be had.
        package var problems: [SessionStoreError] = []
        /// How many files there are, of which the limit may have left some out.
        package var fileCount = 0
    }

    private struct Known {
        let stamp: FileStamp
        let summary: Result<SessionSummary, SessionStoreError>
    }

    private let store: SessionStore
    private let known = Mutex<[SessionID: Known]>([:])

    package init(store: SessionStore) { self.store = store }

    /// Those of the sessions that changed last; none if they can't be read.
    ///
    /// Reads the disk, so it may block. The first page of a long list comes at once: `read(limit: 50)`, and then the rest.
    package func read(limit: Int = maximumCount) -> [SessionSummary] {
        // Sessions that can't be listed can't be offered; whoever opens one is told why.
        (try? list(limit: limit))?.sessions ?? []
    }

    /// Those of the sessions that changed last, and the files that can't be read.
    ///
    /// A file's head and end are looked at; what is damaged between them is noticed when it is opened.
    package func list(limit: Int = .max) throws(SessionStoreError) -> Listing {
        let files = try store.files()
        let known = known.withLock { $0 }
        let wanted = files.prefix(limit).map { file in
            (file: file, known: known[file.id].flatMap { $0.stamp == file.stamp ? $0 : nil })
        }
        let unread = wanted.indices.filter { wanted[$0].known == nil }
        var new = [Known?](repeating: nil, count: wanted.count)
        let read = BlockingWork.onTwoThreads(count: unread.count) { number in
            let file = wanted[unread[number]].file
            return (unread[number], Known(stamp: file.stamp, summary: self.store.summary(of: file)))
        }
        for (index, known) in read { new[index] = known }
        var listing = Listing(fileCount: files.count)
        var current = [SessionID: Known](minimumCapacity: wanted.count)
        for (index, entry) in wanted.enumerated() {
            guard let known = entry.known ?? new[index] else { continue }
            current[entry.file.id] = known
            switch known.summary {
            case .success(let summary): listing.sessions.append(summary)
            case .failure(let problem): listing.problems.append(problem)
            }
        }
        self.known.withLock { [current] all in
            // What is known of those behind the limit stays, as long as they are there.
            let rest = files.dropFirst(limit).compactMap { file in all[file.id].map { (file.id, $0) } }
            all = current.merging(rest) { first, _ in first }
        }
        return listing
    }
}

extension SessionStore {
    /// What stands in the head of a session's file, or in all of it where the head doesn't tell.
    func summary(of file: File) -> Result<SessionSummary, SessionStoreError> {
        let path = self.path(of: file.id)
        do {
            if let summary = try SessionHead(path, size: file.stamp.byteCount)?.summary(id: file.id) {
                return .success(summary)
            }
            return .success(SessionSummary(try load(file.id), byteCount: file.stamp.byteCount))
        } catch let error as SessionStoreError {
            return .failure(error)
        } catch let error as FileSystemError {
            return .failure(.unreadable(error))
        } catch {
            return .failure(.damaged(path: path, reason: "\(error)"))
        }
    }
}
