/// The client of the chat-completions API.
///
/// A value without state: connections are shared by the process, and nothing is made before the first request. All methods throw `ApiError`,
/// or `CancellationError` at once when their task is cancelled, which closes the connection.
public struct ChatApi: Sendable {
    private let client: ApiClient

    /// A client; the configuration is checked with the first request.
    public init(configuration: ChatApiConfiguration) { client = ApiClient(configuration: configuration) }

    /// Asks for an answer and waits for all of it (`POST /chat/completions`).
    /// - Returns: The answer, which may be a refusal or cut off by a limit: its finish reason says so.
    /// - Throws: `ApiError`, `CancellationError`.
    public func createChatCompletion(
        _ request: CreateChatCompletionRequest
    ) async throws -> CreateChatCompletionResponse {
        try await createChatCompletionWithHttpInfo(request).data
    }

    /// Asks for an answer and waits for all of it, and tells status and headers too.
    /// - Throws: `ApiError`, `CancellationError`.
    public func createChatCompletionWithHttpInfo(
        _ request: CreateChatCompletionRequest
    ) async throws -> ApiResponse<CreateChatCompletionResponse> {
        var request = request
        if request.stream == true { request.stream = nil }
        let answer = try await client.send(.post, "/chat/completions", body: request.json.serialized())
        let response = try await client.object(of: answer, as: CreateChatCompletionResponse.self)
        return answer.response(response)
    }

    /// Asks for an answer as it is generated; `stream` is set, `stream_options` is the caller's.
    /// - Returns: The chunks, as soon as the server has begun to answer.
    /// - Throws: `ApiError`, `CancellationError`.
    public func createChatCompletionStream(
        _ request: CreateChatCompletionRequest
    ) async throws -> ChatCompletionStream {
        try await createChatCompletionStreamWithHttpInfo(request).data
    }

    /// Asks for an answer as it is generated, and tells status and headers too.
    /// - Throws: `ApiError`, `CancellationError`.
    public func createChatCompletionStreamWithHttpInfo(
        _ request: CreateChatCompletionRequest
    ) async throws -> ApiResponse<ChatCompletionStream> {
        var request = request
        request.stream = true
        let answer = try await client.send(.post, "/chat/completions", body: request.json.serialized())
        return answer.response(ChatCompletionStream(answer, configuration: client.configuration))
    }
}

extension ApiClient {
    /// Reads a whole body as an object.
    /// - Throws: `ApiError`, also where the object says that something went wrong; `CancellationError`.
    func object<Object: WireObject>(of answer: Answer, as type: Object.Type) async throws -> Object {
        let body = try await body(of: answer)
        guard body.contains(where: { $0 > 0x20 }) else { throw answer.error(.emptyAnswer) }
        guard let json = try? JSONValue(parsing: body) else {  // The error quotes the body, which tells more.
            throw answer.error(.notJSON, body: body)
        }
        if let fault = ServerFault(json: json) { throw answer.error(.serverError, body: body, fault: fault) }
        guard let object = Object(json: json) else { throw answer.error(.notJSON, body: body) }
        return object
    }
}

extension ApiClient.Answer {
    func response<Body>(_ body: Body) -> ApiResponse<Body> {
        ApiResponse(data: body, statusCode: statusCode, headers: headers)
    }
}
