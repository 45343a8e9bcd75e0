import TestSupport
import Testing

@testable import ChatApi

@Suite("Recordings of real servers")
struct FixtureTests {
    @Test("are all there")
    func complete() throws {
        let bundled = try Fixture.load(Fixture.folders[0])
        #expect(bundled.count { $0.isStream } == 19)
        #expect(bundled.count == 34)
        #expect(try Fixture.folders.flatMap { try Fixture.load($0) }.count == Fixture.all.count)
    }

    /// How many random cuttings there are for each line end.
    private static let cuttings = 100

    @Test(
        "streams assemble to what they must: whole, byte by byte, at random cuts, with every line end",
        arguments: Fixture.streams)
    func stream(fixture: Fixture) throws {
        let whole = StreamOutcome([fixture.bytes])
        check(whole, against: fixture)
        var generator = SeededGenerator(seed: 20_261_122)
        for lineEnd in ["\n", "\r\n", "\r"] {
            let bytes = fixture.bytes.replacing([0x0A], with: Array(lineEnd.utf8))
            #expect(StreamOutcome(bytes.map { [$0] }) == whole, "the same byte by byte")
            for number in 0..<Self.cuttings {
                let largest = [4, 40, 200, 1000, 4000][number % 5]
                let pieces = bytes.pieces(&generator, upTo: largest)
                #expect(StreamOutcome(pieces) == whole, "the same at the random cuts \(number), up to \(largest) bytes")
            }
        }
        if whole.end == .complete {
            #expect(try CreateChatCompletionResponse(assembling: fixture.bytes) == whole.response)
        }
    }

    @Test("whole answers are read as what they must, also when a stream was asked for", arguments: Fixture.answers)
    func answer(fixture: Fixture) async throws {
        let whole = StreamOutcome([fixture.bytes])
        #expect(whole.end == .complete)
        check(whole, against: fixture)
        var generator = SeededGenerator(seed: 20_261_122)
        #expect(StreamOutcome(fixture.bytes.map { [$0] }) == whole)
        for number in 0..<300 {
            let pieces = fixture.bytes.pieces(&generator, upTo: [4, 40, 200, 1000, 4000][number % 5])
            #expect(StreamOutcome(pieces) == whole)
        }
        let server = try RecordingServer(fixture)
        let sent = try await server.api.createChatCompletion(server.request)
        #expect(summary(of: sent) == expectedSummary(fixture))
        #expect(sent.json == (try JSONValue(parsing: fixture.bytes)), "no field is lost")
        var streamed = MessageAccumulator()
        for try await chunk in try await server.api.createChatCompletionStream(server.request) {
            _ = streamed.apply(chunk)
        }
        #expect(streamed.response == whole.response)
    }

    @Test("streams and whole answers come to the same through the client", arguments: Fixture.streams)
    func client(fixture: Fixture) async throws {
        let server = try RecordingServer(fixture)
        var accumulator = MessageAccumulator()
        var error: ApiError?
        do {
            for try await chunk in try await server.api.createChatCompletionStream(server.request) {
                _ = accumulator.apply(chunk)
            }
        } catch let failure as ApiError { error = failure }
        _ = accumulator.finish()
        let whole = StreamOutcome([fixture.bytes])
        #expect(accumulator.response == whole.response)
        #expect(error?.serverMessage == whole.fault?.message && (error == nil) == (whole.fault == nil))
    }

    @Test("a folder of further recordings is read too, and what is missing in it is named")
    func otherFolder() throws {
        let folder = try TemporaryDirectory()
        #expect(throws: Fixture.LoadError.self) { try Fixture.load(folder.path) }
        try folder.write("file\tnote\thttp\texpected_file\nx.sse\t\t200\texpected/x.json\n", to: "index.tsv")
        #expect(throws: Fixture.LoadError.self) { try Fixture.load(folder.path) }
        try folder.write(event(content: "a", finish: "stop"), to: "x.sse")
        let choice = #"{"index":0,"text":"a","reasoning":"","refusal":"","tool_calls":[],"finish_reason":"stop"}"#
        try folder.write(#"{"choices":[\#(choice)],"usage":null,"error":null}"#, to: "expected/x.json")
        let fixture = try #require(Fixture.load(folder.path).first)
        #expect(fixture.isStream && fixture.status == 200)
        check(StreamOutcome([fixture.bytes]), against: fixture)
    }
}

/// Whether an answer came to what its recording must.
private func check(_ outcome: StreamOutcome, against fixture: Fixture) {
    #expect(summary(of: outcome.response) == expectedSummary(fixture))
    let first = fixture.expected["choices"]?.arrayValue?.first
    #expect(outcome.content == first?["text"]?.stringValue)
    #expect(outcome.reasoning == first?["reasoning"]?.stringValue)
    #expect(outcome.refusal == first?["refusal"]?.stringValue)
    for (key, value) in fixture.expected["meta"]?.objectValue ?? [:] {
        // Of a list the expected files give the length.
        let field = outcome.response.fields[key]
        #expect(field == value || field?.arrayValue.map { .number(JSONNumber($0.count)) } == value)
    }
    if let error = fixture.expected["error"], !error.isNull {
        #expect(outcome.fault != nil && outcome.fault?.message == error["message"]?.stringValue)
    } else {
        #expect(outcome.end == .complete)
    }
}

/// An answer in the words of the expected files.
private func summary(of response: CreateChatCompletionResponse) -> JSONValue {
    let choices = response.choices.map { choice -> JSONValue in
        let message = choice.message
        let calls = (message?.toolCalls ?? []).map { call -> JSONValue in
            [
                "id": .string(call.id ?? ""), "type": .string(call.type?.rawValue ?? ""),
                "name": .string(call.name ?? ""),
                "arguments": .string(call.arguments ?? ""),
            ]
        }
        return [
            "index": .number(JSONNumber(choice.index ?? 0)), "text": .string(message?.content ?? ""),
            "reasoning": .string(message?.reasoning ?? ""), "refusal": .string(message?.refusal ?? ""),
            "tool_calls": .array(calls), "finish_reason": choice.finishReason.map { .string($0.rawValue) } ?? .null,
            "logprob_tokens": .number(JSONNumber(choice.logprobs?.content?.count ?? 0)),
            "annotations": .number(JSONNumber(message?.fields["annotations"]?.arrayValue?.count ?? 0)),
        ]
    }
    return ["choices": .array(choices), "usage": numbersAsDoubles(response.usage?.json ?? .null)]
}

private func expectedSummary(_ fixture: Fixture) -> JSONValue {
    let choices = (fixture.expected["choices"]?.arrayValue ?? []).map { choice -> JSONValue in
        var fields = choice.objectValue ?? [:]
        for key in ["annotations", "logprob_tokens"] { fields[key] = fields[key] ?? 0 }
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
