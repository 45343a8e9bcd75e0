/// An answer with what HTTP says about it.
public struct ApiResponse<Body: Sendable>: Sendable {
    /// The answer.
    public let data: Body
    /// The HTTP status.
    public let statusCode: Int
    /// The HTTP headers.
    public let headers: ApiHeaders
    /// The body as it came, unpacked; nil where it isn't read as a whole, as with a stream.
    public let body: [UInt8]?

    /// An answer, for tests of what is done with one.
    public init(data: Body, statusCode: Int = 200, headers: ApiHeaders = ApiHeaders(), body: [UInt8]? = nil) {
        self.data = data
        self.statusCode = statusCode
        self.headers = headers
        self.body = body
    }
}

/// HTTP headers in the order in which they came; names match whatever their case.
public struct ApiHeaders: Hashable, Sendable, RandomAccessCollection {
    /// A name and a value.
    public struct Field: Hashable, Sendable {
        /// The name as it came.
        public let name: String
        /// The value.
        public let value: String
    }

    private let fields: [Field]

    /// Headers of these fields.
    public init(_ fields: [(name: String, value: String)] = []) {
        self.fields = fields.map { Field(name: $0.name, value: $0.value) }
    }

    /// The value of the first header of a name.
    public subscript(name: String) -> String? {
        let name = name.lowercased()
        return fields.first { $0.name.lowercased() == name }?.value
    }

    /// The id to quote to the provider's support; nil if the server gave none under any of the names that servers use.
    public var requestID: String? {
        for name in Self.requestIDNames {
            if let id = self[name], !id.isEmpty { return id }
        }
        return nil
    }

    private static let requestIDNames = [
        "x-request-id", "request-id", "x-generation-id", "apim-request-id", "mistral-correlation-id", "inference-id",
    ]

    /// The first position.
    public var startIndex: Int { fields.startIndex }
    /// The position after the last.
    public var endIndex: Int { fields.endIndex }
    /// The field at a position.
    public subscript(position: Int) -> Field { fields[position] }
}
