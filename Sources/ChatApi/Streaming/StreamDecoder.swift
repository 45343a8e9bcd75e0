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
    enum End: Equatable {
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
        /// The body is empty.
        case empty
        /// The body, or one event, is larger than the limits.
        case tooLarge
    }

    private let limits: ChatApiConfiguration.Limits
    private var parser: ServerSentEventParser
    private var shape = Shape.unknown
    /// The first bytes, and all of them while the body is one object.
    private var start: [UInt8] = []
    private var byteCount = 0
    private var chunks: [CreateChatCompletionStreamResponse] = []
    private var position = 0
    private(set) var hasSeenChunks = false
    private var finished: [Int: Bool] = [:]

    /// Set once no more chunks will come; those decoded before are still to be taken.
    private(set) var end: End?

    init(limits: ChatApiConfiguration.Limits = .init()) {
        self.limits = limits
        parser = ServerSentEventParser(maximumEventBytes: limits.eventBytes)
    }

    /// Whether every choice seen has a finish reason, so that nothing is missing if the bytes end here.
    var isFinished: Bool { !finished.isEmpty && finished.values.allSatisfy { $0 } }

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
        byteCount += bytes.count
        guard byteCount <= limits.bodyBytes else { return end = .tooLarge }
        if shape == .unknown {
            start += bytes
            let first = start.first { !Self.isBlank($0) }
            guard let first else { return }
            shape = first == UInt8(ascii: "{") || first == UInt8(ascii: "[") ? .object : .events
            if shape == .events {
                let bytes = start
                take { (parser) throws(ServerSentEventTooLarge) in try parser.parse(bytes) }
                start = Array(start.prefix(4096))
            }
            return
        }
        if shape == .object {
            start += bytes
            return
        }
        if start.count < 4096, !hasSeenChunks { start += bytes.prefix(4096 - start.count) }
        take { (parser) throws(ServerSentEventTooLarge) in try parser.parse(bytes) }
    }

    /// Takes the end of the body.
    mutating func finish() {
        guard end == nil else { return }
        switch shape {
        case .unknown:
            end = .empty
        case .object:
            decodeObject()
        case .events:
            take { (parser) throws(ServerSentEventTooLarge) in try parser.finish() }
            guard end == nil else { return }
            end = isFinished ? .complete : hasSeenChunks ? .cut : .notAnEventStream(excerpt: start)
        }
    }

    private mutating func take(
        _ parse: (inout ServerSentEventParser) throws(ServerSentEventTooLarge) -> [ServerSentEvent]
    ) {
        do {
            for event in try parse(&parser) where end == nil { decode(event) }
        } catch {
            end = .tooLarge
        }
    }

    private mutating func decode(_ event: ServerSentEvent) {
        // The SDKs for Python and Ruby look at the prefix too.
        if event.data.starts(with: Self.done) { return end = .complete }
        if event.data.allSatisfy(Self.isBlank) { return }
        var json = JSONParser(event.data, loneSurrogates: .kept)
        guard let value = try? json.parse() else {  // The excerpt tells more than the place in a line nobody sees.
            if event.type == "error" {
                var fault = ServerFault(json: ["error": [:]])
                fault?.message = String(decoding: event.data, as: UTF8.self)
                return end = fault.map(End.fault)
            }
            return end = .notJSON(excerpt: event.data)
        }
        let fault =
            event.type == "error" ? ServerFault(json: ["error": value["error"] ?? value]) : ServerFault(json: value)
        if let fields = value.objectValue, fields["choices"]?.arrayValue != nil || fields["usage"]?.objectValue != nil {
            add(CreateChatCompletionStreamResponse(fields: fields))
        } else if fault == nil, value.objectValue == nil {
            return end = .notJSON(excerpt: event.data)
        }
        // An object with neither choices nor an error is a keepalive.
        if let fault { end = .fault(fault) }
    }

    private mutating func add(_ chunk: CreateChatCompletionStreamResponse) {
        hasSeenChunks = true
        for choice in chunk.fields["choices"]?.arrayValue ?? [] where choice.objectValue != nil {
            let index = choice["index"]?.intValue ?? 0
            finished[index] = finished[index] == true || choice["finish_reason"]?.stringValue != nil
        }
        chunks.append(chunk)
    }

    /// A whole answer, or an error, although a stream was asked for.
    private mutating func decodeObject() {
        guard let value = try? JSONValue(parsing: start) else { return end = .notJSON(excerpt: start) }
        if var fields = value.objectValue, let choices = fields["choices"]?.arrayValue {
            fields["choices"] = .array(choices.map(Self.delta))
            add(CreateChatCompletionStreamResponse(fields: fields))
        }
        if let fault = ServerFault(errorBody: value) {
            end = .fault(fault)
        } else {
            end = hasSeenChunks ? .complete : .notAnEventStream(excerpt: start)
        }
    }

    /// A choice of a whole answer as a choice of a chunk.
    private static func delta(_ choice: JSONValue) -> JSONValue {
        guard var fields = choice.objectValue, var message = fields["message"]?.objectValue else { return choice }
        if let calls = message["tool_calls"]?.arrayValue {
            let indexed = calls.enumerated().map { index, call in
                guard var call = call.objectValue else { return call }
                call["index"] = index.json
                return .object(call)
            }
            message["tool_calls"] = .array(indexed)
        }
        fields["message"] = nil
        fields["delta"] = .object(message)
        return .object(fields)
    }

    private static let done = Array("[DONE]".utf8)

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
