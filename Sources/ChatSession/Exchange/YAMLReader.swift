import CYAML
import ChatApi

/// Reads one YAML document as JSON values (libyaml), for sessions of aichat.
///
/// Numbers, booleans and null are told as serde_yaml writes them; everything else is a text. Aliases are refused: no program writes them here, and ten
/// of them can stand for more memory than there is.
struct YAMLReader: ~Copyable {
    /// How deep collections may nest.
    private static let maximumDepth = 64

    private let parser: OpaquePointer
    private var remainingValues = 1 << 20
    private var depth = 0

    /// Reads a document.
    /// - Throws: `ImportProblem.yaml`, with the line.
    static func read(_ bytes: [UInt8]) throws(ImportProblem) -> JSONValue {
        let result = bytes.withUnsafeBufferPointer { buffer -> Result<JSONValue, ImportProblem> in
            guard let base = buffer.baseAddress, let parser = cyaml_open(base, buffer.count) else {
                return .failure(.yaml(line: 1, "nothing stands there"))
            }
            var reader = YAMLReader(parser: parser)
            return Result { () throws(ImportProblem) in try reader.document() }
        }
        return try result.get()
    }

    private init(parser: OpaquePointer) { self.parser = parser }

    deinit { cyaml_close(parser) }

    private mutating func document() throws(ImportProblem) -> JSONValue {
        let start = try next()
        guard start.kind == cyaml_document else { throw .yaml(line: start.line, "nothing stands there") }
        let value = try self.value(try next())
        // The parser is strict only about what it has read.
        let end = try next()
        guard end.kind == cyaml_end else { throw .yaml(line: end.line, "a second document begins there") }
        return value
    }

    private struct Event {
        var kind: cyaml_kind
        var text: String
        var isPlain: Bool
        var line: Int
    }

    private mutating func next() throws(ImportProblem) -> Event {
        let event = cyaml_next(parser)
        let text = event.text.map { text in
            text.withMemoryRebound(to: UInt8.self, capacity: event.length) {
                String(decoding: UnsafeBufferPointer(start: $0, count: event.length), as: UTF8.self)
            }
        }
        let line = Int(clamping: event.line)
        if event.kind == cyaml_error { throw .yaml(line: line, text ?? "it is no YAML") }
        if event.kind == cyaml_alias { throw .yaml(line: line, "the alias *\(text ?? "") isn't read") }
        remainingValues -= 1
        if remainingValues < 0 { throw .yaml(line: line, "there are too many values") }
        return Event(kind: event.kind, text: text ?? "", isPlain: event.plain != 0, line: line)
    }

    private mutating func value(_ event: Event) throws(ImportProblem) -> JSONValue {
        switch event.kind {
        case cyaml_scalar: return event.isPlain ? Self.plain(event.text) : .string(event.text)
        case cyaml_sequence:
            try enter(event)
            defer { depth -= 1 }
            var elements: [JSONValue] = []
            while true {
                let event = try next()
                if event.kind == cyaml_sequence_end { return .array(elements) }
                elements.append(try value(event))
            }
        case cyaml_mapping:
            try enter(event)
            defer { depth -= 1 }
            var object: JSONObject = [:]
            while true {
                let key = try next()
                if key.kind == cyaml_mapping_end { return .object(object) }
                guard key.kind == cyaml_scalar else { throw .yaml(line: key.line, "a key must be a text") }
                guard object[key.text] == nil else { throw .yaml(line: key.line, "the key stands there twice") }
                object[key.text] = try value(try next())
            }
        default: throw .yaml(line: event.line, "a value is missing")
        }
    }

    private mutating func enter(_ event: Event) throws(ImportProblem) {
        guard depth < Self.maximumDepth else { throw .yaml(line: event.line, "it nests too deeply") }
        depth += 1
    }

    private static func plain(_ text: String) -> JSONValue {
        switch text {
        case "", "~", "null": return .null
        case "true": return true
        case "false": return false
        default: break
        }
        if let first = text.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
            let number = try? JSONValue(parsing: text), case .number = number
        {
            return number
        }
        return .string(text)
    }
}
