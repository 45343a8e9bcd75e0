extension JSONValue {
    /// A choice of a whole answer as a choice of a chunk; what has a delta is as it should be.
    var asChoiceOfChunk: JSONValue {
        guard var fields = objectValue, fields["delta"] == nil, var message = fields["message"]?.objectValue else {
            return self
        }
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
}

extension CreateChatCompletionResponse {
    /// The answer that a body of events comes to, for servers that stream although nobody asked them to.
    ///
    /// A body that is one JSON object is read too.
    /// - Parameters:
    ///   - body: All bytes of the body.
    ///   - limits: What the answer may have at most.
    /// - Throws: Why there is no whole answer in it; never `.complete`.
    init(assembling body: [UInt8], limits: ChatApiConfiguration.Limits = .init()) throws(StreamDecoder.End) {
        var decoder = StreamDecoder(limits: limits)
        var accumulator = MessageAccumulator()
        decoder.feed(body)
        decoder.finish()
        while let chunk = decoder.next() { _ = accumulator.apply(chunk) }
        _ = accumulator.finish()
        if let end = decoder.end, end != .complete { throw end }
        self = accumulator.response
    }
}
