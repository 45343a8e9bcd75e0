/// The client of the models of a server.
public struct ModelsApi: Sendable {
    private let client: ApiClient

    /// A client; the configuration is checked with the first request.
    public init(configuration: ChatApiConfiguration) { client = ApiClient(configuration: configuration) }

    /// Asks which models there are (`GET /models`).
    ///
    /// The connection is kept for the next request to the same server.
    /// - Throws: `ApiError`; `CancellationError` at once when the task is cancelled.
    public func listModels() async throws -> ListModelsResponse { try await listModelsWithHttpInfo().data }

    /// Asks which models there are, and tells status and headers too.
    /// - Throws: `ApiError`; `CancellationError` at once when the task is cancelled.
    public func listModelsWithHttpInfo() async throws -> ApiResponse<ListModelsResponse> {
        let answer = try await client.send(.get, "/models")
        return answer.response(try await client.object(of: answer, as: ListModelsResponse.self))
    }
}

/// The client of the health check of llama.cpp's server.
public struct HealthApi: Sendable {
    private let client: ApiClient

    /// A client; whatever the configuration says, it doesn't retry and doesn't wait for more than 2 s.
    public init(configuration: ChatApiConfiguration) {
        var configuration = configuration
        configuration.maximumRetries = 0
        configuration.timeouts.total = .seconds(2)
        client = ApiClient(configuration: configuration)
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
