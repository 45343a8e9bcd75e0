/// What the specification says in prose, of several fields together.
extension RequestValidator {
    mutating func checkProse(_ request: CreateChatCompletionRequest) {
        if isSet("top_logprobs", in: request.fields), request.logprobs != true {
            within(.field("top_logprobs")) { $0.report("needs logprobs to be true") }
        }
        if isSet("stream_options", in: request.fields), request.stream != true {
            within(.field("stream_options")) { $0.report("is only allowed when stream is true") }
        }
        if request.modalities?.contains(.audio) == true, !isSet("audio", in: request.fields) {
            within(.field("audio")) { $0.report("is required when modalities has audio") }
        }
        guard case .array(let messages)? = request.fields["messages"] else { return }
        var breakpoints = 0
        within(.field("messages")) { validator in
            for (index, message) in messages.enumerated() {
                guard case .object(let message) = message else { continue }
                if message["role"]?.stringValue == ChatCompletionRole.assistant.rawValue {
                    validator.within(.element(index)) { $0.checkAssistant(message) }
                }
                guard case .array(let parts)? = message["content"] else { continue }
                breakpoints += parts.count { $0["prompt_cache_breakpoint"]?.objectValue != nil }
            }
            // In implicit mode the server sets one of its own.
            let limit = request.promptCacheOptions?.mode == .implicit ? 3 : 4
            if breakpoints > limit {
                validator.report("must have at most \(limit) prompt cache breakpoints, and has \(breakpoints)")
            }
        }
    }

    private mutating func checkAssistant(_ message: JSONObject) {
        switch message["content"] {
        case nil, .null?:
            let saysSomething =
                message["tool_calls"]?.arrayValue?.isEmpty == false
                // The specification doesn't have reasoning, nor a refusal or audio without content, but servers send them so.
                || ["function_call", "refusal", "audio"].contains { isSet($0, in: message) }
                || reasoningKeys.contains { isSet($0, in: message) }
            if !saysSomething { within(.field("content")) { $0.report("is required without tool_calls") } }
        case .array(let parts)?:
            let kinds = parts.map { $0["type"]?.stringValue }
            let refusals = kinds.count { $0 == ChatCompletionContentPart.Kind.refusal.rawValue }
            let texts = kinds.count { $0 == ChatCompletionContentPart.Kind.text.rawValue }
            if refusals > 1 || refusals == 1 && texts > 0 {
                let found = "\(refusals) refusal\(refusals == 1 ? "" : "s") among \(parts.count) parts"
                within(.field("content")) { $0.report("must be only text, or exactly 1 refusal, and has \(found)") }
            }
        default: break
        }
    }

    private func isSet(_ key: String, in object: JSONObject) -> Bool { object[key].map { !$0.isNull } ?? false }
}
