/// Completions that were made with `store: true`, which OpenAI keeps for its dashboard, evaluations and distillation.
extension ChatApi {
    /// Asks for stored completions (`GET /chat/completions`).
    /// - Parameters:
    ///   - model: Only those of this model.
    ///   - metadata: Only those with these pairs.
    ///   - page: Which of them, and in which order.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: A page of completions.
    /// - Throws: `ApiError`, `CancellationError`.
    public func listChatCompletions(
        model: String? = nil, metadata: [String: String] = [:], page: PageRequest = PageRequest(),
        options: RequestOptions = RequestOptions()
    ) async throws -> ChatCompletionList {
        var query = page.query
        query["model"] = model
        for (key, value) in metadata { query["metadata[\(key)]"] = value }
        return try await object(.get, "", query: query, options: options)
    }

    /// Asks for a stored completion (`GET /chat/completions/{completion_id}`).
    /// - Parameters:
    ///   - id: The id of the completion.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: The completion.
    /// - Throws: `ApiError`, with status 404 if there is no such completion; `CancellationError`.
    public func getChatCompletion(
        _ id: String, options: RequestOptions = RequestOptions()
    ) async throws -> CreateChatCompletionResponse {
        try await object(.get, ApiClient.path(id), options: options)
    }

    /// Replaces the metadata of a stored completion, the only thing of it that can be changed (`POST /chat/completions/{completion_id}`).
    /// - Parameters:
    ///   - id: The id of the completion.
    ///   - metadata: Up to 16 pairs, keys of up to 64 characters and values of up to 512; nil removes all.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: The completion.
    /// - Throws: `ApiError`, with status 404 if there is no such completion; `CancellationError`.
    public func updateChatCompletion(
        _ id: String, metadata: [String: String]?, options: RequestOptions = RequestOptions()
    ) async throws -> CreateChatCompletionResponse {
        let body: JSONValue = ["metadata": metadata?.json ?? .null]
        return try await object(.post, ApiClient.path(id), body: body.serialized(), options: options)
    }

    /// Deletes a stored completion (`DELETE /chat/completions/{completion_id}`).
    /// - Parameters:
    ///   - id: The id of the completion.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: What the server says of it.
    /// - Throws: `ApiError`, with status 404 if there is no such completion; `CancellationError`.
    public func deleteChatCompletion(
        _ id: String, options: RequestOptions = RequestOptions()
    ) async throws -> ChatCompletionDeleted {
        try await object(.delete, ApiClient.path(id), options: options)
    }

    /// Asks for the messages that a stored completion was asked with (`GET /chat/completions/{completion_id}/messages`).
    /// - Parameters:
    ///   - id: The id of the completion.
    ///   - page: Which of them, and in which order.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: A page of messages.
    /// - Throws: `ApiError`, with status 404 if there is no such completion; `CancellationError`.
    public func getChatCompletionMessages(
        _ id: String, page: PageRequest = PageRequest(), options: RequestOptions = RequestOptions()
    ) async throws -> ChatCompletionMessageList {
        try await object(.get, ApiClient.path(id) + "/messages", query: page.query, options: options)
    }

    private func object<Object: WireObject>(
        _ method: ApiMethod, _ path: String, query: [String: String] = [:], body: [UInt8]? = nil,
        options: RequestOptions
    ) async throws -> Object {
        let answer = try await client.send(
            method, "/chat/completions" + path, query: query, body: body, options: options)
        return try await client.response(of: answer, as: Object.self).data
    }
}

/// Which part of a list to send.
public struct PageRequest: Hashable, Sendable {
    /// The id of the last element of the page before; nil for the first page.
    public var after: String?
    /// How many elements, 20 if the server is to say.
    public var limit: Int?
    /// In which order.
    public var order: ListOrder?

    /// A page.
    public init(after: String? = nil, limit: Int? = nil, order: ListOrder? = nil) {
        self.after = after
        self.limit = limit
        self.order = order
    }

    var query: [String: String] {
        var query: [String: String] = [:]
        query["after"] = after
        query["limit"] = limit.map(String.init)
        query["order"] = order?.rawValue
        return query
    }
}
