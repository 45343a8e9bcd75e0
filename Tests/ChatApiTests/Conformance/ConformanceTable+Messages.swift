import ChatApi

extension ConformanceTable {
    /// The messages of a request, and their parts.
    mutating func addMessages() {
        object("CreateChatCompletionRequest", CreateChatCompletionRequest.self) { row in
            row.list("messages", \.messages, [.developer("d")], [["role": "developer", "content": "d"]])
            row.list("messages", \.messages, [.system("s")], [["role": "system", "content": "s"]])
            row.list("messages", \.messages, [.user("u")], [["role": "user", "content": "u"]])
            row.list("messages", \.messages, [.assistant("a")], [["role": "assistant", "content": "a"]])
            row.list(
                "messages", \.messages, [.tool("t", toolCallID: "call_1")],
                [["role": "tool", "content": "t", "tool_call_id": "call_1"]])
            row.list(
                "messages", \.messages, [.function(nil, name: "f")],
                [["role": "function", "content": nil, "name": "f"]])
        }
        let text: JSONValue = [["type": "text", "text": "t"]]
        for (role, name) in [(ChatCompletionRole.developer, "Developer"), (.system, "System")] {
            object("ChatCompletionRequest\(name)Message", ChatCompletionRequestMessage.self) { row in
                row("role", \.role, role, role.json)
                row("content", \.content, "s", "s")
                row("content", \.content, [.text("t")], text)
                row("name", \.name, "Ann", "Ann")
            }
        }
        object("ChatCompletionRequestUserMessage", ChatCompletionRequestMessage.self) { row in
            row("role", \.role, .user, "user")
            row("content", \.content, "s", "s")
            row("content", \.content, [.text("t")], text)
            row(
                "content", \.content, [.imageURL("https://example.org/i.png", detail: .low)],
                [["type": "image_url", "image_url": ["url": "https://example.org/i.png", "detail": "low"]]])
            row(
                "content", \.content, [.inputAudio([0], format: .wav)],
                [["type": "input_audio", "input_audio": ["data": "AA==", "format": "wav"]]])
            row("content", \.content, [.file(id: "file_1")], [["type": "file", "file": ["file_id": "file_1"]]])
            row("name", \.name, "Ann", "Ann")
        }
        object("ChatCompletionRequestAssistantMessage", ChatCompletionRequestMessage.self) { row in
            row("role", \.role, .assistant, "assistant")
            row("content", \.content, "s", "s")
            row("content", \.content, [.text("t")], text)
            row("content", \.content, [.refusal("no")], [["type": "refusal", "refusal": "no"]])
            row("refusal", \.refusal, "no", "no")
            row("name", \.name, "Ann", "Ann")
            row("audio", \.audio, .init(id: "audio_1"), ["id": "audio_1"])
            row(
                "tool_calls", \.toolCalls, [.function(id: "c", name: "f", arguments: "{}")],
                [["id": "c", "type": "function", "function": ["name": "f", "arguments": "{}"]]])
            row(
                "tool_calls", \.toolCalls, [.custom(id: "c", name: "f", input: "i")],
                [["id": "c", "type": "custom", "custom": ["name": "f", "input": "i"]]])
            row(
                "function_call", \.functionCall, .init(name: "f", arguments: "{}"),
                ["name": "f", "arguments": "{}"])
        }
        object("ChatCompletionRequestAssistantMessage.audio", ChatCompletionAudio.self) { row in
            row("id", \.id, "audio_1", "audio_1")
        }
        object("ChatCompletionRequestToolMessage", ChatCompletionRequestMessage.self) { row in
            row("role", \.role, .tool, "tool")
            row("content", \.content, "s", "s")
            row("content", \.content, [.text("t")], text)
            row("tool_call_id", \.toolCallID, "call_1", "call_1")
        }
        object("ChatCompletionRequestFunctionMessage", ChatCompletionRequestMessage.self) { row in
            row("role", \.role, .function, "function")
            row("content", \.content, "s", "s")
            row("name", \.name, "f", "f")
        }
        addParts()
        addCalls()
    }

