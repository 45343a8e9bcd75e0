import Testing

@testable import ChatApi

@Suite("Tool calls in streams")
struct ToolCallTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let fragments: [String]
        let calls: [String]
        init(_ name: String, _ fragments: [String], _ calls: [String]) {
            (self.name, self.fragments, self.calls) = (name, fragments, calls)
        }
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            "by index, in any order",
            [
                #"{"index":0,"id":"a","function":{"name":"f","arguments":""}}"#,
                #"{"index":1,"id":"b","function":{"name":"g","arguments":"{"}}"#,
                #"{"index":0,"function":{"arguments":"{}"}}"#, #"{"index":1,"function":{"arguments":"}"}}"#,
            ], ["a|f|{}", "b|g|{}"]),
        Case(
            "the index begins at 1",
            [
                #"{"index":1,"id":"a","function":{"name":"f","arguments":"{"}}"#,
                #"{"index":1,"function":{"arguments":"}"}}"#,
            ],
            ["a|f|{}"]),
        Case(
            "several calls at index 0, told apart by their ids (Gemini)",
            [
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}"#,
                #"{"index":0,"id":"b","function":{"name":"f","arguments":"{"}}"#,
                #"{"index":0,"function":{"arguments":"}"}}"#, #"{"index":0,"id":"a","function":{"arguments":" "}}"#,
            ], ["a|f|{} ", "b|f|{}"]),
        Case(
            "several calls at index 0 with empty ids, told apart by their names",
            [
                #"{"index":0,"id":"","function":{"name":"f","arguments":"{}"}}"#,
                #"{"index":0,"id":"","function":{"name":"g","arguments":"{}"}}"#,
            ], ["|f|{}", "|g|{}"]),
        Case(
            "no index, with ids (Mistral)",
            [
                #"{"id":"a","function":{"name":"f","arguments":"{}"}}"#,
                #"{"id":"b","function":{"name":"g","arguments":"{"}}"#,
                #"{"id":"b","function":{"arguments":"}"}}"#,
            ], ["a|f|{}", "b|g|{}"]),
        Case(
            "no index, no ids: a name begins a call",
            [
                #"{"function":{"name":"f","arguments":"{"}}"#, #"{"function":{"arguments":"}"}}"#,
                #"{"function":{"name":"f","arguments":"{}"}}"#,
            ], ["|f|{}", "|f|{}"]),
        Case(
            "an index in quotes",
            [#"{"index":"1","id":"a","function":{"name":"f"}}"#, #"{"index":"0","id":"b","function":{"name":"g"}}"#],
            ["a|f|", "b|g|"]),
        Case(
            "the id comes after the name",
            [#"{"index":0,"function":{"name":"f"}}"#, #"{"index":0,"id":"a","function":{"arguments":"{}"}}"#],
            ["a|f|{}"]),
        Case(
            "ids and names repeated, or empty later, are neither joined nor erased",
            [
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}"#,
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"\"x\":"}}"#,
                #"{"index":0,"id":"","function":{"name":"","arguments":"1}"}}"#,
                #"{"index":0,"id":null,"function":{"name":null,"arguments":null}}"#,
            ], [#"a|f|{"x":1}"#]),
        Case(
            "arguments null, missing, or JSON instead of a text",
            [
                #"{"index":0,"id":"a","function":{"name":"f","arguments":null}}"#,
                #"{"index":1,"id":"b","function":{"name":"g"}}"#,
                #"{"index":2,"id":"c","function":{"name":"h","arguments":{"x":[1]}}}"#,
                #"{"index":3,"id":"d","function":null}"#,
            ], ["a|f|", "b|g|", #"c|h|{"x":[1]}"#, "d||"]),
        Case(
            "custom tools",
            [
                #"{"index":0,"id":"a","type":"custom","custom":{"name":"c","input":"x"}}"#,
                #"{"index":0,"function":null,"custom":{"input":"y"}}"#,
            ], ["a|c|xy"]),
    ]

    private func calls(_ fragments: [String], perChunk: Int) -> [JSONValue] {
        var stream = ""
        for start in stride(from: 0, to: fragments.count, by: perChunk) {
            let list = fragments[start..<min(start + perChunk, fragments.count)].joined(separator: ",")
            stream += "data: {\"choices\":[{\"delta\":{\"tool_calls\":[\(list)]}}]}\n\n"
        }
        return StreamOutcome(stream).message?.fields["tool_calls"]?.arrayValue ?? []
    }

    @Test("fragments find their call, each in a chunk of its own or all in one", arguments: cases)
    func fragments(test: Case) {
        for perChunk in [1, test.fragments.count] {
            let calls = calls(test.fragments, perChunk: perChunk).map {
                let body = $0["function"] ?? $0["custom"]
                let text = body?["arguments"] ?? body?["input"]
                return [$0["id"], body?["name"], text].map { $0?.stringValue ?? "" }.joined(separator: "|")
            }
            #expect(calls == test.calls)
        }
    }

    @Test("a call has a type, its own shape and the fields that the server added")
    func shapes() {
        #expect(
            calls([#"{"index":0,"id":"a","function":{"name":"f"},"extra_content":{"google":{"s":"x"}}}"#], perChunk: 1)
                == [
                    [
                        "id": "a", "type": "function", "function": ["name": "f", "arguments": ""],
                        "extra_content": ["google": ["s": "x"]],
                    ]
                ])
        #expect(
            calls([#"{"index":0,"id":"a","custom":{"name":"f","input":"i"}}"#], perChunk: 1) == [
                ["id": "a", "type": "custom", "custom": ["name": "f", "input": "i"]]
            ])
    }

    @Test("the deprecated function_call is joined")
    func functionCall() {
        let stream = [#"{"name":"f","arguments":""}"#, #"{"arguments":"{\"a\":"}"#, #"{"name":"f","arguments":"1}"}"#]
            .map {
                "data: {\"choices\":[{\"delta\":{\"content\":null,\"function_call\":\($0)}}]}\n\n"
            }
        let message = StreamOutcome(stream.joined()).message
        #expect(message?.fields["function_call"] == ["name": "f", "arguments": #"{"a":1}"#])
    }
}
