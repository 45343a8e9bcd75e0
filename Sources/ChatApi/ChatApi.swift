/// The client of the chat-completions API.
///
/// A value without state: connections belong to the transport, and nothing is made before the first request. All methods throw `ApiError`, or
/// `CancellationError` at once when their task is cancelled, which closes the connection and has the server stop generating.
public struct ChatApi: Sendable {
    let client: ApiClient

    /// A client; the configuration is checked with the first request.
    /// - Parameters:
    ///   - configuration: Where the API is, who asks, and how long to wait.
    ///   - transport: The connections to use, which clients may share.
    public init(configuration: ChatApiConfiguration, transport: HTTPTransport = .shared) {
        client = ApiClient(configuration: configuration, transport: transport)
    }

    /// Asks for an answer and waits for all of it (`POST /chat/completions`).
    /// - Parameters:
    ///   - request: The conversation, and what else was set; `stream` and `stream_options` aren't sent.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: The answer, which may be a refusal or cut off by a limit: its finish reason says so.
    /// - Throws: `ApiError`, `CancellationError`.
    public func createChatCompletion(
        _ request: CreateChatCompletionRequest, options: RequestOptions = RequestOptions()
    ) async throws -> CreateChatCompletionResponse {
        try await createChatCompletionWithHttpInfo(request, options: options).data
    }

    /// Asks for an answer and waits for all of it, and tells status, headers and the bytes too.
    /// - Parameters:
    ///   - request: The conversation, and what else was set; `stream` and `stream_options` aren't sent.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: The answer with what HTTP says about it.
    /// - Throws: `ApiError`, `CancellationError`.
    public func createChatCompletionWithHttpInfo(
        _ request: CreateChatCompletionRequest, options: RequestOptions = RequestOptions()
    ) async throws -> ApiResponse<CreateChatCompletionResponse> {
        var request = request
        if request.stream == true { request.stream = nil }
        // Servers refuse them where nothing streams, and the same request may have been streamed before.
        request.streamOptions = nil
        let answer = try await client.send(.post, path, body: bytes(request, options), options: options)
        return try await client.response(of: answer, as: CreateChatCompletionResponse.self) { body in
            // A stream that nobody asked for is put together; what isn't one is no JSON either.
            guard answer.isEventStream else { throw answer.error(.notJSON, body: body) }
            do throws(StreamDecoder.End) {
                return try CreateChatCompletionResponse(assembling: body, limits: answer.configuration.limits)
            } catch {
                throw answer.error(end: error) ?? answer.error(.notJSON, body: body)
            }
        }
    }

    /// Asks for an answer as it is generated.
    /// - Parameters:
    ///   - request: The conversation, and what else was set; `stream` is added, `stream_options` is the caller's.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: The chunks, as soon as the server has begun to answer.
    /// - Throws: `ApiError`, `CancellationError`.
    public func createChatCompletionStream(
        _ request: CreateChatCompletionRequest, options: RequestOptions = RequestOptions()
    ) async throws -> ChatCompletionStream {
        try await createChatCompletionStreamWithHttpInfo(request, options: options).data
    }

    /// Asks for an answer as it is generated, and tells status and headers too.
    /// - Parameters:
    ///   - request: The conversation, and what else was set; `stream` is added, `stream_options` is the caller's.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: The chunks, as soon as the server has begun to answer, with what HTTP says about it.
    /// - Throws: `ApiError`, `CancellationError`.
    public func createChatCompletionStreamWithHttpInfo(
        _ request: CreateChatCompletionRequest, options: RequestOptions = RequestOptions()
    ) async throws -> ApiResponse<ChatCompletionStream> {
        var request = request
        request.stream = true
        let answer = try await client.send(.post, path, body: bytes(request, options), options: options)
        return answer.response(ChatCompletionStream(answer, configuration: answer.configuration))
    }

    /// Sends any request below the base URL, for what this library has no function for, and hands back the bytes, whatever they are.
    ///
    /// Authentication, retries, timeouts, limits and errors are those of every other call.
    /// - Parameters:
    ///   - method: The method.
    ///   - path: What follows the base URL, beginning with a slash, percent-encoded, without a query; beginning with two, what follows the host.
    ///   - body: The body, sent as `application/json` unless the options have another `Content-Type`; nil for none.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: The body of an answer of success, with what HTTP says about it.
    /// - Throws: `ApiError`, `CancellationError`.
    public func callApi(
        _ method: ApiMethod, _ path: String, body: [UInt8]? = nil, options: RequestOptions = RequestOptions()
    ) async throws -> ApiResponse<[UInt8]> {
        try await client.raw(method, path, body: body, options: options)
    }

    private var path: String { "/chat/completions" }

    /// The body of a request that keeps the rules of the API.
    /// - Throws: `ApiError` with code `invalidRequest`, unless the caller sends other bytes or doesn't want to know.
    private func bytes(_ request: CreateChatCompletionRequest, _ options: RequestOptions) throws(ApiError) -> [UInt8]? {
        guard options.body == nil else { return nil }
        if client.configuration.validatesRequests {
            let violations = request.violations
            guard violations.isEmpty else { throw ApiError(violations, host: client.host) }
        }
        return request.json.serialized()
    }
}

/// The method of a request (RFC 9110 §9).
public enum ApiMethod: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
}
