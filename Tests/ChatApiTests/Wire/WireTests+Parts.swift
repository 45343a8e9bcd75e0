import Foundation
import Testing

@testable import ChatApi

@Suite("Messages and parts")
struct WirePartTests {
    @Test("every role has its factory", arguments: roles)
    func factory(message: ChatCompletionRequestMessage, json: JSONValue) {
        #expect(message.json == json)
        #expect(ChatCompletionRequestMessage(json: json) == message)
    }

    private static let roles: [(ChatCompletionRequestMessage, JSONValue)] = [
        (.developer("d"), ["role": "developer", "content": "d"]),
        (.system("s"), ["role": "system", "content": "s"]),
        (.user("u"), ["role": "user", "content": "u"]),
        (.assistant("a"), ["role": "assistant", "content": "a"]),
        (.tool("t", toolCallID: "c"), ["role": "tool", "content": "t", "tool_call_id": "c"]),
        (.function("r", name: "f"), ["role": "function", "content": "r", "name": "f"]),
        (.function(nil, name: "f"), ["role": "function", "content": nil, "name": "f"]),
        (.user([.text("u")]), ["role": "user", "content": [["type": "text", "text": "u"]]]),
        (.assistant([.refusal("no")]), ["role": "assistant", "content": [["type": "refusal", "refusal": "no"]]]),
        (
            .tool([.text("t")], toolCallID: "c"),
            ["role": "tool", "content": [["type": "text", "text": "t"]], "tool_call_id": "c"]
        ),
        (
            .assistant(toolCalls: [.function(id: "c", name: "f", arguments: "{}")]),
            [
                "role": "assistant",
                "tool_calls": [["id": "c", "type": "function", "function": ["name": "f", "arguments": "{}"]]],
            ]
        ),
        (
            .assistant("Let me see.", toolCalls: [.custom(id: "c", name: "sh", input: "ls")]),
            [
                "role": "assistant", "content": "Let me see.",
                "tool_calls": [["id": "c", "type": "custom", "custom": ["name": "sh", "input": "ls"]]],
            ]
        ),
    ]

    @Test("every kind of part has its factory", arguments: parts)
    func partFactory(part: ChatCompletionContentPart, json: JSONValue) {
        #expect(part.json == json)
        #expect(MessageContent(json: [json]) == .parts([part]))
    }

    private static let parts: [(ChatCompletionContentPart, JSONValue)] = [
        (.text("t"), ["type": "text", "text": "t"]),
        (
            .imageURL("https://example.org/i", detail: .high),
            ["type": "image_url", "image_url": ["url": "https://example.org/i", "detail": "high"]]
        ),
        (
            .image([1, 2, 3], mediaType: "image/png"),
            ["type": "image_url", "image_url": ["url": "data:image/png;base64,AQID"]]
        ),
        (
            .inputAudio(Data([255]), format: .mp3),
            ["type": "input_audio", "input_audio": ["data": "/w==", "format": "mp3"]]
        ),
        (.file(id: "file_1"), ["type": "file", "file": ["file_id": "file_1"]]),
        (
            .file([1, 2], filename: "a.pdf", mediaType: "application/pdf"),
            ["type": "file", "file": ["filename": "a.pdf", "file_data": "data:application/pdf;base64,AQI="]]
        ),
        (.refusal("no"), ["type": "refusal", "refusal": "no"]),
        (
            .text("t").endingCachedPrefix(),
            ["type": "text", "text": "t", "prompt_cache_breakpoint": ["mode": "explicit"]]
        ),
    ]

    @Test(
        "base64 is that of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"), ("\u{FFFD}\u{FFFD}>?", "77+977+9Pj8="),
        ])
    func base64Vectors(text: String, encoded: String) {
        #expect(base64(Array(text.utf8)) == encoded)
    }

    @Test("content is the text of its text parts")
    func content() {
        let content: MessageContent = [.text("a"), .imageURL("u"), .text("b")]
        #expect(content.text == "ab")
        #expect(MessageContent(json: 7) == nil)
        #expect(MessageContent(json: nil) == nil)
    }

    @Test("a choice of tools is a word or an object, and reads as either")
    func toolChoice() {
        for (choice, json) in [
            (.none, "none"), (.auto, "auto"), (.required, "required"),
            (.function("f"), ["type": "function", "function": ["name": "f"]]),
            (.custom("c"), ["type": "custom", "custom": ["name": "c"]]),
            (
                .allowedTools(.required, [.function(name: "f")]),
                [
                    "type": "allowed_tools",
                    "allowed_tools": ["mode": "required", "tools": [["type": "function", "function": ["name": "f"]]]],
                ]
            ),
        ] as [(ChatCompletionToolChoice, JSONValue)] {
            #expect(choice.json == json)
            #expect(ChatCompletionToolChoice(json: json) == choice)
        }
        #expect(ChatCompletionToolChoice(json: 7) == nil)
        #expect(ChatCompletionFunctionCallOption(json: ["name": "f"]) == .function("f"))
        #expect(ChatCompletionFunctionCallOption(json: "none") == ChatCompletionFunctionCallOption.none)
        #expect(ChatCompletionFunctionCallOption(json: []) == nil)
        #expect(Voice(json: ["id": "v"]) == .custom(id: "v"))
        #expect(Voice(json: "nova") == .named("nova"))
        #expect(Voice(json: 7) == nil)
    }

    @Test("a chunk may bring audio, annotations and custom calls, which the specification doesn't have")
    func offTheSpecification() {
        let delta = ChatCompletionStreamResponseDelta(fields: [
            "audio": ["id": "a", "transcript": "Hi"],
            "annotations": [["type": "url_citation", "url_citation": ["url": "u"]]],
            "tool_calls": [["index": 0, "type": "custom", "custom": ["name": "sh", "input": "l"]]],
            "function_call": ["arguments": "{"],
        ])
        #expect(delta.audio?.transcript == "Hi")
        #expect(delta.annotations?.first?.urlCitation?.url == "u")
        #expect(delta.toolCalls?.first?.custom?.input == "l")
        #expect(delta.functionCall?.arguments == "{")
    }

    @Test("models are read from the specification's object, a bare array, and under other names")
    func models() {
        #expect(ListModelsResponse(json: ["object": "list", "data": nil])?.data == [])
        #expect(ListModelsResponse(json: [["model_id": "m"]])?.data.map(\.id) == ["m"])
        #expect(ListModelsResponse(json: "m") == nil)
        #expect(Model(fields: ["id": "m", "shutdown_date": nil]).shutdownDate == nil)
    }
}
