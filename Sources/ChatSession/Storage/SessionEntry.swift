import Glibc

/// A row of a list of sessions: what stands in the head of its file, or what is wrong with that.
package struct SessionEntry: Hashable, Sendable {
    package let id: SessionID
    package let title: String
    /// When it changed last.
    package let updated: Timestamp
    /// Why it can't be opened, as far as its head tells.
    package var problem: SessionStoreError?

    package init(id: SessionID, title: String, updated: Timestamp, problem: SessionStoreError? = nil) {
        (self.id, self.title, self.updated, self.problem) = (id, title, updated, problem)
    }
}

extension SessionStore {
    /// A first page is what a screen shows; then there is time for more at once.
    private static let (firstPage, page) = (64, 512)

    /// Reads the heads of the sessions, the file that was written last first, and gives them out in pages.
    ///
    /// A file that isn't a session is among them, with what is wrong with it. Reads the disk, so it may block.
    /// - Parameter onPage: Takes some more; false ends it.
    /// - Throws: `SessionStoreError.unreadable` if the directory can't be read.
    package func readEntries(_ onPage: ([SessionEntry]) -> Bool) throws(SessionStoreError) {
        var rest = try files()[...]
        var size = Self.firstPage
        while !rest.isEmpty {
            let files = rest.prefix(size)
            let entries = BlockingWork.onTwoThreads(count: files.count) { self.entry(of: files[files.startIndex + $0]) }
            // Files that were copied aren't as old as what is in them.
            guard onPage(entries.sorted { $0.updated > $1.updated }) else { return }
            rest = rest.dropFirst(size)
            size = Self.page
        }
    }

    /// Whether there is no session at all, damaged ones counted.
    package var isEmpty: Bool {
        get throws(SessionStoreError) {
            do { return try !DirectoryListing.names(in: directory).contains { Self.id(ofFile: $0) != nil } } catch {
                throw .unreadable(error)
            }
        }
    }

    private func entry(of file: File) -> SessionEntry? {
        let saved = file.stamp.time
        return switch summary(of: file.id) {
        case .success(let summary)?: SessionEntry(id: file.id, title: summary.title, updated: summary.updated ?? saved)
        case .failure(let problem)?: SessionEntry(id: file.id, title: "", updated: saved, problem: problem)
        case nil: nil
        }
    }
}
