/// The bytes of a streamed answer in, its chunks out, and at the end whether the answer is whole.
///
/// A value that is fed in any chunking and does no I/O. Servers asked for a stream also answer with one JSON object, HTML or nothing; what the first
/// byte says counts, not the content type.
struct StreamDecoder {
    /// What the bytes turned out to be.
    private enum Shape {
        case unknown, events, object
    }

    /// Why there are no more chunks.
    enum End: Error, Hashable {
        /// The answer is whole.
        case complete
        /// The bytes ended too early.
        case cut
        /// The server reports an error.
        case fault(ServerFault)
        /// An event, or the whole body, isn't JSON.
        case notJSON(excerpt: [UInt8])
        /// The body is something else.
        case notAnEventStream(excerpt: [UInt8])
        /// There is nothing in the body, or nothing before its `[DONE]`.
        case empty
        /// The answer is over one of the limits.
        case tooLarge
    }

    private let limits: ChatApiConfiguration.Limits
    private var parser: ServerSentEventParser
    private var tally: StreamTally
    private var shape = Shape.unknown
    /// The first bytes of a stream, for a message about what isn't one; all bytes of an object.
    private var start: [UInt8] = []
    private var byteCount = 0
    private var chunks: [CreateChatCompletionStreamResponse] = []
    private var position = 0
    /// How many events there were without anything for the answer.
    private var idleEventCount = 0
    /// Whether the end left an event open that may have been the beginning of a chunk.
    private var isTorn = false
    private(set) var hasSeenChunks = false

    /// Set once no more chunks will come; those decoded before are still to be taken.
    private(set) var end: End?

    init(limits: ChatApiConfiguration.Limits = .init()) {
        self.limits = limits
        parser = ServerSentEventParser(maximumEventBytes: limits.eventBytes)
        tally = StreamTally(limits: limits)
    }

    /// How many whole comment lines, and keepalive events, have come so far: signs of life while there is nothing else.
    var commentCount: Int { parser.commentCount + idleEventCount }

    /// Whether a chunk is decoded already.
    var hasNext: Bool { position < chunks.count }

    /// The next chunk that is decoded already.
    mutating func next() -> CreateChatCompletionStreamResponse? {
        guard position < chunks.count else {
            chunks.removeAll(keepingCapacity: true)
            position = 0
            return nil
        }
        defer { position += 1 }
        return chunks[position]
    }

    /// Takes the next bytes of the body.
    mutating func feed(_ bytes: [UInt8]) {
        guard end == nil else { return }
        let room = max(0, (hasSeenChunks ? limits.streamBytes : limits.bodyBytes) - byteCount)
        if bytes.count <= room {
            byteCount += bytes.count
            return take(bytes)
        }
        // What comes before the limit counts, however the bytes are cut; the first chunk may be in it, and then there is another limit.
        guard room > 0 else { return end = .tooLarge }
        feed(Array(bytes[..<room]))
        feed(Array(bytes[room...]))
    }

    /// Takes the end of the body.
    mutating func finish() {
        guard end == nil else { return }
        if shape == .object { decodeObject() } else { finishEvents() }
    }

    private mutating func take(_ bytes: [UInt8]) {
        var significant = bytes[...]
        if shape == .unknown {
            // Blank lines come before events, and before an object too, as DeepSeek sends them while a request waits.
            significant = bytes.drop(while: Self.isBlank)
            guard let first = significant.first else { return parse(bytes) }
            shape = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .object : .events
        }
        if shape == .object {
            guard start.count + significant.count <= limits.eventBytes else { return end = .tooLarge }
            return start += significant
        }
        if !hasSeenChunks, start.count < Self.excerptBytes {
            start += significant.prefix(Self.excerptBytes - start.count)
        }
        parse(bytes)
    }

    private mutating func parse(_ bytes: [UInt8]) {
        var events: [ServerSentEvent] = []
        var isTooLarge = false
        do throws(ServerSentEventTooLarge) { try parser.parse(bytes, into: &events) } catch { isTooLarge = true }
        for event in events where end == nil { decode(event) }
        if isTooLarge, end == nil { end = .tooLarge }
    }

    private mutating func finishEvents() {
        var events: [ServerSentEvent] = []
        var isTooLarge = false
        do throws(ServerSentEventTooLarge) { try parser.finish(into: &events) } catch { isTooLarge = true }
        for event in events where end == nil { decode(event, isOpen: true) }
        guard end == nil else { return }
        if isTooLarge {
            end = .tooLarge
        } else if tally.isFinished {  // Nothing is missing if the bytes end here.
            end = .complete
        } else if hasSeenChunks || isTorn || commentCount > 0 {
            end = .cut
        } else {
            end = shape == .unknown ? .empty : .notAnEventStream(excerpt: start)
        }
    }

    // MARK: Events

