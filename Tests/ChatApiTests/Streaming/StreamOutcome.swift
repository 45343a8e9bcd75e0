@testable import ChatApi

/// What a streamed body came to: the texts as they were passed on piece by piece, the whole answer, and the end.
struct StreamOutcome: Equatable {
    var content = ""
    var reasoning = ""
    var refusal = ""
    var chunkCount = 0
    var response: CreateChatCompletionResponse
    var end: StreamDecoder.End?

    init(_ text: String, limits: ChatApiConfiguration.Limits = .init()) {
        self.init([Array(text.utf8)], limits: limits)
    }

    init(_ pieces: [[UInt8]], limits: ChatApiConfiguration.Limits = .init()) {
        var decoder = StreamDecoder(limits: limits)
        var accumulator = MessageAccumulator()
        response = accumulator.response
        for piece in pieces {
            decoder.feed(piece)
            take(&decoder, &accumulator)
        }
        decoder.finish()
        take(&decoder, &accumulator)
        add(accumulator.finish())
        response = accumulator.response
        end = decoder.end
    }

    /// The first choice's message.
    var message: ChatCompletionResponseMessage? { response.choices.first?.message }

    /// What the server says went wrong.
    var fault: ServerFault? {
        if case .fault(let fault)? = end { fault } else { nil }
    }

    private mutating func take(_ decoder: inout StreamDecoder, _ accumulator: inout MessageAccumulator) {
        while let chunk = decoder.next() {
            chunkCount += 1
            add(accumulator.apply(chunk))
        }
    }

    private mutating func add(_ delta: MessageDelta) {
        content += delta.content
        reasoning += delta.reasoning
        refusal += delta.refusal
    }
}

/// An event with a chunk of choice 0.
func event(content: String, finish: String? = nil) -> String {
    let reason = finish.map { #","finish_reason":"\#($0)""# } ?? ""
    return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(content)\"}\(reason)}]}\n\n"
}
