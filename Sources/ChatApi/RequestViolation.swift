/// Something in a request that the API's specification forbids.
public struct RequestViolation: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where it is in the body, as `temperature`, `messages[0].content` or `metadata["k"]`.
    public let path: String
    /// What is wrong, as the end of a sentence that begins with the path: "must be from 0 to 2, and is 3.5".
    public let reason: String

    /// `path reason`, without a full stop.
    public var description: String { "\(path) \(reason)" }
}

extension CreateChatCompletionRequest {
    /// Everything in the request that OpenAI's specification forbids; empty where there is nothing.
    ///
    /// What other servers may know is never a violation: fields that the specification doesn't have, values that its enumerations don't have,
    /// kinds of message, content part or tool that it doesn't have (whose other fields aren't checked then), a kind of part in a message of
    /// another role. An explicit null counts as absent, so a message is fine as its server sent it. Characters are counted as Unicode scalars.
    ///
    /// `stream` counts as it is set here; the functions of `ChatApi` set it by themselves.
    ///
    /// The time that it takes grows with the number of messages, not with their length.
    public var violations: [RequestViolation] {
        var validator = RequestValidator()
        validator.check(self)
        return validator.violations
    }
}
