import NIOHTTP1

extension ApiClient {
    /// An answer with a status of success, its body still to be read.
    struct Answer {
        let head: HTTPResponseHead
        let exchange: HTTPExchange
        let host: String
        let secrets: Secrets
        /// The client's, with what the options of the call change in it.
        let configuration: ChatApiConfiguration
        let log: RequestLog

        var statusCode: Int { Int(head.status.code) }
        var headers: ApiHeaders { ApiHeaders(head) }
        var isEventStream: Bool { headers["content-type"]?.lowercased().hasPrefix("text/event-stream") ?? false }

        /// An error of this answer, with its status and headers.
        func error(_ code: ApiError.Code, body: [UInt8] = [], fault: ServerFault? = nil) -> ApiError {
            var error = ApiError(code, host: host)
            error.add(head: head)
            // Masked before an excerpt is cut out of it.
            if !body.isEmpty { error.add(body: secrets.mask(cut: Array(body.prefix(2 * Secrets.maximumBodyBytes)))) }
            if let fault { error.add(fault) }
            return log.failed(secrets.mask(in: error))
        }

        /// The error of a stream that ended this way; nil if nothing is wrong.
        func error(end: StreamDecoder.End) -> ApiError? {
            switch end {
            case .complete: nil
            case .cut: error(.streamCut)
            case .fault(let fault): error(.serverError, fault: fault)
            case .notJSON(let excerpt): error(.notJSON, body: excerpt)
            case .notAnEventStream(let excerpt): error(.notAnEventStream, body: excerpt)
            case .empty: error(.emptyAnswer)
            case .tooLarge: error(.tooLarge)
            }
        }

        /// An error from the connection, with the status and headers of this answer.
        func error(connection error: any Error) -> any Error {
            if error is CancellationError { return error }
            var error = ApiError(connection: error, host: host)
            error.add(head: head)
            return log.failed(secrets.mask(in: error))
        }
    }

    /// Reads a whole body as an object.
    /// - Parameters:
    ///   - answer: The answer.
    ///   - type: The type of the object.
    ///   - fallback: What to make of a body that isn't JSON; an error unless it is given.
    /// - Returns: The object, with what HTTP says about it.
    /// - Throws: `ApiError`, also where the object says that something went wrong; `CancellationError`.
    func response<Object: WireObject>(
        of answer: Answer, as type: Object.Type, orFrom fallback: (([UInt8]) throws -> Object)? = nil
    ) async throws -> ApiResponse<Object> {
        let body = try await body(of: answer)
        guard body.contains(where: { $0 > 0x20 }) else { throw answer.error(.emptyAnswer) }
        guard let json = try? JSONValue(parsingWire: body) else {  // The error quotes the body, which tells more.
            guard let fallback else { throw answer.error(.notJSON, body: body) }
            return answer.response(try fallback(body), body: body)
        }
        if let fault = ServerFault(json: json) { throw answer.error(.serverError, body: body, fault: fault) }
        guard let object = Object(json: json) else { throw answer.error(.notJSON, body: body) }
        return answer.response(object, body: body)
    }

    /// Sends a request and reads the whole answer, whatever it is.
    /// - Throws: `ApiError`, `CancellationError`.
    func raw(
        _ method: ApiMethod, _ path: String, query: [String: String] = [:], body: [UInt8]? = nil,
        options: RequestOptions = RequestOptions()
    ) async throws -> ApiResponse<[UInt8]> {
        let answer = try await send(method, path, query: query, body: body, options: options)
        let body = try await self.body(of: answer)
        return answer.response(body, body: body)
    }
}

extension ApiClient.Answer: CustomReflectable {
    /// Without children, so that `dump` of a stream doesn't show the request.
    var customMirror: Mirror { Mirror(self, children: []) }

    func response<Data>(_ data: Data, body: [UInt8]? = nil) -> ApiResponse<Data> {
        ApiResponse(data: data, statusCode: statusCode, headers: headers, body: body)
    }
}
