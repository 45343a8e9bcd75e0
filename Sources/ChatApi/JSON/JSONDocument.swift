/// A JSON text that knows where its values stand, for files that people write by hand.
public struct JSONDocument: Sendable {
    /// What the text says.
    public let value: JSONValue
    private let bytes: [UInt8]
    private let offsets: [[JSONPathComponent]: Int]

    /// Reads a JSON text.
    /// - Throws: `JSONSyntaxError`, with the place of the mistake.
    public init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes, recordsLocations: true)
        value = try parser.parse()
        offsets = parser.offsets
        self.bytes = bytes
    }

    /// Where the key or element at the end of a path stands, or the nearest one above it; the start of the text for an empty path.
    public func location(of path: [JSONPathComponent]) -> JSONLocation {
        var path = path
        while !path.isEmpty {
            if let offset = offsets[path] { return JSONLocation(offset: offset, in: bytes) }
            path.removeLast()
        }
        return JSONLocation(offset: 0, in: bytes)
    }
}

/// One step into a JSON value.
public enum JSONPathComponent: Hashable, Sendable {
    case key(String)
    case index(Int)
}

/// A place in a text, for a person with an editor: both count from 1, columns in bytes.
public struct JSONLocation: Hashable, Sendable {
    /// The line, counted from 1.
    public let line: Int
    /// The column, counted from 1, in bytes.
    public let column: Int

    init(offset: Int, in bytes: [UInt8]) {
        let before = bytes[..<min(offset, bytes.count)]
        line = before.count { $0 == 0x0A } + 1
        column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    }
}

/// Why a text isn't JSON, and where.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, as the end of a sentence: "a comma or } is expected here".
    public let reason: String
    /// Where it is wrong.
    public let location: JSONLocation

    /// `line:column: reason`.
    public var description: String { "\(location.line):\(location.column): \(reason)" }
}
