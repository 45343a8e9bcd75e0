import Testing

@testable import ChatApi

@Suite("StreamDecoder")
struct StreamDecoderTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let stream: String
        let content: String
        let end: StreamDecoder.End
        init(_ name: String, _ stream: String, _ content: String, _ end: StreamDecoder.End = .complete) {
            (self.name, self.stream, self.content, self.end) = (name, stream, content, end)
        }
        var testDescription: String { name }
    }

    static let a = event(content: "a")
    static let stop = event(content: "", finish: "stop")

    /// `[DONE]` in every odd place.
    static let ends = [
        Case("[DONE]", a + "data: [DONE]\n\n", "a"),
        Case("[DONE] without its blank line", a + "data: [DONE]\n", "a"),
        Case("[DONE] without any line end", a + "data: [DONE]", "a"),
        Case("[DONE] without a space", a + "data:[DONE]\n\n", "a"),
        Case("[DONE] among spaces", a + "data:   [DONE] \n\n", "a"),
        Case("[DONE] as a prefix", a + "data: [DONE] 7 tokens\n\n", "a"),
        Case("[DONE] twice", a + "data: [DONE]\n\ndata: [DONE]\n\n", "a"),
        Case("[DONE] with a type", a + "event: done\ndata: [DONE]\n\n", "a"),
        Case("[DONE] in the event of the last chunk", String(a.dropLast()) + "data: [DONE]\n\n", "a"),
        Case("[DONE] before any chunk", "data: [DONE]\n\n", "", .empty),
        Case("[DONE] before any chunk, and chunks after it", "data: [DONE]\n\n" + a, "", .empty),
        Case("data after [DONE] (N13)", a + "data: [DONE]\n\n" + a + "data: {\"error\":\"x\"}\n\nrubbish", "a"),
        Case("a text that says [DONE]", event(content: "[DONE]") + "data: [DONE]\n\n", "[DONE]"),
        Case("[DONE] without a finish reason (N10)", a + a + "data: [DONE]\n\n", "aa"),
        Case("a finish reason without [DONE] (N11)", a + stop, "a"),
        Case("… and a further chunk without choices", a + stop + "data: {\"choices\":[],\"usage\":{}}\n\n", "a"),
        Case("… and a [DONE] that is cut", a + stop + "data: [DO", "a"),
        Case("neither (N09)", a, "a", .cut),
        Case("one of two choices finished", stop + "data: {\"choices\":[{\"index\":1,\"delta\":{}}]}\n\n", "", .cut),
        Case("an empty finish reason is none", event(content: "a", finish: ""), "a", .cut),
        Case("a chunk that is cut", a + "data: {\"choices\":[{\"del", "a", .cut),
        Case("only comments", ": a\n\n", "", .cut),
        Case("only a keepalive", "data: {\"type\":\"keepalive\"}\n\n", "", .cut),
        Case("the first chunk cut", "data: {\"choices\":[{\"del", "", .cut),
        Case("nothing", "", "", .empty),
        Case("blank lines", "\n\r\n  \n", "", .empty),
    ]

    /// The rows of chat-spec.md §3.3 that are about more than lines, and what else stands between chunks.
    static let tolerance = [
        Case(
            "comments, OpenRouter's and DeepSeek's", ": OPENROUTER PROCESSING\n\n" + a + ": keep-alive\n\n" + stop, "a"),
        Case("a byte order mark", "\u{FEFF}" + a + stop, "a"),
        Case("the last event without a blank line", a + String(stop.dropLast(2)), "a"),
        Case("retry and id", "retry: 3000\n\nid: 7\n\n" + a + stop, "a"),
        Case("an event without data", "event: ping\n\n" + a + stop, "a"),
        Case("an event with a type of its own", "event: ping\ndata: pong\n\n" + a + stop, "a"),
        Case("data of nothing but spaces", "data:\n\ndata:  \n\n" + a + stop, "a"),
        Case("a keepalive", "data: {\"type\":\"keepalive\"}\n\n" + a + "data: {}\n\ndata: null\n\n" + stop, "a"),
        Case("chunks without blank lines between", (a + a + stop).replacing("\n\n", with: "\n") + "\n", "aa"),
        Case(
            "a chunk on several lines", a + "data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"b\"}}]}\n\n" + stop,
            "ab"),
        Case("separators of Unicode in a text", event(content: "a\u{2028}b\u{85}") + stop, "a\u{2028}b\u{85}"),
        Case("a data line with a leading space isn't one", " data: x\n\n" + a + stop, "a"),
        Case(
            "a whole message in an event", #"data: {"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"#,
            "a"),
        Case("blank lines before an object", "\n\n \n" + #"{"choices":[{"message":{"content":"a"}}]}"#, "a"),
        Case(
            "objects line by line",
            #"{"choices":[{"delta":{"content":"a"}}]}"# + "\n" + #"{"choices":[{"finish_reason":"stop"}]}"#, "a"),
        Case(
            "an index in quotes", #"data: {"choices":[{"index":"1","delta":{"content":"x"}}]}"# + "\n\n" + a + stop,
            "a", .cut),
    ]

    /// What isn't a stream, and events that aren't JSON.
    static let refusals = [
        // N20: one bad event among good stops the answer with a clear error; `StreamDecoder.decode(unreadable:)` says why.
        Case(
            "an event that isn't JSON (N20)", a + "data: {oops\n\n" + a + stop, "a",
            .notJSON(excerpt: Array("{oops".utf8))),
        Case("a scalar", a + "data: 7\n\n" + stop, "a", .notJSON(excerpt: Array("7".utf8))),
        Case(
            "HTML", "<html>\n<title>x</title>", "", .notAnEventStream(excerpt: Array("<html>\n<title>x</title>".utf8))),
        Case("an object without choices", "{\"a\":1}", "", .notAnEventStream(excerpt: Array("{\"a\":1}".utf8))),
        // Found by `make fuzz`: the blanks before counted or not, depending on the cuts.
        Case("half an object after blanks", "  \n [1e400 /\n", "", .notJSON(excerpt: Array("[1e400 /\n".utf8))),
        Case("half an object", "{\"a\":", "", .notJSON(excerpt: Array("{\"a\":".utf8))),
    ]

    @Test(
        "the end is told, and nothing between chunks matters, however the bytes are cut",
        arguments: ends + tolerance + refusals)
    func streams(test: Case) {
        for lineEnd in ["\n", "\r\n", "\r"]
        where lineEnd == "\n" || !Self.refusals.contains(where: { $0.name == test.name }) {
            let bytes = Array(test.stream.replacing("\n", with: lineEnd).utf8)
            let whole = StreamOutcome([bytes])
            #expect(whole.content == test.content)
            #expect(whole.end == test.end)
            #expect(StreamOutcome(bytes.map { [$0] }) == whole)
            for cut in bytes.indices { #expect(StreamOutcome([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole) }
        }
    }

    @Test("token counts count wherever they come, and null never erases them")
    func usage() {
        let usage = #""usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}"#
        let moderation =
            #"data: {"choices":[],"usage":null,"moderation":{"input":{"type":"moderation_results"}}}"# + "\n\n"
        for stream in [
            Self.a + Self.stop + "data: {\"choices\":[],\(usage)}\n\n" + moderation + "data: [DONE]\n\n",
            "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],\(usage)}\n\n"
                + moderation,
            "data: {\(usage)}\n\n" + moderation + Self.a + "data: [DONE]\n\n",
            "data: {\"choices\":[],\"usage\":{\"total_tokens\":1}}\n\ndata: {\"choices\":null,\(usage)}\n\n"
                + moderation + Self.stop,
        ] {
            let outcome = StreamOutcome(stream)
            #expect(outcome.end == .complete)
            #expect(outcome.response.usage?.totalTokens == 7)
            #expect(outcome.response.fields["moderation"] == ["input": ["type": "moderation_results"]])
        }
    }

    @Test("bytes that aren't UTF-8 become U+FFFD, and the stream goes on, however it is cut (N16)")
    func badBytes() {
        let (before, after) = (Array(#"data: {"choices":[{"delta":{"content":"a"#.utf8), Array(#"b"}}]}"#.utf8))
        let bytes = before + [0xFF, 0xC3] + after + Array(("\n\n" + event(content: "😀") + Self.stop).utf8)
        for cut in bytes.indices {
            let outcome = StreamOutcome([Array(bytes[..<cut]), Array(bytes[cut...])])
            #expect(outcome.content == "a\u{FFFD}\u{FFFD}b😀" && outcome.end == .complete)
        }
    }

    @Test("comments and keepalives are counted, as signs of life")
    func comments() {
        var decoder = StreamDecoder()
        for (text, count) in [
            (": OPENROUTER PROCESSING\n\n: OPEN", 1), ("ROUTER\n", 2), ("\ndata: {\"type\":\"keepalive\"}\n\n", 3),
            ("event: ping\ndata: x\n\n", 4), (Self.a, 4),
        ] {
            decoder.feed(Array(text.utf8))
            #expect(decoder.commentCount == count && decoder.end == nil)
        }
    }

    @Test("a body of events, though no stream was asked for, comes to a whole answer or to the reason why not")
    func assembling() throws {
        func assemble(_ text: String) throws(StreamDecoder.End) -> CreateChatCompletionResponse {
            try CreateChatCompletionResponse(assembling: Array(text.utf8))
        }
        let answer = try assemble(Self.a + event(content: "b", finish: "stop") + "data: [DONE]\n\n")
        #expect(answer.fields["object"] == "chat.completion")
        #expect(answer.choices.first?.message?.content == "ab" && answer.choices.first?.finishReason == .stop)
        #expect(throws: StreamDecoder.End.cut) { try assemble(Self.a) }
        #expect(throws: StreamDecoder.End.empty) { try assemble("") }
        #expect(throws: StreamDecoder.End.notAnEventStream(excerpt: Array("<html>".utf8))) { try assemble("<html>") }
        #expect(throws: StreamDecoder.End.fault(ServerFault(text: "m"))) { try assemble("data: {\"error\":\"m\"}\n\n") }
        #expect(throws: StreamDecoder.End.tooLarge) {
            var limits = ChatApiConfiguration.Limits()
            limits.textBytes = 0
            _ = try CreateChatCompletionResponse(assembling: Array(Self.a.utf8), limits: limits)
        }
    }

    static let faults: [(String, ServerFault)] = [
        (
            #"data: {"error":{"message":"m","type":"t","code":7,"param":"p"}}"#,
            fault("m", type: "t", code: "7", param: "p")
        ),
        (#"data: {"error":"m"}"#, fault("m")),
        (#"data: {"error":{"message":"m"},"message":"n"}"#, fault("m")),
        (#"data: {"id":"x","choices":[{"delta":{}}],"error":{"code":400,"message":"m"}}"#, fault("m", code: "400")),
        (#"data: {"choices":[{"delta":{},"error":{"code":502,"message":"m"}}]}"#, fault("m", code: "502")),
        (
            #"data: {"object":"error","message":"m","type":"BadRequestError","param":null,"code":400}"#,
            fault("m", type: "BadRequestError", code: "400")
        ),
        (
            #"data: {"type":"error","error":{"type":"overloaded_error","message":"m"}}"#,
            fault("m", type: "overloaded_error")
        ),
        (#"data: {"code":"InvalidApiKey","message":"m","request_id":"r"}"#, fault("m", code: "InvalidApiKey")),
        (
            #"data: [{"error":{"code":503,"message":"m","status":"UNAVAILABLE"}}]"#,
            fault("m", type: "UNAVAILABLE", code: "503")
        ),
        ("event: error\ndata: {\"error\":{\"message\":\"m\"}}", fault("m")),
        ("event: error\ndata: {\"message\":\"m\",\"code\":\"c\"}", fault("m", code: "c")),
        ("event: error\ndata: {\"error\":null,\"a\":1}", fault(#"{"error":null,"a":1}"#)),
        ("event: error\ndata: no more slots", fault("no more slots")),
        ("event: error\ndata: \"m\"", fault("m")),
        ("event: error\ndata: null", fault("null")),
        (#"error: {"code":500,"message":"m","type":"server_error"}"#, fault("m", type: "server_error", code: "500")),
        (#"{"error":{"message":"m"}}"#, fault("m")),
        (#"{"error":{"message":"half a pair: \ud83d"}}"#, fault("half a pair: \u{FFFD}")),
    ]

    static func fault(_ message: String, type: String? = nil, code: String? = nil, param: String? = nil) -> ServerFault
    {
        var fault = ServerFault(text: message)
        (fault.type, fault.code, fault.param) = (type, code, param)
        return fault
    }

    @Test("an error in a stream is one in every shape, after what came before it", arguments: faults)
    func errors(line: String, fault: ServerFault) {
        for stream in [
            line, line + "\n\n" + Self.a, Self.a + line + "\n\n" + Self.a, Self.a + line,
            Self.a + line + "\ndata: [DONE]\n\n",
        ] {
            let bytes = Array(stream.utf8)
            let whole = StreamOutcome([bytes])
            #expect(whole.fault == fault)
            #expect(whole.content == (stream.hasPrefix(Self.a) ? "a" : ""))
            for cut in bytes.indices { #expect(StreamOutcome([Array(bytes[..<cut]), Array(bytes[cut...])]) == whole) }
        }
    }

    @Test("a field for errors that holds none isn't one", arguments: ["null", "false", "\"\"", "[]"])
    func noError(value: String) {
        let stream =
            "data: {\"error\":\(value),\"detail\":{},\"choices\":[{\"error\":\(value),\"delta\":{\"content\":\"a\"}}]}\n\n"
        #expect(StreamOutcome(stream + Self.stop).end == .complete)
    }
}