    /// Reads an event.
    /// - Parameters:
    ///   - event: The event.
    ///   - isOpen: Whether the end of the bytes left it open, so that it may be the beginning of one.
    private mutating func decode(_ event: ServerSentEvent, isOpen: Bool = false) {
        let data = event.data.drop(while: Self.isBlank)
        guard !data.isEmpty else { return }
        // The SDKs for Python and Ruby look at the prefix too.
        if data.starts(with: Self.done) { return end = hasSeenChunks ? .complete : .empty }
        guard let value = Self.json(event.data) else { return decode(unreadable: event, isOpen: isOpen) }
        let fault = event.type == "error" ? ServerFault(errorEvent: value) : ServerFault(json: value)
        if let fields = value.objectValue, fields["choices"]?.arrayValue != nil || fields["usage"]?.objectValue != nil {
            add(fields)
        } else if fault == nil, value.objectValue == nil, !value.isNull, !event.isForOthers {
            return end = .notJSON(excerpt: event.data)
        } else if fault == nil {
            // An object with neither choices nor an error is a keepalive, and so is null.
            idleEventCount += 1
        }
        if let fault, end == nil { end = .fault(fault) }
    }

    /// Reads an event whose data isn't JSON.
    ///
    /// It ends the answer, if nothing else explains it: what can't be read may be a word of the answer or of a command to a tool, and an
    /// answer that silently lacks it is worse than one that says where it stops. What came before is kept.
    private mutating func decode(unreadable event: ServerSentEvent, isOpen: Bool) {
        let lines = event.data.split(separator: 0x0A)
        if let done = lines.firstIndex(where: { $0.starts(with: Self.done) }) {
            // `[DONE]` without a blank line before it.
            decode(ServerSentEvent(type: event.type, data: Array(lines[..<done].joined(separator: [0x0A]))))
            if end == nil { decode(ServerSentEvent(data: Self.done)) }
        } else if lines.count > 1, let first = lines.first, Self.json(Array(first)) != nil {
            // A server that leaves out the blank lines between events makes one of several.
            for (number, line) in lines.enumerated() where end == nil {
                let line = ServerSentEvent(type: event.type, data: Array(line))
                decode(line, isOpen: isOpen && number == lines.count - 1)
            }
        } else if event.type == "error" {
            end = .fault(ServerFault(text: String(decoding: event.data, as: UTF8.self)))
        } else if isOpen, !event.isForOthers {
            isTorn = true
        } else if event.isForOthers {
            idleEventCount += 1
        } else {
            end = .notJSON(excerpt: event.data)
        }
    }

    private mutating func add(_ fields: JSONObject) {
        var fields = fields
        if let choices = fields["choices"]?.arrayValue, choices.contains(where: { $0["delta"] == nil }) {
            fields["choices"] = .array(choices.map(\.asChoiceOfChunk))
        }
        hasSeenChunks = true
        guard tally.add(fields) else { return end = .tooLarge }
        chunks.append(CreateChatCompletionStreamResponse(fields: fields))
    }

    // MARK: An object

    /// A whole answer, or an error, although a stream was asked for.
    private mutating func decodeObject() {
        guard let value = Self.json(start) else { return decodeMixture() }
        if let fields = value.objectValue, fields["choices"]?.arrayValue != nil { add(fields) }
        guard end == nil else { return }
        if let fault = hasSeenChunks ? ServerFault(json: value) : ServerFault(errorBody: value) {
            end = .fault(fault)
        } else {
            end = hasSeenChunks ? .complete : .notAnEventStream(excerpt: start)
        }
    }

    /// Events after an object without framing, or objects line by line.
    private mutating func decodeMixture() {
        let bytes = start
        shape = .events
        // A parser that hasn't seen the blanks before the object.
        parser = ServerSentEventParser(maximumEventBytes: limits.eventBytes)
        parse(bytes)
        if end == nil { finishEvents() }
        if !hasSeenChunks, !(end?.isFault ?? false) { end = .notJSON(excerpt: bytes) }
    }

    /// The value of a JSON text; nil for every other text, of which an excerpt tells more than the place in a line that nobody sees.
    private static func json(_ bytes: [UInt8]) -> JSONValue? {
        var parser = JSONParser(
            bytes, loneSurrogates: .kept, maximumDepth: JSONParser.maximumWireDepth,
            maximumValues: JSONParser.maximumEventValues)
        return try? parser.parse()
    }

    private static let done = Array("[DONE]".utf8)
    private static let excerptBytes = 4096

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

extension StreamDecoder.End {
    fileprivate var isFault: Bool { if case .fault = self { true } else { false } }
}

extension ServerSentEvent {
    /// Whether the type says that this is no part of an answer, like `ping`.
    fileprivate var isForOthers: Bool { !["", "message", "error"].contains(type) }
}
