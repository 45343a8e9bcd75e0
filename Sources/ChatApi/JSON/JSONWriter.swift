extension JSONValue {
    /// Reads one JSON text (RFC 8259), nested at most 512 levels deep.
    /// - Parameter bytes: The text in UTF-8, with or without a byte order mark. Bytes that aren't UTF-8 are read as U+FFFD.
    /// - Throws: `JSONSyntaxError`, with the place of the mistake.
    public init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes)
        self = try parser.parse()
    }

    /// Reads one JSON text (RFC 8259), nested at most 512 levels deep: the arguments of a tool call, say, or an answer after a schema.
    /// - Parameter text: The text.
    /// - Throws: `JSONSyntaxError`, with the place of the mistake.
    public init(parsing text: String) throws(JSONSyntaxError) { try self.init(parsing: Array(text.utf8)) }

    /// A text as it was read, with what is needed to write it again as it was.
    package struct Reading {
        package let value: JSONValue
        /// Where the elements of arrays stand that are fields of its object.
        package let elements: [String: [Range<Int>]]
        /// Whether the value says all that the text does; not so with two values of one key, or half a surrogate pair.
        package let isLossless: Bool
    }

    /// Reads one JSON text as `init(parsing:)` does, and tells more about it.
    ///
    /// Whoever calls must have made sure that it is UTF-8.
    package static func reading(utf8 bytes: [UInt8]) throws(JSONSyntaxError) -> Reading {
        assert(String(validating: bytes, as: UTF8.self) != nil)
        var parser = JSONParser(
            bytes, maximumValues: JSONParser.maximumFileValues, isUTF8: true, recordsElements: true)
        let value = try parser.parse()
        return Reading(value: value, elements: parser.elements, isLossless: !parser.hasLost)
    }

    /// Reads one JSON text of somebody else's, with at most so many values, and less deep than our own, of which it may become a part.
    package init(parsing bytes: [UInt8], maximumValues: Int) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes, maximumDepth: JSONParser.maximumForeignDepth, maximumValues: maximumValues)
        self = try parser.parse()
    }

    /// Reads a JSON text that a server sent, nested at most 256 levels deep and of at most four million values.
    init(parsingWire bytes: [UInt8]) throws(JSONSyntaxError) {
        var parser = JSONParser(
            bytes, maximumDepth: JSONParser.maximumWireDepth, maximumValues: JSONParser.maximumBodyValues)
        self = try parser.parse()
    }

    /// How a value is laid out as text.
    public enum Layout: Sendable {
        /// On one line without spaces.
        case compact
        /// One field or element a line, indented by two spaces.
        case indented
    }

    /// The value as JSON text in UTF-8, fields in their order.
    public func serialized(_ layout: Layout = .compact) -> [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, layout, indentation: 0)
        return bytes
    }

    /// Appends the value as JSON text in UTF-8.
    /// - Parameters:
    ///   - bytes: What it is appended to.
    ///   - layout: How it is laid out.
    ///   - indentation: How deep it lies in what it is a part of.
    package func write(to bytes: inout [UInt8], _ layout: Layout, indentation: Int) {
        var writer = JSONWriter(layout: layout)
        swap(&writer.bytes, &bytes)
        writer.write(self, indentation: indentation)
        swap(&writer.bytes, &bytes)
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as JSON text on one line.
    public var description: String { String(decoding: serialized(), as: UTF8.self) }
}

/// Writes JSON text.
///
/// Only what the grammar demands is escaped, DEL, and C1 controls, so that a file can be shown by `cat`.
private struct JSONWriter {
    let layout: JSONValue.Layout
    var bytes: [UInt8] = []

    mutating func write(_ value: JSONValue, indentation: Int) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .number(let number): append(number.text)
        case .string(let text): write(text)
        case .array(let elements):
            write(elements, between: "[", "]", indentation: indentation) { writer, element in
                writer.write(element, indentation: indentation + 1)
            }
        case .object(let fields):
            write(fields, between: "{", "}", indentation: indentation) { writer, field in
                writer.write(field.0)
                writer.append(writer.layout == .indented ? ": " : ":")
                writer.write(field.1, indentation: indentation + 1)
            }
        }
    }

    private mutating func write<Items: Sequence>(
        _ items: Items, between open: String, _ close: String, indentation: Int,
        item: (inout JSONWriter, Items.Element) -> Void
    ) {
        append(open)
        var isFirst = true
        for element in items {
            if !isFirst { append(",") }
            isFirst = false
            startLine(indentation + 1)
            item(&self, element)
        }
        if !isFirst { startLine(indentation) }
        append(close)
    }

    private mutating func startLine(_ indentation: Int) {
        guard layout == .indented else { return }
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: indentation * 2))
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var written = 0
            var next = JSONText.endOfSafeText(in: utf8, from: 0)
            while next < utf8.count {
                let isC1 = utf8[next] == 0xC2 && next + 1 < utf8.count && (0x80..<0xA0).contains(utf8[next + 1])
                if utf8[next] == 0xC2, !isC1 {
                    next = JSONText.endOfSafeText(in: utf8, from: next + 2)
                    continue
                }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[written..<next]))
                // The second byte of U+0080 to U+009F, as UTF-8, is its number.
                if isC1 { next += 1 }
                escape(utf8[next])
                written = next + 1
                next = JSONText.endOfSafeText(in: utf8, from: written)
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[written...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            let digits = String(byte, radix: 16)
            append("u00" + (digits.utf8.count == 1 ? "0" : "") + digits)
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}
