import ChatApi
import Glibc
import TextSearch

/// What a file that Banter wrote says before its messages, read without them.
///
/// No string of JSON holds a line feed, so a line that begins with the messages' key and two blanks is where they begin, and a
/// brace on a line of its own is the end of the file: one that was cut off hasn't got it.
struct SessionHead {
    private static let usualBytes = 1 << 10
    private static let maximumBytes = 1 << 14
    private static let messagesKey = Array("\n  \"messages\":".utf8)
    private static let messages = Array("\"messages\": []}".utf8)
    private static let end = Array("\n}\n".utf8)

    private let text: [UInt8]
    private let byteCount: Int

    /// Reads a file's head; nil if the file must be read in whole.
    init?(_ path: String) throws(FileSystemError) {
        let file = try Self.open(path)
        let size = Int(try file.status().st_size)
        guard try file.read(at: size - Self.end.count, count: Self.end.count) == Self.end else { return nil }
        for count in [Self.usualBytes, Self.maximumBytes] {
            if let text = Self.head(try file.read(at: 0, count: min(count, size))) {
                self.text = text
                byteCount = size
                return
            }
            if count >= size { return nil }
        }
        return nil
    }

    /// Opens a session's file, or what a link in its place leads to.
    private static func open(_ path: String) throws(FileSystemError) -> FileDescriptor {
        do { return try FileDescriptor(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW) } catch {
            guard error.errorNumber == ELOOP else { throw error }
            return try FileDescriptor(try AtomicFile.target(of: path), O_RDONLY | O_NONBLOCK)
        }
    }

    /// What stands before the messages, made whole; nil if they aren't there.
    private static func head(_ bytes: [UInt8]) -> [UInt8]? {
        guard let place = bytes.withUnsafeBufferPointer({ ByteSearch.firstIndex(of: messagesKey, in: $0) }) else {
            return nil
        }
        return bytes[..<place] + messages
    }

    /// The summary; nil if the title must be taken from the messages, or something is wrong that is to be told of the whole file.
    func summary(id: SessionID) -> SessionSummary? {
        guard let fields = (try? JSONValue(parsing: text))?.objectValue,
            fields["format"]?.intValue == SessionFile.format, let title = fields["title"]?.stringValue
        else { return nil }
        func time(_ key: String) -> Timestamp? { fields[key]?.stringValue.flatMap { Timestamp($0) } }
        return SessionSummary(
            id: id, title: title, created: time("created"), updated: time("updated"),
            provider: fields["provider"]?.stringValue, model: fields["model"]?.stringValue, byteCount: byteCount)
    }
}
