import NIOCore
import NIOHTTP1

/// Sends requests as the configuration says: checks it, adds the headers, retries, and makes every failure an `ApiError`.
struct ApiClient: Sendable {
    let configuration: ChatApiConfiguration
    let transport: HTTPTransport

    init(configuration: ChatApiConfiguration, transport: HTTPTransport = .shared) {
        self.configuration = configuration
        self.transport = transport
    }

    /// How many kept connections may turn out to be closed before that is an error.
    private static let maximumLostConnections = 8

    /// The host for errors of requests that aren't sent; empty if the address can't be read.
    var host: String { (try? Endpoint(configuration.baseURL))?.authority ?? "" }

    /// Sends a request until there is an answer of success.
    /// - Parameters:
    ///   - method: The method.
    ///   - path: What follows the base URL, encoded (`path(_:)`); with two slashes at its start, what follows the host.
    ///   - query: More of the query, not encoded.
    ///   - body: The body, unless the options bring another.
    ///   - options: What this call does differently from the configuration.
    /// - Returns: The answer, its body still to be read.
    /// - Throws: `ApiError`, `CancellationError`.
    func send(
        _ method: ApiMethod, _ path: String, query: [String: String] = [:], body: [UInt8]? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> Answer {
        var configuration = configuration
        if let timeouts = options.timeouts { configuration.timeouts = timeouts }
        if let maximumRetries = options.maximumRetries { configuration.maximumRetries = maximumRetries }
        let prepared = try PreparedRequest(
            configuration, method: method, path: path, query: query, body: body, options: options)
        let total = configuration.timeouts.total.map { Deadline(.totalTimeout, $0) }
        var retry = 0
        var lost = 0
        while true {
            let next = try await prepared.nextTry(by: total)
            let pool = try transport.pool(for: next.settings, host: prepared.host)
            let log = RequestLog(configuration.logger, prepared, next)
            log.begin()
            let exchange = HTTPExchange(
                next.request, pool: pool, host: prepared.host, timeouts: configuration.timeouts, total: total)
            let failure: ApiError
            do {
                let head = try await exchange.head()
                log.received(head)
                let answer = Answer(
                    head: head, exchange: exchange, host: prepared.host, secrets: next.secrets,
                    configuration: configuration, log: log)
                if (200..<300).contains(answer.statusCode) { return answer }
                let body = next.secrets.mask(cut: await errorBody(of: exchange, configuration))
                try Task.checkCancellation()
                log.received(body: body)
                failure = next.secrets.mask(
                    in: ApiError(head: head, body: body, host: prepared.host),
                    keeping: configuration.limits.errorBodyBytes)
            } catch ChannelError.ioOnClosedChannel where !exchange.wasSent && lost < Self.maximumLostConnections {
                // The server closed a kept connection in the moment it was taken: nothing was sent, and another is as good.
                lost += 1
                continue
            } catch let error as CancellationError {
                exchange.fail(error)
                if !exchange.wasSent { transport.drop(pool) }
                log.cancelled()
                throw error
            } catch {
                let proxy = exchange.wasSent ? nil : prepared.proxy
                var error = ApiError(connection: error, host: prepared.host, proxy: proxy)
                if !exchange.wasSent, [.connectTimeout, .totalTimeout].contains(error.code) { transport.drop(pool) }
                if error.detail == ApiError.unknownAuthority, let reason = await prepared.certificateFault(by: total) {
                    error.detail = reason
                }
                if Task.isCancelled {
                    log.cancelled()
                    throw CancellationError()
                }
                failure = next.secrets.mask(in: error)
            }
            log.failed(failure)
            guard retry < configuration.maximumRetries,
                let delay = RetryPolicy.delay(
                    after: failure, mayRepeat: method == .get || !exchange.wasSent, retry: retry,
                    random: .random(in: 0...1)),
                total?.isBefore(delay) != true
            else { throw failure }
            retry += 1
            (options.onRetry ?? configuration.onRetry)?(
                RetryNotice(attempt: retry, maximum: configuration.maximumRetries, delay: delay, error: failure))
            try await Task.sleep(for: delay, clock: .continuous)
        }
    }

    /// Reads a whole body.
    /// - Throws: `ApiError`, `CancellationError`.
    func body(of answer: Answer) async throws -> [UInt8] {
        let configuration = answer.configuration
        let timeouts = configuration.timeouts
        let patience = timeouts.patience
        var body: [UInt8] = []
        do {
            while body.count <= configuration.limits.bodyBytes,
                let part = try await answer.exchange.next(by: min(timeouts.silence, patience))
            {
                body += part
            }
        } catch {
            throw answer.error(connection: error)
        }
        guard body.count <= configuration.limits.bodyBytes else {
            answer.exchange.abandon()
            throw answer.error(.tooLarge)
        }
        answer.log.received(body: body)
        return body
    }

    /// The body of an error, as far as it comes: what the status says already must not be lost over it.
    private func errorBody(of exchange: HTTPExchange, _ configuration: ChatApiConfiguration) async -> [UInt8] {
        let deadline = min(configuration.timeouts.silence, Deadline(.betweenEventsTimeout, .seconds(10)))
        var body: [UInt8] = []
        // Further than is kept, so that a key that the cut goes through is seen whole, and masked before the cut.
        let limit = 2 * max(0, min(configuration.limits.errorBodyBytes, Secrets.maximumBodyBytes))
        while body.count < limit, let part = try? await exchange.next(by: deadline) { body += part }
        if body.count >= limit { exchange.abandon() }
        return Array(body.prefix(limit))
    }

    /// A path of these parts, which may be anything that a caller or a server calls an id.
    /// - Throws: `ApiError` for a part that would lead elsewhere: an empty one, `.` or `..`.
    static func path(_ parts: String...) throws(ApiError) -> String {
        for part in parts where ["", ".", ".."].contains(part) {
            throw ApiError(.invalidRequest, host: "", detail: "an id is empty, or one that no path can hold")
        }
        return parts.map { "/" + PercentEncoding.encoded($0) }.joined()
    }
}
