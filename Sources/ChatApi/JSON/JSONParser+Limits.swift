/// What no text may have more of.
extension JSONParser {
    /// How deep arrays and objects may nest in a file.
    static let maximumDepth = 512

    /// How deep they may nest in what a server sends.
    ///
    /// Less than in a file, so that whatever was read from the wire can be saved in a file, where it lies some levels deeper, and be read again.
    static let maximumWireDepth = 256

    /// How deep they may nest in a file of somebody else's, which may become a part of one of ours.
    static let maximumForeignDepth = 384

    /// How many values one event of a stream may hold.
    static let maximumEventValues = 1 << 20

    /// How many values a whole body of a server may hold: an answer of 20 000 tokens, each with its twenty most likely ones, has three million.
    static let maximumBodyValues = 1 << 22

    /// How many values a file may hold: what half a gigabyte of messages has, but not what it could be filled with.
    static let maximumFileValues = 1 << 24
}
