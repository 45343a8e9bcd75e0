import Glibc
import Synchronization

/// What a list shows of a session that isn't opened.
package struct SessionSummary: Hashable, Sendable {
    package let id: SessionID
    package let title: String

    package init(id: SessionID, title: String) {
        self.id = id
        self.title = title
    }
}

/// The ids and titles of the saved sessions, read again only as far as their files have changed.
///
/// There is no index file to go stale: a title is read from the head of its session's file, once.
package final class SessionSummaries: Sendable {
    /// Of more sessions than these only the ones that changed last are known.
    package static let maximumCount = 1000

    private static let headBytes = 1 << 14
    /// A session whose head doesn't tell is read in whole up to this size.
    private static let maximumBytes = 4 << 20

    private struct Known {
        let stamp: FileStamp
        let title: String
    }

    private let store: SessionStore
    private let known = Mutex<[SessionID: Known]>([:])

    package init(store: SessionStore) { self.store = store }

    /// The sessions, the one that changed last first; none if they can't be read.
    ///
    /// Reads the disk, so it may block.
    package func read() -> [SessionSummary] {
        let known = known.withLock { $0 }
        // Sessions that can't be listed can't be offered; whoever opens one is told why.
        let stamped = ((try? store.ids()) ?? []).compactMap { id in
            FileStamp(store.path(of: id)).map { (id: id, stamp: $0) }
        }
        let newest = stamped.sorted { ($0.stamp.modified, $0.id.text) > ($1.stamp.modified, $1.id.text) }
            .prefix(Self.maximumCount)
        var read: [SessionID: Known] = [:]
        for (id, stamp) in newest {
            if let known = known[id], known.stamp == stamp {
                read[id] = known
            } else if let title = title(of: id) {
                read[id] = Known(stamp: stamp, title: title)
            }
        }
        self.known.withLock { [read] in $0 = read }
        return newest.compactMap { id, _ in read[id].map { SessionSummary(id: id, title: $0.title) } }
    }

    private func title(of id: SessionID) -> String? {
        let path = store.path(of: id)
        if let head = try? AtomicFile.readHead(path, count: Self.headBytes), let title = Self.title(inHead: head) {
            return title
        }
        guard let bytes = try? AtomicFile.read(path, limit: Self.maximumBytes) else { return nil }
        return (try? SessionFile.decode(bytes, name: id))?.displayTitle
    }

    /// The title in the head of a file that Banter wrote; nil if it can't be told from that.
    ///
    /// No string of JSON holds a line feed, so this is where the messages begin.
    static func title(inHead head: [UInt8]) -> String? {
        guard let messages = head.firstRange(of: Array("\n  \"messages\":".utf8)) else { return nil }
        let file = head[..<messages.lowerBound] + Array("\"messages\": []}".utf8)
        return (try? SessionFile.decode(Array(file)))?.title
    }
}
