/// An event of a `text/event-stream`.
public struct ServerSentEvent: Hashable, Sendable {
    /// The event type; empty when the stream doesn't name one.
    public var type = ""
    /// The data lines, joined by LF.
    public var data: [UInt8] = []

    /// An event.
    public init(type: String = "", data: [UInt8] = []) {
        self.type = type
        self.data = data
    }
}

/// An event, or a line of one, is larger than the parser may hold.
public struct ServerSentEventTooLarge: Error, Hashable, Sendable {}

/// Bytes in, server-sent events out.
///
/// Follows "Interpreting an event stream" of the HTML standard (§9.2.6), whose clauses are quoted beside the lines, with two exceptions that
/// real servers need: an event that the end of the stream leaves open is kept, and the lines `error: {…}` (llama.cpp of 2025) and `{…}` (an object
/// without any framing) are taken for events. `id` and `retry` are ignored, as a generation can't be resumed. How the bytes are cut never matters.
public struct ServerSentEventParser: Sendable {
    private let maximumEventBytes: Int
    private var event = ServerSentEvent()
    private var hasData = false
    private var line: [UInt8] = []
    private var isFirstLine = true
    private var skipsLineFeed = false
    /// How many whole comment lines have come, which servers send as a sign of life.
    public private(set) var commentCount = 0

    /// A parser at the start of a stream.
    /// - Parameter maximumEventBytes: How many bytes one line, or the data of one event, may have.
    public init(maximumEventBytes: Int = 16 << 20) { self.maximumEventBytes = maximumEventBytes }

    /// Takes the next bytes of the stream.
    /// - Parameters:
    ///   - bytes: The bytes.
    ///   - events: Where the events go that these bytes complete; those before what is too large too.
    /// - Throws: `ServerSentEventTooLarge`; the parser is of no use after that.
    public mutating func parse(
        _ bytes: [UInt8], into events: inout [ServerSentEvent]
    ) throws(ServerSentEventTooLarge) {
        var start = 0
        // "The stream must then be parsed by reading everything line by line, with a U+000D CARRIAGE RETURN U+000A LINE FEED (CRLF) character
        // pair, a single U+000A LINE FEED (LF) character not preceded by a U+000D CARRIAGE RETURN (CR) character, and a single U+000D
        // CARRIAGE RETURN (CR) character not followed by a U+000A LINE FEED (LF) character being the ways in which a line can end."
        if skipsLineFeed, let first = bytes.first {
            if first == lineFeed { start = 1 }
            skipsLineFeed = false
        }
        while let end = bytes.firstLineEnd(from: start) {
            if line.isEmpty {
                try endLine(bytes[start..<end], into: &events)
            } else {
                line.append(contentsOf: bytes[start..<end])
                try endHeldLine(into: &events)
            }
            start = end + 1
            if bytes[end] == carriageReturn {
                if start == bytes.count {
                    skipsLineFeed = true
                } else if bytes[start] == lineFeed {
                    start += 1
                }
            }
        }
        guard line.count + bytes.count - start <= maximumEventBytes else { throw ServerSentEventTooLarge() }
        line.append(contentsOf: bytes[start...])
    }

    /// Takes the end of the stream.
    ///
    /// "Once the end of the file is reached, any pending data must be discarded": here it is kept, as OpenAI-compatible servers leave out the
    /// last blank line, and what they leave out must not cost the end of an answer.
    /// - Parameter events: Where the event goes that the end left open, if there is one.
    /// - Throws: `ServerSentEventTooLarge`.
    public mutating func finish(into events: inout [ServerSentEvent]) throws(ServerSentEventTooLarge) {
        if !line.isEmpty { try endHeldLine(into: &events) }
        dispatch(into: &events)
    }

    /// Ends the line that came in pieces; its buffer is used again, unless one large line made it large.
    private mutating func endHeldLine(into events: inout [ServerSentEvent]) throws(ServerSentEventTooLarge) {
        var whole: [UInt8] = []
        swap(&whole, &line)
        try endLine(whole[...], into: &events)
        guard whole.capacity <= Self.largestKeptBuffer else { return }
        whole.removeAll(keepingCapacity: true)
        swap(&whole, &line)
    }

    private static let largestKeptBuffer = 64 << 10

    private mutating func endLine(
        _ line: ArraySlice<UInt8>, into events: inout [ServerSentEvent]
    ) throws(ServerSentEventTooLarge) {
        guard line.count <= maximumEventBytes else { throw ServerSentEventTooLarge() }
        var line = line
        if isFirstLine {
            isFirstLine = false
            // "The UTF-8 decode algorithm strips one leading UTF-8 Byte Order Mark (BOM), if any."
            if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
        }
        // "If the line is empty (a blank line): Dispatch the event."
        guard let first = line.first else { return dispatch(into: &events) }
        // "If the line starts with a U+003A COLON character (:): Ignore the line."
        if first == colon {
            commentCount += 1
            return
        }
        if first == UInt8(ascii: "{") {
            // No field begins like this: an object that a server, or a proxy before it, wrote without framing. It is an event of its own.
            dispatch(into: &events)
            try append(data: line)
            return dispatch(into: &events)
        }
        // "If the line contains a U+003A COLON character (:): Collect the characters on the line before the first U+003A COLON character (:),
        // and let field be that string. Collect the characters on the line after the first U+003A COLON character (:), and let value be that
        // string. If value starts with a U+0020 SPACE character, remove it from value."
        // "Otherwise, […] process the field using […] the whole line as the field name, and the empty string as the field value."
        let end = line.firstIndex(of: colon) ?? line.endIndex
        var value = line[end...].dropFirst()
        if value.first == space { value = value.dropFirst() }
        switch line[..<end] {
        case Field.data:
            // "Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the data buffer."
            try append(data: value)
        case Field.event:
            // "Set the event type buffer to the field value."
            event.type = String(decoding: value, as: UTF8.self)
        case Field.error:
            event.type = "error"
            try append(data: value)
        default:
            // "The field is ignored."
            break
        }
    }

    private mutating func append(data: ArraySlice<UInt8>) throws(ServerSentEventTooLarge) {
        guard event.data.count + data.count + (hasData ? 1 : 0) <= maximumEventBytes else {
            throw ServerSentEventTooLarge()
        }
        if hasData { event.data.append(lineFeed) }
        event.data.append(contentsOf: data)
        hasData = true
    }

    private mutating func dispatch(into events: inout [ServerSentEvent]) {
        // "If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and return."
        // "If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove [it]": here it was never added.
        if hasData { events.append(event) }
        event = ServerSentEvent()
        hasData = false
    }
}

private enum Field {
    static let data = Array("data".utf8)[...]
    static let event = Array("event".utf8)[...]
    static let error = Array("error".utf8)[...]
}

private let lineFeed: UInt8 = 0x0A
private let carriageReturn: UInt8 = 0x0D
private let colon = UInt8(ascii: ":")
private let space = UInt8(ascii: " ")

extension [UInt8] {
    /// Where the next CR or LF is.
    fileprivate func firstLineEnd(from start: Int) -> Int? {
        withUnsafeBufferPointer { bytes in
            var index = start
            while index < bytes.count {
                if bytes[index] == lineFeed || bytes[index] == carriageReturn { return index }
                index += 1
            }
            return nil
        }
    }
}
