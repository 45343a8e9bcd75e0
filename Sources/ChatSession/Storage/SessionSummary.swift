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
    package func summaries(limit: Int = .max) throws(SessionStoreError) -> Listing {
        let files = try files()
        let summaries = BlockingWork.onTwoThreads(count: min(limit, files.count)) { self.summary(of: files[$0]) }
        var listing = Listing(fileCount: files.count)
        listing.sessions.reserveCapacity(summaries.count)
        for summary in summaries {
            switch summary {
            case .success(let session): listing.sessions.append(session)
            case .failure(let problem): listing.problems.append(problem)
            }
        }
        // Files that were copied aren't as old as what is in them.
        listing.sessions.sort { ($0.time ?? $0.id.created) > ($1.time ?? $1.id.created) }
        return listing
    }

    /// What stands in the head of a session's file, or in all of it where the head doesn't tell.
    func summary(of file: File) -> Result<SessionSummary, SessionStoreError> {
        Result { () throws(SessionStoreError) in
            if let summary = try head(of: file)?.summary(id: file.id) { return summary }
            return SessionSummary(try load(file.id), byteCount: file.stamp.size)
        }
    }

    private func head(of file: File) throws(SessionStoreError) -> SessionHead? {
        let path = try location(of: file)
        do { return try SessionHead(path, size: file.stamp.size) } catch { throw .unreadable(error) }
    }
}
