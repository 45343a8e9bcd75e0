/// Why a saved session can't be had.
public enum SessionStoreError: Error, Hashable, Sendable {
    /// No session has this id or title.
    case notFound(String)
    /// Several sessions fit.
    case ambiguous(query: String, sessions: [SessionSummary])
    /// The file isn't a session; it is left as it is.
    case damaged(path: String, reason: String)
    /// The file was written by a later version of Banter; it is left as it is.
    case newerFormat(path: String, format: Int)
    /// Another process has the session open; its id, where it is known.
    case inUse(SessionID, process: Int32?)
    /// The file or the directory can't be read, or can't be moved.
    case unreadable(FileSystemError)
}