    private mutating func addParts() {
        let kinds: [(String, ChatCompletionContentPart.Kind)] = [
            ("Text", .text), ("Image", .imageURL), ("Audio", .inputAudio), ("File", .file),
        ]
        for (name, kind) in kinds {
            object("ChatCompletionRequestMessageContentPart\(name)", ChatCompletionContentPart.self) { row in
                row("type", \.type, kind, kind.json)
                row("prompt_cache_breakpoint", \.promptCacheBreakpoint, .explicit, ["mode": "explicit"])
            }
        }
        object("ChatCompletionRequestMessageContentPartText", ChatCompletionContentPart.self) { row in
            row("text", \.text, "t", "t")
        }
        object("ChatCompletionRequestMessageContentPartRefusal", ChatCompletionContentPart.self) { row in
            row("type", \.type, .refusal, "refusal")
            row("refusal", \.refusal, "no", "no")
        }
        object("ChatCompletionRequestMessageContentPartImage", ChatCompletionContentPart.self) { row in
            row("image_url", \.imageURL, .init(url: "https://example.org"), ["url": "https://example.org"])
        }
        object("ChatCompletionRequestMessageContentPartImage.image_url", ChatCompletionContentPart.ImageURL.self) {
            row in
            row("url", \.url, "https://example.org", "https://example.org")
            row("detail", \.detail, .high, "high")
        }
        object("ChatCompletionRequestMessageContentPartAudio", ChatCompletionContentPart.self) { row in
            row("input_audio", \.inputAudio, .init(data: "AA==", format: .mp3), ["data": "AA==", "format": "mp3"])
        }
        object("ChatCompletionRequestMessageContentPartAudio.input_audio", ChatCompletionContentPart.InputAudio.self) {
            row in
            row("data", \.data, "AA==", "AA==")
            row("format", \.format, .wav, "wav")
        }
        object("ChatCompletionRequestMessageContentPartFile", ChatCompletionContentPart.self) { row in
            row("file", \.file, .init(fields: ["filename": "a.txt"]), ["filename": "a.txt"])
        }
        object("ChatCompletionRequestMessageContentPartFile.file", ChatCompletionContentPart.File.self) { row in
            row("filename", \.filename, "a.txt", "a.txt")
            row("file_data", \.fileData, "data:text/plain;base64,YQ==", "data:text/plain;base64,YQ==")
            row("file_id", \.fileID, "file_1", "file_1")
        }
    }

    private mutating func addCalls() {
        object("ChatCompletionMessageToolCall", ChatCompletionMessageToolCall.self) { row in
            row("id", \.id, "call_1", "call_1")
            row("type", \.type, .function, "function")
            row("function", \.function, .init(name: "f", arguments: "{}"), ["name": "f", "arguments": "{}"])
        }
        object("ChatCompletionMessageCustomToolCall", ChatCompletionMessageToolCall.self) { row in
            row("id", \.id, "call_1", "call_1")
            row("type", \.type, .custom, "custom")
            row("custom", \.custom, .init(fields: ["name": "c", "input": "i"]), ["name": "c", "input": "i"])
        }
        object("ChatCompletionMessageCustomToolCall.custom", ChatCompletionCustomToolCall.self) { row in
            row("name", \.name, "c", "c")
            row("input", \.input, "i", "i")
        }
        for path in [
            "ChatCompletionMessageToolCall.function", "ChatCompletionMessageToolCallChunk.function",
            "ChatCompletionRequestAssistantMessage.function_call", "ChatCompletionResponseMessage.function_call",
            "ChatCompletionStreamResponseDelta.function_call",
        ] {
            object(path, ChatCompletionFunctionCall.self) { row in
                row("name", \.name, "f", "f")
                row("arguments", \.arguments, "{}", "{}")
            }
        }
    }
}
