import NIOHTTP1

extension ApiError {
    /// The error of an answer whose status isn't one of success.
    init(head: HTTPResponseHead, body: [UInt8], host: String) {
        let target = head.headers.first(name: "location")
        let isRedirect = (300..<400).contains(head.status.code) && target != nil
        let isProxy = head.status == .proxyAuthenticationRequired
        self.init(isRedirect ? .redirect : isProxy ? .proxyAuthenticationRequired : .http, host: host)
        if isRedirect { redirectTarget = target }
        add(head: head)
        add(body: body)
    }

    /// Takes status and headers from the head of an answer.
    mutating func add(head: HTTPResponseHead) {
        statusCode = Int(head.status.code)
        headers = ApiHeaders(head)
        requestID = headers.requestID
        retryAfter = RetryAfter.duration(headers)
        takeRetryHints(nil)
    }

    /// Takes a body, and what the server says in it.
    mutating func add(body: [UInt8]) {
        self.body = body
        if let json = try? JSONValue(parsingWire: body) {  // What isn't JSON is quoted.
            if let fault = ServerFault(errorBody: json) { add(fault) }
        }
        if serverMessage == nil { detail = Self.excerpt(of: body) }
    }

    /// Takes what the server says went wrong.
    mutating func add(_ fault: ServerFault) {
        serverMessage = fault.message
        serverCode = fault.code
        serverType = fault.type
        param = fault.param
        takeRetryHints(fault)
    }

    /// The title of an HTML page, or the first 120 bytes of a text; nil for nothing.
    static func excerpt(of body: [UInt8]) -> String? {
        let start = String(decoding: body.prefix(4096), as: UTF8.self)
        let lowercased = start.lowercased()
        if let open = lowercased.firstRange(of: "<title"),
            let openEnd = lowercased[open.upperBound...].firstIndex(of: ">"),
            let close = lowercased[openEnd...].firstRange(of: "</title")
        {
            // The lowercased text has other indices where a letter changes its length, which titles of error pages hardly do.
            let title = start.utf8.dropFirst(lowercased.utf8.distance(from: lowercased.startIndex, to: openEnd) + 1)
                .prefix(lowercased.utf8.distance(from: openEnd, to: close.lowerBound) - 1)
            return String(decoding: title.prefix(120), as: UTF8.self)
        }
        guard !body.isEmpty else { return nil }
        var end = min(body.count, 120)
        // Not in the middle of a character.
        while end > 0, end < body.count, body[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: body[..<end], as: UTF8.self)
    }
}

extension ApiHeaders {
    init(_ head: HTTPResponseHead) { self.init(head.headers.map { ($0.name, $0.value) }) }
}
