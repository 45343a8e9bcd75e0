public import ChatApi

/// What is known of one answer, beside its text.
public struct TurnRecord: Hashable, Sendable {
    /// The place of the answer in the session's `messages`.
    public var message: Int
    /// Everything the file says, keys that this version doesn't know included.
    public var fields: JSONObject

    /// The record of an answer.
    public init(message: Int, fields: JSONObject = [:]) {
        self.message = message
        self.fields = fields
    }

    /// Why the answer ended, as the server said: `stop`, `length`, …; or `interrupted` or `cut` where it didn't end by itself.
    public var finishReason: String? {
        get { fields["finishReason"]?.stringValue }
        set { fields["finishReason"] = newValue.map(JSONValue.string) }
    }

    /// The `finishReason` of an answer that the user stopped, or that ended with the process.
    public static let interrupted = "interrupted"
    /// The `finishReason` of an answer that failed half-way.
    public static let cut = "cut"

    /// The tokens that the server counted.
    public var usage: CompletionUsage? {
        get { fields["usage"]?.objectValue.map(CompletionUsage.init(fields:)) }
        set { fields["usage"] = newValue.map { .object($0.fields) } }
    }

    /// The model that answered, as the server names it.
    public var model: String? {
        get { fields["model"]?.stringValue }
        set { fields["model"] = newValue.map(JSONValue.string) }
    }

    /// The id to quote to the provider's support.
    public var requestID: String? {
        get { fields["requestID"]?.stringValue }
        set { fields["requestID"] = newValue.map(JSONValue.string) }
    }

    /// Seconds from sending the request to the first word of the answer.
    public var secondsToFirstToken: Double? {
        get { fields["secondsToFirstToken"]?.doubleValue }
        set { fields["secondsToFirstToken"] = newValue.flatMap(Self.rounded) }
    }

    /// Seconds from sending the request to the end of the answer.
    public var seconds: Double? {
        get { fields["seconds"]?.doubleValue }
        set { fields["seconds"] = newValue.flatMap(Self.rounded) }
    }

    /// What went wrong, where the answer failed, in the words of the log.
    public var error: String? {
        get { fields["error"]?.stringValue }
        set { fields["error"] = newValue.map(JSONValue.string) }
    }

    /// The record as it stands in the file.
    var json: JSONValue {
        var object: JSONObject = ["message": .number(JSONNumber(message))]
        for (key, value) in fields where key != "message" { object[key] = value }
        return .object(object)
    }

    private static func rounded(_ seconds: Double) -> JSONValue? {
        JSONNumber((seconds * 1000).rounded() / 1000).map(JSONValue.number)
    }
}
