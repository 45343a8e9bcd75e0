/// Reads one JSON text (RFC 8259).
///
/// Strict in the grammar, lenient in the text: bytes that aren't UTF-8 become U+FFFD. Nesting is capped, so no input can exhaust the
/// stack, and the work is linear in the size of the input.
struct JSONParser {
    /// How deep arrays and objects may nest.
    static let maximumDepth = 512

    /// What becomes of half a surrogate pair (`"\ud83d"` alone).
    enum LoneSurrogates {
        /// It becomes U+FFFD.
        case replaced
        /// It becomes a private-use scalar of `LoneSurrogate`, which the next delta may complete.
        case kept
    }

    private let bytes: [UInt8]
    private let loneSurrogates: LoneSurrogates
    private var position = 0
    private var depth = 0
    /// Called with each key or element before its value is read; set by `JSONDocument` alone.
    private let recordsLocations: Bool
    private var path: [JSONPathComponent] = []
    private(set) var offsets: [[JSONPathComponent]: Int] = [:]

    init(_ bytes: [UInt8], loneSurrogates: LoneSurrogates = .replaced, recordsLocations: Bool = false) {
        self.bytes = bytes
        self.loneSurrogates = loneSurrogates
        self.recordsLocations = recordsLocations
    }

    /// Reads the whole input as one value.
    mutating func parse() throws(JSONSyntaxError) -> JSONValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        skipWhitespace()
        let value = try parseValue()
        skipWhitespace()
        guard position == bytes.count else { throw error("unexpected text after the value") }
        return value
    }

    // MARK: Values

    private mutating func parseValue() throws(JSONSyntaxError) -> JSONValue {
        guard let byte = peek else { throw error("the text ends where a value is expected") }
        switch byte {
        case UInt8(ascii: "{"): return .object(try parseObject())
        case UInt8(ascii: "["): return .array(try parseArray())
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try parseNumber())
        case UInt8(ascii: "t"): return try parseWord("true", .bool(true))
        case UInt8(ascii: "f"): return try parseWord("false", .bool(false))
        case UInt8(ascii: "n"): return try parseWord("null", .null)
        default: throw error("a value is expected here")
        }
    }

    private mutating func parseWord(_ word: StaticString, _ value: JSONValue) throws(JSONSyntaxError) -> JSONValue {
        let matches = word.withUTF8Buffer { bytes[position...].starts(with: $0) }
        guard matches else { throw error("a value is expected here") }
        position += word.utf8CodeUnitCount
        return value
    }

    private mutating func parseObject() throws(JSONSyntaxError) -> JSONObject {
        try enter()
        var object = JSONObject()
        skipWhitespace()
        if consume("}") {
            depth -= 1
            return object
        }
        repeat {
            skipWhitespace()
            let offset = position
            guard peek == UInt8(ascii: "\"") else { throw error("a key in double quotes is expected here") }
            let key = try parseString()
            record(.key(key), at: offset)
            skipWhitespace()
            guard consume(":") else { throw error("a colon is expected after the key") }
            skipWhitespace()
            let value = try parseValue()
            if recordsLocations { path.removeLast() }
            if object[key] == nil { object[key] = value }
            skipWhitespace()
        } while consume(",")
        guard consume("}") else { throw error("a comma or } is expected here") }
        depth -= 1
        return object
    }

    private mutating func parseArray() throws(JSONSyntaxError) -> [JSONValue] {
        try enter()
        var array: [JSONValue] = []
        skipWhitespace()
        if consume("]") {
            depth -= 1
            return array
        }
        repeat {
            skipWhitespace()
            record(.index(array.count), at: position)
            array.append(try parseValue())
            if recordsLocations { path.removeLast() }
            skipWhitespace()
        } while consume(",")
        guard consume("]") else { throw error("a comma or ] is expected here") }
        depth -= 1
        return array
    }

    private mutating func enter() throws(JSONSyntaxError) {
        depth += 1
        guard depth <= Self.maximumDepth else { throw error("nested more than \(Self.maximumDepth) levels deep") }
        position += 1
    }

    private mutating func record(_ component: JSONPathComponent, at offset: Int) {
        guard recordsLocations else { return }
        path.append(component)
        if offsets[path] == nil { offsets[path] = offset }
    }

    // MARK: Numbers

    private mutating func parseNumber() throws(JSONSyntaxError) -> JSONNumber {
        let start = position
        _ = consume("-")
        if !consume("0"), skipDigits() == 0 { throw error("a digit is expected here") }
        if consume("."), skipDigits() == 0 { throw error("a digit is expected after the point") }
        if consume("e") || consume("E") {
            if !consume("+") { _ = consume("-") }
            if skipDigits() == 0 { throw error("a digit is expected in the exponent") }
        }
        return JSONNumber(unchecked: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }

    // MARK: Strings

    private mutating func parseString() throws(JSONSyntaxError) -> String {
        position += 1
        var start = position
        var text = ""
        while true {
            guard let byte = peek else { throw error("the text ends inside a string") }
            switch byte {
            case UInt8(ascii: "\""):
                let end = position
                position += 1
                if text.isEmpty { return String(decoding: bytes[start..<end], as: UTF8.self) }
                return text + String(decoding: bytes[start..<end], as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += String(decoding: bytes[start..<position], as: UTF8.self)
                text.unicodeScalars.append(try parseEscape())
                start = position
            case 0..<0x20:
                throw error("a control character inside a string must be written as an escape")
            default:
                position += 1
            }
        }
    }

    private mutating func parseEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        position += 1
        guard let byte = peek else { throw error("the text ends inside a string") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try parseUnicodeEscape()
        default:
            position -= 1
            throw error("no such escape in a string")
        }
    }

    private mutating func parseUnicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
        let unit = try parseHexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if UTF16.isLeadSurrogate(unit), bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
            let afterLead = position
            position += 2
            let next = try parseHexadecimal()
            if let joined = LoneSurrogate.join(lead: unit, trail: next) { return joined }
            position = afterLead
        }
        return loneSurrogates == .kept ? LoneSurrogate.scalar(for: unit) : "\u{FFFD}"
    }

    private mutating func parseHexadecimal() throws(JSONSyntaxError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("four hexadecimal digits are expected after \\u")
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    // MARK: Bytes

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func consume(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private func error(_ reason: String) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, location: JSONLocation(offset: position, in: bytes))
    }
}
