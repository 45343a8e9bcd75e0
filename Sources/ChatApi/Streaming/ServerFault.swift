/// What a server says went wrong, in whichever of the many shapes it says it.
struct ServerFault: Hashable {
    var message: String?
    var type: String?
    var code: String?
    var param: String?

    /// Reads an error body or an error event; nil when the value says nothing of an error.
    init?(json: JSONValue) {
        switch json {
        case .array(let elements):  // Gemini: [{"error": {…}}]
            guard let fault = elements.lazy.compactMap({ Self(json: $0) }).first else { return nil }
            self = fault
        case .object(let fields):
            if let error = fields["error"], !error.isNull {
                self.init(error: error, around: fields)
            } else if fields["detail"] != nil || fields["object"]?.stringValue?.lowercased() == "error" {
                self.init(fields: fields)  // FastAPI, Mistral, vLLM of old
            } else if let fault = Self.inChoices(fields["choices"]) {
                self = fault
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

    private init(error: JSONValue, around fields: JSONObject) {
        switch error {
        case .object(let error): self.init(fields: error)
        case .string(let text):  // LM Studio
            self.init(fields: fields)
            message = text
        default:
            self.init(fields: fields)
            message = message ?? String(decoding: error.serialized(), as: UTF8.self)
        }
    }

    private init(fields: JSONObject) {
        message = fields["message"].flatMap(Self.text) ?? fields["detail"].flatMap(Self.text)
        type = fields["type"].flatMap(Self.scalar) ?? fields["status"].flatMap(Self.scalar)
        code = fields["code"].flatMap(Self.scalar)
        param = fields["param"].flatMap(Self.scalar)
    }

    /// OpenRouter: an error inside a choice.
    private static func inChoices(_ choices: JSONValue?) -> ServerFault? {
        choices?.arrayValue?.lazy.compactMap { choice in
            choice["error"].flatMap { $0.isNull ? nil : ServerFault(error: $0, around: [:]) }
        }.first
    }

    /// A sentence: a string, FastAPI's list of `{loc, msg}`, or the JSON as it is.
    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .null: return nil
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
