extension ChatApiConfiguration {
    /// How much is read of an answer, so that no server can fill the memory; what is more ends the answer with `ApiError.Code.tooLarge`.
    public struct Limits: Hashable, Sendable {
        /// How many bytes one event of a stream, or one of its lines, or an object in place of a stream may have; 16 MiB.
        public var eventBytes = 16 << 20
        /// How many bytes an answer that isn't streamed may have, or what a server sends in place of a stream before the first chunk; 32 MiB.
        public var bodyBytes = 32 << 20
        /// How many bytes are kept of an answer with an error status, where what is more is left out; 64 KiB, which is the most that an error keeps.
        public var errorBodyBytes = 64 << 10
        /// How many bytes a streamed answer may have on the wire; 4 GiB.
        ///
        /// Much more than the text in it, as each chunk repeats some 200 bytes of JSON around a word or two. Nothing of them is kept but what the
        /// next two limits are for.
        public var streamBytes = 4 << 30
        /// How many bytes the text of a streamed answer may have in UTF-8: content, reasoning, refusals and arguments of all choices together; 64 MiB.
        public var textBytes = 64 << 20
        /// How many bytes everything else may have that a streamed answer adds up to: log probabilities, annotations, audio, fields that this library
        /// doesn't know; 256 MiB, each value counted as 16 bytes and its text.
        public var otherBytes = 256 << 20
        /// How many choices a streamed answer may have; 128, the most that `n` can ask for.
        public var choices = 128
        /// How many tool calls a streamed answer may make, all choices together; 1024.
        public var toolCalls = 1024

        /// The defaults.
        public init() {}
    }
}
