import Glibc

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
    /// When it last changed, or at least when it began.
    package var time: Timestamp? { updated ?? created }
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

extension SessionStore {
    /// Sessions, the one whose file was written last first.
    package struct Listing: Sendable {
        package var sessions: [SessionSummary] = []
        /// Why others can't be had.
        package var problems: [SessionStoreError] = []
        /// How many files there are, of which the limit may have left some out.
        package var fileCount = 0
    }

    /// The summaries of those of the sessions whose files were written last, the one that changed last first, and the files that can't be
    /// read.
    ///
    /// A file's head and end are looked at; what is damaged between them is noticed when it is opened. There is no index to go stale:
    /// ten thousand heads are read in the time of a few frames. Reads the disk, so it may block.
    package func summaries(limit: Int? = nil) throws(SessionStoreError) -> Listing {
        var ids = try limit == nil ? ids() : files().map(\.id)
        var listing = Listing(fileCount: ids.count)
        if let limit { ids.removeSubrange(min(limit, ids.count)...) }
        let summaries = BlockingWork.onTwoThreads(count: ids.count) { [ids] in self.summary(of: ids[$0]) }
        listing.sessions.reserveCapacity(summaries.count)
        for summary in summaries {
            switch summary {
            case .success(let session): listing.sessions.append(session)
            case .failure(let problem): listing.problems.append(problem)
            }
        }
        // By what they say, as files that were copied aren't as old as what is in them.
        let times = listing.sessions.map { $0.time ?? $0.id.created }
        let order = listing.sessions.indices.sorted {
            times[$0] != times[$1] ? times[$0] > times[$1] : listing.sessions[$0].id > listing.sessions[$1].id
        }
        listing.sessions = order.map { listing.sessions[$0] }
        return listing
    }

    /// What stands in the head of a session's file, or in all of it where the head doesn't tell; nil if the file has gone.
    func summary(of id: SessionID) -> Result<SessionSummary, SessionStoreError>? {
        let path = path(of: id)
        do throws(FileSystemError) {
            if let summary = try SessionHead(path)?.summary(id: id) { return .success(summary) }
        } catch {
            return error.errorNumber == ENOENT && error.path == path ? nil : .failure(.unreadable(error))
        }
        return Result { () throws(SessionStoreError) in
            SessionSummary(try load(id), byteCount: FileStamp(path)?.size ?? 0)
        }
    }
}
