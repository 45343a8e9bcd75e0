import NIOCore

/// A time by which the server must have done something, on a clock that doesn't follow the time of day, and the error if it hasn't.
struct Deadline: Comparable, Sendable {
    let at: NIODeadline
    let code: ApiError.Code
    let limit: Duration

    init(_ code: ApiError.Code, _ limit: Duration, since start: NIODeadline = .now()) {
        at = start + TimeAmount(limit)
        self.code = code
        self.limit = limit
    }

    static func < (left: Deadline, right: Deadline) -> Bool { left.at < right.at }

    /// How long until then.
    var remaining: Duration { .nanoseconds((at - .now()).nanoseconds) }

    /// Whether it comes before a wait from now is over.
    func isBefore(_ wait: Duration) -> Bool { at < .now() + TimeAmount(wait) }
}

extension ChatApiConfiguration.Timeouts {
    /// When the next event must be there if nothing of the server is seen meanwhile.
    var silence: Deadline { Deadline(.betweenEventsTimeout, betweenEvents) }

    /// When the next event must be there however many signs of life the server gives.
    var patience: Deadline { Deadline(.betweenEventsTimeout, max(firstEvent, betweenEvents)) }
}

extension TimeAmount {
    /// The duration in nanoseconds; a century for what is longer, none for what is negative.
    init(_ duration: Duration) {
        let (seconds, attoseconds) = max(duration, .zero).components
        self = .nanoseconds(min(seconds, 3_000_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
