import ChatApi

extension ConformanceTable {
    /// The table of `chat-completions.openapi.json`.
    static let chatCompletions: ConformanceTable = {
        var table = ConformanceTable()
        table.addRequest()
        table.addMessages()
        table.addAnswers()
        table.addEnumerations()
        table.addDiscriminators()
        let reason = "an error's body is read into `ApiError`, in whichever of their shapes servers send it"
        for path in ["ErrorResponse.error", "Error.code", "Error.message", "Error.param", "Error.type"] {
            table.leaveOut(path, because: reason)
        }
        table.leaveOut("ModelIdsShared", because: "the ids of models change by the month: `model` is a string")
        return table
    }()

    /// The table of `models.openapi.json`.
    static let models: ConformanceTable = {
        var table = ConformanceTable()
        table.object("ListModelsResponse", ListModelsResponse.self) { row in
            row("object", \.object, .list, "list")
            let model: JSONObject = ["id": "m", "object": "model", "created": 0, "owned_by": "us"]
            row.list("data", \.data, [.init(fields: model)], [.object(model)])
        }
        table.object("Model", Model.self) { row in
            row("id", \.id, "m", "m")
            row("object", \.object, .model, "model")
            row("created", \.created, 1_700_000_000, 1_700_000_000)
            row("owned_by", \.ownedBy, "us", "us")
            row("shutdown_date", \.shutdownDate, "2027-01-31", "2027-01-31")
        }
        table.enumeration("ListModelsResponse.object", ObjectType.list)
        table.enumeration("Model.object", ObjectType.model)
        return table
    }()

    private mutating func addEnumerations() {
        enumeration("ServiceTier", ServiceTier.auto, .default, .flex, .scale, .priority, .fast)
        enumeration("Verbosity", Verbosity.low, .medium, .high)
        enumeration("ReasoningEffort", ReasoningEffort.none, .minimal, .low, .medium, .high, .xhigh, .max)
        enumeration("ResponseModalities[]", Modality.text, .audio)
        enumeration("WebSearchContextSize", WebSearchContextSize.low, .medium, .high)
        enumeration(
            "CreateChatCompletionRequest.audio.format", OutputAudioFormat.wav, .aac, .mp3, .flac, .opus, .pcm16)
        enumeration(
            "VoiceIdsShared", VoiceID.alloy, .ash, .ballad, .coral, .echo, .sage, .shimmer, .verse, .marin, .cedar)
        enumeration("ChatCompletionToolChoiceOption", ToolChoiceMode.none, .auto, .required)
        enumeration("ChatCompletionAllowedTools.mode", ToolChoiceMode.auto, .required)
        enumeration("CreateChatCompletionRequest.function_call", ToolChoiceMode.none, .auto)
        enumeration(
            "CreateChatCompletionRequest.prompt_cache_retention", PromptCacheRetention.inMemory, .twentyFourHours)
        enumeration("PromptCacheModeEnum", PromptCacheMode.implicit, .explicit)
        enumeration("PromptCacheTTLEnum", PromptCacheTimeToLive.thirtyMinutes)
        enumeration("ModerationMode", ModerationMode.score, .block)
        enumeration("ModerationInputType", ModerationInputType.text, .image)
        enumeration("ChatCompletionRequestMessageContentPartImage.image_url.detail", ImageDetail.auto, .low, .high)
        enumeration("ChatCompletionRequestMessageContentPartAudio.input_audio.format", InputAudioFormat.wav, .mp3)
        enumeration("CustomToolChatCompletions.custom.format.grammar.syntax", CustomTool.GrammarSyntax.lark, .regex)
        for path in ["CreateChatCompletionResponse", "CreateChatCompletionStreamResponse"] {
            enumeration(
                "\(path).choices[].finish_reason", FinishReason.stop, .length, .toolCalls, .contentFilter, .functionCall
            )
        }
    }

    /// Enumerations that tell what an object is; most have one value.
    private mutating func addDiscriminators() {
        enumeration("ChatCompletionRequestDeveloperMessage.role", ChatCompletionRole.developer)
        enumeration("ChatCompletionRequestSystemMessage.role", ChatCompletionRole.system)
        enumeration("ChatCompletionRequestUserMessage.role", ChatCompletionRole.user)
        enumeration("ChatCompletionRequestAssistantMessage.role", ChatCompletionRole.assistant)
        enumeration("ChatCompletionRequestToolMessage.role", ChatCompletionRole.tool)
        enumeration("ChatCompletionRequestFunctionMessage.role", ChatCompletionRole.function)
        enumeration("ChatCompletionResponseMessage.role", ChatCompletionRole.assistant)
        enumeration(
            "ChatCompletionStreamResponseDelta.role", ChatCompletionRole.developer, .system, .user, .assistant, .tool)
        enumeration("ChatCompletionRequestMessageContentPartText.type", ChatCompletionContentPart.Kind.text)
        enumeration("ChatCompletionRequestMessageContentPartImage.type", ChatCompletionContentPart.Kind.imageURL)
        enumeration("ChatCompletionRequestMessageContentPartAudio.type", ChatCompletionContentPart.Kind.inputAudio)
        enumeration("ChatCompletionRequestMessageContentPartFile.type", ChatCompletionContentPart.Kind.file)
        enumeration("ChatCompletionRequestMessageContentPartRefusal.type", ChatCompletionContentPart.Kind.refusal)
        enumeration("PromptCacheBreakpointParam.mode", PromptCacheMode.explicit)
        enumeration("ChatCompletionTool.type", ToolType.function)
        enumeration("CustomToolChatCompletions.type", ToolType.custom)
        enumeration("CustomToolChatCompletions.custom.format.type", CustomTool.Format.Kind.text, .grammar)
        enumeration("ChatCompletionNamedToolChoice.type", ToolType.function)
        enumeration("ChatCompletionNamedToolChoiceCustom.type", ToolType.custom)
        enumeration("ChatCompletionAllowedToolsChoice.type", ToolType.allowedTools)
        enumeration("ChatCompletionMessageToolCall.type", ToolType.function)
        enumeration("ChatCompletionMessageToolCallChunk.type", ToolType.function)
        enumeration("ChatCompletionMessageCustomToolCall.type", ToolType.custom)
        enumeration("ResponseFormatText.type", ResponseFormat.Kind.text)
        enumeration("ResponseFormatJsonObject.type", ResponseFormat.Kind.jsonObject)
        enumeration("ResponseFormatJsonSchema.type", ResponseFormat.Kind.jsonSchema)
        enumeration("PredictionContent.type", PredictionContent.Kind.content)
        enumeration(
            "CreateChatCompletionRequest.web_search_options.user_location.type", WebSearchUserLocation.Kind.approximate)
        enumeration("ChatCompletionResponseMessage.annotations[].type", ChatCompletionAnnotation.Kind.urlCitation)
        enumeration("ChatCompletionModerationResults.type", ModerationOutcome.Kind.results)
        enumeration("ChatCompletionModerationError.type", ModerationOutcome.Kind.error)
        enumeration("ModerationResultBody.type", ModerationResult.Kind.result)
        enumeration("CreateChatCompletionResponse.object", ObjectType.chatCompletion)
        enumeration("CreateChatCompletionStreamResponse.object", ObjectType.chatCompletionChunk)
    }
}
