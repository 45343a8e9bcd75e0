/// What a server says went wrong, in whichever of the many shapes it says it.
struct ServerFault: Hashable {
    var message: String?
    var type: String?
    var code: String?
    var param: String?
    /// How long the server asks to wait, where it says so in the body.
    var retryAfter: Duration?

    /// Reads what a server sent with a status of success, whole or as an event; nil when it says nothing of an error.
    init?(json: JSONValue) {
        switch json {
        case .array(let elements):  // Gemini: [{"error": {…}}]
            guard let fault = elements.lazy.compactMap({ Self(json: $0) }).first else { return nil }
            self = fault
        case .object(let fields):
            if let error = fields["error"], !Self.saysNothing(error) {
                self.init(error: error, around: fields)
            } else if let choices = fields["choices"]?.arrayValue {
                guard let fault = Self.inChoices(choices) else { return nil }
                self = fault
            } else if let error = fields["errors"]?.arrayValue?.first {  // Cloudflare
                self.init(error: error, around: fields)
            } else if fields["object"]?.stringValue?.lowercased() == "error" || fields["type"]?.stringValue == "error" {
                self.init(fields: fields)  // vLLM of old, Mistral
            } else if fields["detail"].map(Self.saysNothing) == false {  // FastAPI
                self.init(fields: fields)
            } else if fields["code"] != nil, fields["message"]?.stringValue != nil {  // DashScope
                self.init(fields: fields)
            } else {
                return nil
            }
        default: return nil
        }
    }

    /// Reads a body that came with an error status, where an object without `error` says something too.
    init?(errorBody json: JSONValue) {
        if let fault = Self(json: json) {
            self = fault
        } else if let fields = json.objectValue, fields["message"] != nil {
            self.init(fields: fields)
        } else {
            return nil
        }
    }

    /// Reads the data of an event whose type is `error`, which is one whatever the data says.
    init(errorEvent json: JSONValue) {
        if let fault = Self(errorBody: json) {
            self = fault
        } else if let fields = json.objectValue, !fields.isEmpty {
            self.init(fields: fields)
            if message == nil { message = String(decoding: json.serialized(), as: UTF8.self) }
        } else {
            self.init(text: json.stringValue ?? String(decoding: json.serialized(), as: UTF8.self))
        }
    }

    /// An error that is told in plain text.
    init(text: String) {
        message = text
        retryAfter = RetryHint.duration(message: text, details: nil)
    }

    private init(error: JSONValue, around fields: JSONObject) {
        self.init(fields: error.objectValue ?? fields)
        guard error.objectValue == nil else { return }
        if error.stringValue != nil || message == nil {  // A string: LM Studio, xAI
            message = Self.text(error.replacingLoneSurrogates)
            retryAfter = RetryHint.duration(message: message, details: nil)
        }
    }

    private init(fields: JSONObject) {
        let fields = fields.mapValues(\.replacingLoneSurrogates)
        func first(_ keys: String..., read: (JSONValue) -> String?) -> String? {
            keys.compactMap { fields[$0].flatMap(read) }.first
        }
        message = first("message", "detail", read: Self.text)
        type = first("type", "status", "error_type", read: Self.scalar)
        code = first("code", read: Self.scalar)
        param = first("param", read: Self.scalar)
        retryAfter = RetryHint.duration(message: message, details: fields["details"])
    }

    /// OpenRouter: an error inside a choice.
    private static func inChoices(_ choices: [JSONValue]) -> ServerFault? {
        for choice in choices {
            if let error = choice["error"], !saysNothing(error) { return ServerFault(error: error, around: [:]) }
        }
        return nil
    }

    /// Whether a field that is there for errors holds none.
    private static func saysNothing(_ error: JSONValue) -> Bool {
        switch error {
        case .null, .bool(false), "", []: true
        default: false
        }
    }

    /// A sentence: a string, FastAPI's list of `{loc, msg}`, or the JSON as it is.
    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .null, "", []: return nil
        case .string(let text): return text
        case .object(let fields) where fields["detail"] != nil: return fields["detail"].flatMap(text)
        case .array(let elements): return elements.compactMap(violation).joined(separator: "; ")
        default: return String(decoding: value.serialized(), as: UTF8.self)
        }
    }

    private static func violation(_ value: JSONValue) -> String? {
        guard let message = value["msg"]?.stringValue else { return text(value) }
        let place = (value["loc"]?.arrayValue ?? []).compactMap(scalar).joined(separator: ".")
        return place.isEmpty ? message : "\(place): \(message)"
    }

    private static func scalar(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        default: nil
        }
    }
}
