extension ChatApiConfiguration {
    /// How a request says who asks.
    ///
    /// The descriptions mask the password.
    public enum Authentication: Hashable, Sendable {
        /// The key as `Authorization: Bearer KEY` (RFC 6750 §2.1), which is what most servers expect.
        case bearer
        /// The key in a header of another name, like Azure's `api-key`, after a prefix (`"Token "`, say).
        case header(name: String, prefix: String = "")
        /// `Authorization: Basic …` (RFC 7617), without the key; the user name can't hold a colon.
        case basic(user: String, password: String)
        /// Nothing: the key isn't sent, even if there is one.
        case none
    }
}

extension ChatApiConfiguration.Authentication: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
    /// The way, without the password.
    public var description: String {
        switch self {
        case .bearer: "bearer"
        case .header(let name, _): "header \(name)"
        case .basic: "basic ***"
        case .none: "none"
        }
    }
    /// The way, without the password.
    public var debugDescription: String { description }
    /// Without children, so that `dump` doesn't show the password.
    public var customMirror: Mirror { Mirror(self, children: [("description", description)]) }
}
