import ChatApi
import Glibc
import TextSearch

/// What a file that Banter wrote says before its messages, read without them.
///
/// A list has ten thousand heads, and a parser that makes a value of everything takes three times as long as this, which knows the
/// lines that Banter writes: `  "title": "Rivers",`. No string of JSON holds a line feed, so none can look like a line.
struct SessionHead {
    private typealias Text = Slice<UnsafeBufferPointer<UInt8>>

    private static let usualBytes = 1 << 9
    private static let maximumBytes = 1 << 14

    private let byteCount: Int
    private var isOurs = false
    private var title: String?
    private var created: String?
    private var updated: String?
    private var provider: String?
    private var model: String?

    /// Reads a file's head; nil if the file must be read in whole, as it isn't written as Banter does.
    init?(_ path: String) throws(FileSystemError) {
        let file = try Self.open(path)
        byteCount = Int(try file.status().st_size)
        // A brace on a line of its own is the end of the file: one that was cut off hasn't got it.
        guard try file.read(at: byteCount - 3, count: 3).elementsEqual("\n}\n".utf8) else { return nil }
        for count in [Self.usualBytes, Self.maximumBytes] {
            if try file.read(at: 0, count: min(count, byteCount)).withUnsafeBufferPointer({ take($0) }) { return }
            if count >= byteCount { return nil }
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

    /// Takes the fields before the messages; false if these aren't reached, or a line isn't one that Banter writes.
    private mutating func take(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard Self.value("{\n", in: text[...]) != nil else { return false }
        var start = 2
        var isNested = false
        while let end = ByteSearch.firstIndex(of: UInt8(ascii: "\n"), in: text, from: start) {
            let content = text[start..<end].drop { $0 == UInt8(ascii: " ") }
            let indentation = content.startIndex - start
            switch (content.first, indentation) {
            case (_, 3...) where isNested: break
            case (UInt8(ascii: "}"), 2) where isNested, (UInt8(ascii: "]"), 2) where isNested: isNested = false
            case (UInt8(ascii: "\""), 2) where !isNested:
                if Self.value("\"messages\":", in: content) != nil { return true }
                takeField(content.last == UInt8(ascii: ",") ? content.dropLast() : content)
                isNested = content.last == UInt8(ascii: "{") || content.last == UInt8(ascii: "[")
            default: return false
            }
            start = end + 1
        }
        return false
    }

    /// Takes what a list shows; the first of two fields with the same name counts.
    private mutating func takeField(_ field: Text) {
        if let value = Self.value("\"title\": ", in: field) {
            title = title ?? Self.string(value)
        } else if let value = Self.value("\"created\": ", in: field) {
            created = created ?? Self.string(value)
        } else if let value = Self.value("\"updated\": ", in: field) {
            updated = updated ?? Self.string(value)
        } else if let value = Self.value("\"provider\": ", in: field) {
            provider = provider ?? Self.string(value)
        } else if let value = Self.value("\"model\": ", in: field) {
            model = model ?? Self.string(value)
        } else if let value = Self.value("\"format\": ", in: field) {
            isOurs = isOurs || value.elementsEqual([UInt8(ascii: "1")])
        }
    }

    /// What stands behind a key; nil if the line begins otherwise.
    ///
    /// The C function is `memcmp`: to compare it with a string byte by byte takes longer than all else here.
    private static func value(_ key: StaticString, in line: Text) -> Text? {
        let bytes = UnsafeBufferPointer(rebasing: line)
        guard let base = bytes.baseAddress, bytes.count >= key.utf8CodeUnitCount,
            memcmp(base, key.utf8Start, key.utf8CodeUnitCount) == 0
        else { return nil }
        return line.dropFirst(key.utf8CodeUnitCount)
    }

    private static func string(_ json: Text) -> String? {
        let text = UnsafeBufferPointer(rebasing: json.dropFirst().dropLast())
        let quote = UInt8(ascii: "\"")
        if json.count > 1, json.first == quote, json.last == quote,
            JSONText.endOfPlainText(in: text, from: 0) == text.count
        {
            return String(decoding: text, as: UTF8.self)
        }
        return (try? JSONValue(parsing: Array(json)))?.stringValue
    }

    /// The summary; nil if the title must be taken from the messages, or something is wrong that is to be told of the whole file.
    func summary(id: SessionID) -> SessionSummary? {
        guard isOurs, let title else { return nil }
        return SessionSummary(
            id: id, title: title, created: created.flatMap { Timestamp($0) },
            updated: updated.flatMap { Timestamp($0) }, provider: provider, model: model, byteCount: byteCount)
    }
}
