import Glibc

/// What a list shows of a session that isn't opened, read from the head of its file.
package struct SessionHead: Hashable, Sendable {
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
    private static let headBytes = 1 << 14

    /// Reads the heads of the sessions, the file that changed last first, and gives them out in pages.
    ///
    /// A file that isn't a session is among them, with what is wrong with it.
    /// - Parameter onPage: Takes some more; false ends it.
    /// - Throws: `SessionStoreError.unreadable` if the directory can't be read.
    package func readHeads(_ onPage: ([SessionHead]) -> Bool) throws(SessionStoreError) {
        let stamped = try ids().compactMap { id in FileStamp(path(of: id)).map { (id: id, stamp: $0) } }
        let newest = stamped.sorted { ($0.stamp.modified, $0.id.text) > ($1.stamp.modified, $1.id.text) }
        var page: [SessionHead] = []
        var size = Self.firstPage
        for (id, stamp) in newest {
            page.append(head(of: id, saved: Timestamp(secondsSinceEpoch: Double(stamp.modified) / 1e9)))
            if page.count >= size {
                guard onPage(page) else { return }
                page.removeAll(keepingCapacity: true)
                size = Self.page
            }
        }
        if !page.isEmpty { _ = onPage(page) }
    }

    /// Whether there is no session at all, damaged ones counted.
    package var isEmpty: Bool { get throws(SessionStoreError) { try ids().isEmpty } }

    private func head(of id: SessionID, saved: Timestamp) -> SessionHead {
        if let bytes = try? AtomicFile.readHead(path(of: id), count: Self.headBytes),
            // No string of JSON holds a line feed, so this is where the messages begin in a file that Banter wrote.
            let messages = bytes.firstRange(of: Array("\n  \"messages\":".utf8)),
            let session = try? SessionFile.decode(
                Array(bytes[..<messages.lowerBound] + Array("\"messages\": []}".utf8)), name: id),
            let title = session.title
        {
            return SessionHead(id: id, title: title, updated: session.updated)
        }
        do {
            let session = try load(id)
            return SessionHead(id: id, title: session.displayTitle, updated: session.updated)
        } catch {
            return SessionHead(id: id, title: "", updated: saved, problem: error)
        }
    }
}
