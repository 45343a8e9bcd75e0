/// Reads one JSON text (RFC 8259).
///
/// Strict in the grammar, lenient in the text: bytes that aren't UTF-8 become U+FFFD. Nesting is capped, so no input can exhaust the
/// stack, and the work is linear in the size of the input. What a server sends is capped in the number of its values too, as two bytes can become one
/// that takes forty.
struct JSONParser {
    /// What becomes of half a surrogate pair (`"\ud83d"` alone).
    enum LoneSurrogates {
        /// It becomes U+FFFD.
        case replaced
        /// It becomes a private-use scalar of `LoneSurrogate`, which the next delta may complete.
        case kept
    }

    private let bytes: [UInt8]
    private let loneSurrogates: LoneSurrogates
    private let maximumDepth: Int
    /// Whether the bytes are known to be UTF-8, which to look for once more would take as long as all else.
    private let isUTF8: Bool
    private var remainingValues: Int
    private var position = 0
    private var depth = 0
    /// A string with escapes, as far as it is read.
    private var gathered: [UInt8] = []
    /// Whether it is noted where each key or element stands; set by `JSONDocument` alone.
    private let recordsLocations: Bool
    private var path: [JSONPathComponent] = []
    private(set) var offsets: [[JSONPathComponent]: Int] = [:]
    /// Whether it is noted where the elements of the object's own arrays stand.
    private let recordsElements: Bool
    private var currentElements: [Range<Int>] = []
    private(set) var elements: [String: [Range<Int>]] = [:]
    /// Whether the text says something that the value doesn't: the second value of a key, half a surrogate pair.
    private(set) var hasLost = false

    init(
        _ bytes: [UInt8], loneSurrogates: LoneSurrogates = .replaced, maximumDepth: Int = Self.maximumDepth,
        maximumValues: Int = .max, isUTF8: Bool = false, recordsLocations: Bool = false, recordsElements: Bool = false
    ) {
        self.bytes = bytes
        self.loneSurrogates = loneSurrogates
        self.maximumDepth = maximumDepth
        remainingValues = maximumValues
        self.isUTF8 = isUTF8
        self.recordsLocations = recordsLocations
        self.recordsElements = recordsElements
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
        guard remainingValues > 0 else { throw error("there are too many values") }
        remainingValues -= 1
        switch byte {
        case UInt8(ascii: "{"): return .object(try parseObject())
        case UInt8(ascii: "["): return .array(try parseArray())
        case UInt8(ascii: "\""): return .string(try parseString(loneSurrogates: loneSurrogates))
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
            // A name isn't cut between deltas, so half a pair in it waits for nothing.
            let key = try parseString(loneSurrogates: .replaced)
            record(.key(key), at: offset)
            skipWhitespace()
            guard consume(":") else { throw error("a colon is expected after the key") }
            skipWhitespace()
            let value = try parseValue()
            if recordsLocations { path.removeLast() }
            if recordsElements, depth == 1 {
                if elements[key] == nil { elements[key] = currentElements }
                currentElements = []
            }
            let count = object.count
            object.appendIfNew(key, value)
            if object.count == count { hasLost = true }
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
            let start = position
            record(.index(array.count), at: start)
            array.append(try parseValue())
            if recordsLocations { path.removeLast() }
            if recordsElements, depth == 2 { currentElements.append(start..<position) }
            skipWhitespace()
        } while consume(",")
        guard consume("]") else { throw error("a comma or ] is expected here") }
        depth -= 1
        return array
    }

    private mutating func enter() throws(JSONSyntaxError) {
        depth += 1
        guard depth <= maximumDepth else { throw error("nested more than \(maximumDepth) levels deep") }
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

    private mutating func parseString(loneSurrogates: LoneSurrogates) throws(JSONSyntaxError) -> String {
        position += 1
        let start = position
        skipPlainText()
        if peek == UInt8(ascii: "\"") {
            position += 1
            return text(bytes.span.extracting(start..<position - 1))
        }
        // Gathered as bytes, as a string that grows by scalars costs more than all else.
        gathered.removeAll(keepingCapacity: true)
        gather(start..<position)
        while true {
            guard let byte = peek else { throw error("the text ends inside a string") }
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return text(gathered.span)
            case UInt8(ascii: "\\"):
                let scalar = try parseEscape(loneSurrogates)
                if scalar.isASCII {
                    gathered.append(UInt8(truncatingIfNeeded: scalar.value))
                } else {
                    gathered.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                }
            default:
                throw error("a control character inside a string must be written as an escape")
            }
            let start = position
            skipPlainText()
            gather(start..<position)
        }
    }

    private func text(_ bytes: Span<UInt8>) -> String {
        guard isUTF8 else { return bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
        // Cut at quotes and backslashes, none of which is a part of another character in UTF-8.
        var text = UTF8Span(unchecked: bytes)
        _ = text.checkForASCII()
        return String(copying: text)
    }

    private mutating func gather(_ range: Range<Int>) {
        bytes.withUnsafeBufferPointer { gathered.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Goes to the next byte of a string that means something: its end, an escape, or what must be one.
    private mutating func skipPlainText() {
        position = bytes.withUnsafeBufferPointer { JSONText.endOfPlainText(in: $0, from: position) }
    }

    private mutating func parseEscape(_ loneSurrogates: LoneSurrogates) throws(JSONSyntaxError) -> Unicode.Scalar {
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
        case UInt8(ascii: "u"): return try parseUnicodeEscape(loneSurrogates)
        default:
            position -= 1
            throw error("no such escape in a string")
        }
    }

    private mutating func parseUnicodeEscape(
        _ loneSurrogates: LoneSurrogates
    ) throws(JSONSyntaxError) -> Unicode.Scalar {
        let unit = try parseHexadecimal()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        if UTF16.isLeadSurrogate(unit), bytes[position...].starts(with: [UInt8(ascii: "\\"), UInt8(ascii: "u")]) {
            let afterLead = position
            position += 2
            let next = try parseHexadecimal()
            if let joined = LoneSurrogate.join(lead: unit, trail: next) { return joined }
            position = afterLead
        }
        if loneSurrogates == .kept { return LoneSurrogate.scalar(for: unit) }
        hasLost = true
        return "\u{FFFD}"
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
