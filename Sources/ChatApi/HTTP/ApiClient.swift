import AsyncHTTPClient
import Logging
import NIOCore
import NIOHTTP1

/// Sends requests as the configuration says: checks it, adds the headers, retries, and makes every failure an `ApiError`.
struct ApiClient: Sendable {
    let configuration: ChatApiConfiguration

    enum Method: String {
        case get = "GET"
        case post = "POST"
    }

    /// An answer with a status of success, its body still to be read.
    struct Answer {
        let head: HTTPResponseHead
        let exchange: HTTPExchange
        let host: String
        let secrets: Secrets

        var statusCode: Int { Int(head.status.code) }
        var headers: ApiHeaders { ApiHeaders(head) }

        /// An error of this answer, with its status and headers.
        func error(_ code: ApiError.Code, body: [UInt8] = [], fault: ServerFault? = nil) -> ApiError {
            var error = ApiError(code, host: host)
            error.add(head: head)
            if !body.isEmpty { error.add(body: Array(body.prefix(2 * Secrets.maximumBodyBytes))) }
            if let fault { error.add(fault) }
            return secrets.mask(in: error)
        }

        /// An error from the connection, with the status and headers of this answer.
        func error(connection error: any Error) -> any Error {
            if error is CancellationError { return error }
            var error = ApiError(connection: error, host: host)
            error.add(head: head)
            return secrets.mask(in: error)
        }
    }

    /// Sends a request until there is an answer of success.
    /// - Throws: `ApiError`, `CancellationError`.
    func send(_ method: Method, _ path: String, body: [UInt8]? = nil) async throws -> Answer {
        let prepared = try PreparedRequest(configuration, method: method, path: path, body: body)
        var retry = 0
        while true {
            let exchange = HTTPExchange(prepared.request, host: prepared.host, timeouts: configuration.timeouts)
            let failure: ApiError
            do {
                let head = try await exchange.head()
                log("\(method.rawValue) \(path): HTTP \(head.status.code)", prepared)
                let answer = Answer(head: head, exchange: exchange, host: prepared.host, secrets: prepared.secrets)
                if (200..<300).contains(head.status.code) { return answer }
                let body = await errorBody(of: exchange)
                try Task.checkCancellation()
                failure = prepared.secrets.mask(in: ApiError(head: head, body: body, host: prepared.host))
            } catch let error as CancellationError {
                exchange.fail(error)
                throw error
            } catch {
                failure = prepared.secrets.mask(in: ApiError(connection: error, host: prepared.host))
            }
            log("\(method.rawValue) \(path): \(failure)", prepared)
            guard retry < configuration.maximumRetries,
                let delay = RetryPolicy.delay(
                    after: failure, wasSent: exchange.wasSent, retry: retry, random: .random(in: 0...1))
            else { throw failure }
            retry += 1
            configuration.onRetry?(
                RetryNotice(attempt: retry, maximum: configuration.maximumRetries, delay: delay, error: failure))
            try await Task.sleep(for: delay, clock: .continuous)
        }
    }

    /// Reads a whole body.
    /// - Throws: `ApiError`, `CancellationError`.
    func body(of answer: Answer) async throws -> [UInt8] {
        var body: [UInt8] = []
        do {
            while true {
                answer.exchange.arm(.betweenEventsTimeout, configuration.timeouts.betweenEvents)
                guard let part = try await answer.exchange.next() else { return body }
                body += part
                guard body.count <= configuration.limits.bodyBytes else {
                    answer.exchange.abandon()
                    throw answer.error(.tooLarge)
                }
            }
        } catch {
            throw answer.error(connection: error)
        }
    }

    /// The body of an error, as far as it comes: what the status says already must not be lost over it.
    private func errorBody(of exchange: HTTPExchange) async -> [UInt8] {
        exchange.arm(.betweenEventsTimeout, min(configuration.timeouts.betweenEvents, .seconds(10)))
        var body: [UInt8] = []
        let limit = configuration.limits.errorBodyBytes
        // Further than is kept, so that a key that the cut goes through is seen whole, and masked before the cut.
        while body.count < 2 * limit, let part = try? await exchange.next() { body += part }
        if body.count >= 2 * limit { exchange.abandon() }
        return Array(body.prefix(2 * limit))
    }

    private func log(_ text: @autoclosure () -> String, _ prepared: PreparedRequest) {
        configuration.logger?.debug("\(prepared.host) \(prepared.secrets.mask(text()))")
    }
}

/// A request that was checked and can be sent, more than once if need be.
struct PreparedRequest {
    let request: HTTPClient.Request
    let host: String
    let secrets: Secrets

    init(_ configuration: ChatApiConfiguration, method: ApiClient.Method, path: String, body: [UInt8]?) throws {
        let endpoint: Endpoint
        do throws(EndpointError) {
            endpoint = try Endpoint(configuration.baseURL)
        } catch {
            throw ApiError(.invalidConfiguration, host: "", detail: error.reason)
        }
        host = endpoint.authority
        func invalid(_ detail: String) -> ApiError {
            ApiError(.invalidConfiguration, host: endpoint.authority, detail: detail)
        }
        guard endpoint.scheme == "https" || endpoint.isLoopback || configuration.allowsInsecureHTTP else {
            throw invalid("http:// would send the key and the conversation unencrypted; use https://")
        }
        var headers = HTTPHeaders()
        headers.add(name: "Accept", value: "application/json, text/event-stream")
        headers.add(name: "User-Agent", value: configuration.userAgent)
        if body != nil {
            headers.add(name: "Content-Type", value: "application/json")
            // The same for every try, so that a server that knows it doesn't generate, and bill, twice.
            headers.add(
                name: "Idempotency-Key",
                value: "banter-\(UInt64.random(in: 0...(.max)))-\(UInt64.random(in: 0...(.max)))")
        }
        var key = configuration.apiKey
        if key?.last == "\n" || key?.last == "\r\n" { key?.removeLast() }
        if let key, !key.isEmpty {
            guard key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw invalid(
                    "the key holds a character that no key has: a space, a line break, or one that isn't ASCII")
            }
            headers.add(name: "Authorization", value: "Bearer \(key)")
        }
        if let organization = configuration.organization {
            headers.add(name: "OpenAI-Organization", value: organization)
        }
        if let project = configuration.project { headers.add(name: "OpenAI-Project", value: project) }
        for (name, value) in configuration.headers { headers.replaceOrAdd(name: name, value: value) }
        for (name, value) in headers {
            guard !name.isEmpty, name.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }) else {
                throw invalid("a header has a name that can't be sent")
            }
            guard value.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
                throw invalid("the header \(name) has a value that can't be sent: printable ASCII only")
            }
        }
        secrets = Secrets(configuration, key: key)
        let url = path.hasPrefix("//") ? endpoint.rootURL(String(path.dropFirst())) : endpoint.url(path)
        do {
            request = try HTTPClient.Request(
                url: url, method: HTTPMethod(rawValue: method.rawValue), headers: headers,
                body: body.map { .byteBuffer(ByteBuffer(bytes: $0)) })
        } catch {
            throw invalid("the address can't be read")
        }
    }
}
