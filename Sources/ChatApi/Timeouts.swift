extension ChatApiConfiguration {
    /// How long to wait for what, on a clock that doesn't follow the time of day.
    public struct Timeouts: Hashable, Sendable {
        /// For a connection, TLS included; 10 s unless set.
        public var connect: Duration
        /// From the request to the first event of a stream, or to the head of any other answer; comments don't count; 600 s unless set.
        ///
        /// Also the longest wait for any later event of a stream, and from the head of any other answer to its end, however many signs of life come.
        public var firstEvent: Duration
        /// From one event to the next, or from one part of any other answer to the next; 120 s unless set.
        ///
        /// A whole comment counts too, as servers send them while a request waits for its turn, but not beyond `firstEvent` (if that is the longer one).
        public var betweenEvents: Duration
        /// For everything: the tries, the waits between them, and the whole answer; nil for no limit.
        public var total: Duration?

        /// The defaults, but for what is given.
        public init(
            connect: Duration = .seconds(10), firstEvent: Duration = .seconds(600),
            betweenEvents: Duration = .seconds(120), total: Duration? = nil
        ) {
            self.connect = connect
            self.firstEvent = firstEvent
            self.betweenEvents = betweenEvents
            self.total = total
        }
    }
}
