import Testing

@testable import ChatApi

@Suite("Recordings of real servers")
struct FixtureTests {
    @Test("are all there")
    func complete() {
        #expect(Fixture.streams.count == 19)
        #expect(Fixture.answers.count == 3)
        #expect(Fixture.errors.count == 12)
    }

    @Test("streams assemble to what they must, whole, byte by byte and at random cuts", arguments: Fixture.streams)
    func stream(fixture: Fixture) throws {
        let whole = try Outcome(fixture.bytes)
        whole.check(against: fixture)
        var generator = SeededGenerator(seed: 20_261_122)
        var cuttings = [fixture.bytes.map { [$0] }]
        for largest in [2, 7, 40, 300, 3000] {
            cuttings.append(fixture.bytes.pieces(&generator, upTo: largest))
        }
        for pieces in cuttings {
            #expect(try Outcome(pieces) == whole, "the same however the bytes are cut")
        }
        let carriageReturns = String(decoding: fixture.bytes, as: UTF8.self)
        let crlf = try Outcome(Array(carriageReturns.replacing("\n", with: "\r\n").utf8).map { [$0] })
        #expect(crlf == whole, "the same with CRLF")
    }

    @Test("whole answers read as what they must, asked for as a stream too", arguments: Fixture.answers)
    func answer(fixture: Fixture) throws {
        let response = CreateChatCompletionResponse(fields: try #require(JSONValue(parsing: fixture.bytes).objectValue))
        #expect(summary(of: response) == expectedSummary(fixture))
        let outcome = try Outcome(fixture.bytes)
        #expect(outcome.end == .complete)
        #expect(summary(of: outcome.response)["usage"] == expectedSummary(fixture)["usage"])
        #expect(
            outcome.response.choices.first?.message?.content ?? ""
                == fixture.expected["choices"]?.arrayValue?.first?["text"]?.stringValue)
    }

    @Test("errors give their message, type, code and param", arguments: Fixture.errors)
    func error(fixture: Fixture) throws {
        let fault = try #require(ServerFault(errorBody: JSONValue(parsing: fixture.bytes)))
        let expected = try #require(fixture.expected["error"])
        switch expected {
        case .string(let text): #expect(fault.message == text)
        case _ where expected["detail"] != nil:
            #expect(
                fault.message
                    == "body.store: Extra inputs are not permitted; body.max_completion_tokens: Extra inputs are not permitted"
            )
        default:
            #expect(fault.message == expected["message"]?.stringValue)
            #expect(fault.type == (expected["type"] ?? expected["status"])?.stringValue)
            #expect(fault.code == expected["code"].flatMap { $0.stringValue ?? $0.intValue.map(String.init) })
            #expect(fault.param == expected["param"]?.stringValue)
        }
    }
}

/// What a stream came to.
private struct Outcome: Equatable {
    var content = ""
    var reasoning = ""
    var refusal = ""
    var response: CreateChatCompletionResponse
    var end: StreamDecoder.End?

    init(_ bytes: [UInt8]) throws { try self.init([bytes]) }

    init(_ pieces: [[UInt8]]) throws {
        var decoder = StreamDecoder()
        var accumulator = MessageAccumulator()
        response = accumulator.response
        for piece in pieces {
            decoder.feed(piece)
            while let chunk = decoder.next() { add(accumulator.apply(chunk)) }
        }
        decoder.finish()
        while let chunk = decoder.next() { add(accumulator.apply(chunk)) }
        add(accumulator.finish())
        response = accumulator.response
        end = decoder.end
    }

    private mutating func add(_ delta: MessageDelta) {
        content += delta.content
        reasoning += delta.reasoning
        refusal += delta.refusal
    }

    func check(against fixture: Fixture) {
        #expect(summary(of: response) == expectedSummary(fixture))
        let first = fixture.expected["choices"]?.arrayValue?.first
        #expect(content == first?["text"]?.stringValue)
        #expect(reasoning == first?["reasoning"]?.stringValue)
        #expect(refusal == first?["refusal"]?.stringValue)
        for (key, value) in fixture.expected["meta"]?.objectValue ?? [:] {
            // Of a list the expected files give the length.
            let field = response.fields[key]
            #expect(field == value || field?.arrayValue.map { .number(JSONNumber($0.count)) } == value)
        }
        if let error = fixture.expected["error"], !error.isNull {
            guard case .fault(let fault)? = end else {
                Issue.record("an error is expected, not \(String(describing: end))")
                return
            }
            #expect(fault.message == error["message"]?.stringValue)
        } else {
            #expect(end == .complete)
        }
    }
}

/// An answer in the words of the expected files.
private func summary(of response: CreateChatCompletionResponse) -> JSONValue {
    let choices = response.choices.map { choice -> JSONValue in
        let message = choice.message
        let calls = (message?.toolCalls ?? []).map { call -> JSONValue in
            [
                "id": .string(call.id ?? ""), "type": .string(call.type ?? ""), "name": .string(call.name ?? ""),
                "arguments": .string(call.arguments ?? ""),
            ]
        }
        return [
            "index": .number(JSONNumber(choice.index ?? 0)), "text": .string(message?.content ?? ""),
            "reasoning": .string(message?.reasoning ?? ""), "refusal": .string(message?.refusal ?? ""),
            "tool_calls": .array(calls), "finish_reason": choice.finishReason.map { .string($0.rawValue) } ?? .null,
            "logprob_tokens": .number(JSONNumber(choice.logprobs?["content"]?.arrayValue?.count ?? 0)),
        ]
    }
    return ["choices": .array(choices), "usage": numbersAsDoubles(response.usage?.json ?? .null)]
}

private func expectedSummary(_ fixture: Fixture) -> JSONValue {
    let choices = (fixture.expected["choices"]?.arrayValue ?? []).map { choice -> JSONValue in
        var fields = choice.objectValue ?? [:]
        fields["annotations"] = nil
        fields["logprob_tokens"] = fields["logprob_tokens"] ?? 0
        return .object(fields)
    }
    return ["choices": .array(choices), "usage": numbersAsDoubles(fixture.expected["usage"] ?? .null)]
}

/// Numbers compared by value: the recordings spell `0.00007159`, the expected files `7.159e-05`.
private func numbersAsDoubles(_ value: JSONValue) -> JSONValue {
    switch value {
    case .number(let number): .string("\(number.doubleValue ?? .nan)")
    case .object(let fields): .object(JSONObject(fields.map { ($0, numbersAsDoubles($1)) }))
    default: value
    }
}
