/// The client of the models of a server.
public struct ModelsApi: Sendable {
    private let client: ApiClient

    /// A client; the configuration is checked with the first request.
    public init(configuration: ChatApiConfiguration, transport: HTTPTransport = .shared) {
        client = ApiClient(configuration: configuration, transport: transport)
    }

    /// Asks which models there are (`GET /models`).
    ///
    /// The connection is kept for the next request to the same server.
    /// - Parameter options: What this call does differently from the configuration.
    /// - Returns: The models.
    /// - Throws: `ApiError`; `CancellationError` at once when the task is cancelled.
    public func listModels(options: RequestOptions = RequestOptions()) async throws -> ListModelsResponse {
        try await listModelsWithHttpInfo(options: options).data
    }

    /// Asks which models there are, and tells status and headers too.
    /// - Parameter options: What this call does differently from the configuration.
    /// - Returns: The models with what HTTP says about them.
    /// - Throws: `ApiError`; `CancellationError` at once when the task is cancelled.
    public func listModelsWithHttpInfo(
        options: RequestOptions = RequestOptions()
    ) async throws -> ApiResponse<ListModelsResponse> {
        let answer = try await client.send(.get, "/models", options: options)
        return try await client.response(of: answer, as: ListModelsResponse.self)
    }
}

/// The client of the health check of llama.cpp's server.
public struct HealthApi: Sendable {
    private let client: ApiClient

    /// A client; whatever the configuration says, it doesn't retry and doesn't wait for more than 2 s.
    public init(configuration: ChatApiConfiguration, transport: HTTPTransport = .shared) {
        var configuration = configuration
        configuration.maximumRetries = 0
        configuration.timeouts.total = .seconds(2)
        client = ApiClient(configuration: configuration, transport: transport)
    }

    /// Whether the server is up and its model loaded: `GET /health` at the root of the host answers 200.
    ///
    /// False for every failure, cancellation included.
    public func isHealthy() async -> Bool {
        // The failure itself is of no interest: it is asked again and again until a server is up.
        guard let answer = try? await client.send(.get, "//health") else { return false }
        answer.exchange.drain()
        return answer.statusCode == 200
    }
}
