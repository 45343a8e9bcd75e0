extension ChatApiConfiguration {
    /// How long to wait for what, on a clock that doesn't follow the time of day.
    public struct Timeouts: Hashable, Sendable {
        /// For a connection, TLS included.
        public var connect = Duration.seconds(10)
        /// From the request to the first event of a stream, or to the head of any other answer.
        public var firstEvent = Duration.seconds(600)
        /// From one event to the next; comments don't count.
        public var betweenEvents = Duration.seconds(120)
        /// For everything, retries not included; nil for no limit.
        public var total: Duration?

        /// The defaults.
        public init() {}
    }
}
