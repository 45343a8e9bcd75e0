// The fuzz target of `make fuzz`: hostile bytes through the decoder and the accumulator. It is compiled together with the sources that it tests,
// see Fuzz/run.

/// What the real one needs Logging for is left out here; `Limits` is an extension of it.
public struct ChatApiConfiguration: Sendable {}

/// What a body came to.
private struct Outcome: Equatable {
    var content = ""
    var reasoning = ""
    var refusal = ""
    var response: [UInt8]
    var end: StreamDecoder.End?

    init(_ pieces: [ArraySlice<UInt8>], limits: ChatApiConfiguration.Limits) {
        var decoder = StreamDecoder(limits: limits)
        var accumulator = MessageAccumulator()
        var deltas: [MessageDelta] = []
        func take() { while let chunk = decoder.next() { deltas.append(accumulator.apply(chunk)) } }
        for piece in pieces {
            decoder.feed(Array(piece))
            take()
        }
        decoder.finish()
        take()
        deltas.append(accumulator.finish())
        for delta in deltas {
            content += delta.content
            reasoning += delta.reasoning
            refusal += delta.refusal
        }
        response = accumulator.response.json.serialized()
        end = decoder.end
        check(accumulator.response, limits)
    }

    /// What holds for every answer, whatever the server sends.
    private func check(_ answer: CreateChatCompletionResponse, _ limits: ChatApiConfiguration.Limits) {
        require(end != nil, "a body that has ended has an outcome")
        guard let read = try? JSONValue(parsing: response) else { fatalError("the answer isn't JSON") }
        require(read.serialized() == response, "the answer is the same when it is written, read and written")
        let first = answer.choices.first { $0.index == 0 }?.message
        require(bytes(content) == bytes(first?.content ?? ""), "the pieces of the text make up the text")
        require(bytes(refusal) == bytes(first?.refusal ?? ""), "the pieces of the refusal make up the refusal")
        let isText = reasoningKeys.contains { first?.fields[$0]?.stringValue != nil }
        require(!isText || bytes(reasoning) == bytes(first?.reasoning ?? ""), "the pieces of the thoughts make them up")
        for text in [content, reasoning, refusal] {
            require(!text.unicodeScalars.contains { $0.value >= 0x10F800 }, "no stand-in of a surrogate gets out")
        }
        // The chunk that goes over a limit isn't applied.
        require(answer.choices.count <= limits.choices, "the cap on choices holds")
        let calls = answer.choices.reduce(0) { $0 + ($1.message?.toolCalls?.count ?? 0) }
        require(calls <= limits.toolCalls, "the cap on tool calls holds")
        // Half a surrogate pair takes four bytes as it comes and three as U+FFFD, so texts never grow.
        let size = content.utf8.count + reasoning.utf8.count + refusal.utf8.count
        require(size <= limits.textBytes, "the cap on text holds")
    }
}

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

private func require(_ condition: Bool, _ what: String) {
    guard condition else { fatalError("doesn't hold: \(what)") }
}

/// The body in pieces whose sizes the seed gives.
private func pieces(_ body: ArraySlice<UInt8>, seed: UInt64) -> [ArraySlice<UInt8>] {
    var state = seed
    var rest = body
    var pieces: [ArraySlice<UInt8>] = []
    while !rest.isEmpty {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let size = Int(state >> 33) % (state & 1 << 20 == 0 ? 4 : 100) + 1
        pieces.append(rest.prefix(size))
        rest = rest.dropFirst(size)
    }
    return pieces
}

/// Takes an input: a byte for the limits, two for the cuts, and the body.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: data, count: size))
    guard input.count >= 3 else { return 0 }
    var limits = ChatApiConfiguration.Limits()
    if input[0] & 1 == 1 {
        limits.eventBytes = 400
        limits.bodyBytes = 1000
        limits.streamBytes = 2000
        limits.textBytes = 60
        limits.otherBytes = 500
        limits.choices = 2
        limits.toolCalls = 2
    }
    let body = input[3...]
    let whole = Outcome([body], limits: limits)
    let cut = Outcome(pieces(body, seed: UInt64(input[1]) << 8 | UInt64(input[2])), limits: limits)
    require(cut == whole, "the outcome doesn't depend on the cuts")
    return 0
}
