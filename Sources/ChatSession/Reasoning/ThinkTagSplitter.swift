/// Splits off the reasoning that a model writes into its answer between `<think>` and `</think>`, as local models do.
///
/// A value that takes the text in any chunking and tells the same. Only a tag at the very start of the answer counts, after white
/// space at most; `<thinking>` is such a tag, too. The end of the reasoning is the first closing tag that isn't code. White space
/// around reasoning goes with the tags.
///
/// The templates of some models write the opening tag themselves, so that only the closing one comes. On a line of its own, outside
/// of code, it says that everything before it was reasoning (``TurnEvent/contentWasReasoning``); that can't be known before.
struct ThinkTagSplitter: Sendable {
    private enum State {
        /// Nothing has come but white space and what may be the beginning of a tag.
        case start
        /// Between the tags.
        case reasoning(closing: [UInt8])
        /// Behind the closing tag, before the answer.
        case behindTag
        /// In an answer that began without a tag.
        case content
        /// In what has no tags any more.
        case rest
    }

    private var state = State.start
    /// Bytes of which isn't known yet whether they belong to a tag, all of them ASCII.
    private var held: [UInt8] = []
    /// White space that belongs to the reasoning only if more of it comes.
    private var blanks: [UInt8] = []
    private var hasText = false
    private var line = CodeTracker()
    /// Whether the line of the content is no tag.
    private var isLineDecided = false
    private var output: [UInt8] = []
    private var events: [TurnEvent] = []

    /// Whether the answer ended before its reasoning did; only after ``finish()``.
    private(set) var isUnclosed = false

    /// Takes the next part of the answer and gives what it adds.
    mutating func append(_ text: String) -> [TurnEvent] {
        var text = text
        if text.withUTF8({ countOfPlain($0[...]) == $0.count }) { return text.isEmpty ? [] : [.content(text)] }
        text.withUTF8 { bytes in
            var rest = bytes[...]
            while let byte = rest.first {
                let count = countOfPlain(rest)
                output += rest.prefix(count)
                if count == 0 { take(byte) }
                rest = rest.dropFirst(max(count, 1))
            }
        }
        return takeEvents()
    }

    /// Takes the end of the answer.
    mutating func finish() -> [TurnEvent] {
        switch state {
        case .start, .content:
            if !line.isInFence, Self.isTag(held, of: Self.closingTags) { endUnmarkedReasoning() } else { writeHeld() }
        case .reasoning:
            for byte in held { writeReasoning(byte) }
            isUnclosed = true
        case .behindTag, .rest: break
        }
        held = []
        return takeEvents()
    }

    /// How many of the next bytes are content, whatever they are, and decide nothing: as most are, they are taken at once.
    private func countOfPlain(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        switch state {
        case .rest: bytes.count
        case .content where isLineDecided && line.isProse: bytes.prefix { $0 != UInt8(ascii: "\n") }.count
        case .content, .start, .reasoning, .behindTag: 0
        }
    }

    private mutating func takeEvents() -> [TurnEvent] {
        flush()
        defer { events = [] }
        return events
    }

    /// Makes an event of what was written, which is in UTF-8 as only ASCII is held back.
    private mutating func flush() {
        guard !output.isEmpty else { return }
        let text = String(decoding: output, as: UTF8.self)
        if case .reasoning = state { events.append(.reasoning(text)) } else { events.append(.content(text)) }
        output.removeAll(keepingCapacity: true)
    }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .start: takeAtStart(byte)
        case .reasoning(let closing): takeInReasoning(byte, closing: closing)
        case .behindTag: takeBehindTag(byte)
        case .content: takeInContent(byte)
        case .rest: output.append(byte)
        }
    }

    private mutating func takeAtStart(_ byte: UInt8) {
        held.append(byte)
        let tag = held.drop(while: Self.isBlank)
        for (opening, closing) in zip(Self.openingTags, Self.closingTags) where tag.elementsEqual(opening) {
            held = []
            state = .reasoning(closing: closing)
            return
        }
        if Self.openingTags.contains(where: { $0.starts(with: tag) }) { return }
        // An answer without an opening tag, or one that begins with what the content's rules are for.
        let start = held
        held = []
        state = .content
        for byte in start { takeInContent(byte) }
    }

    // MARK: Reasoning

    private mutating func takeInReasoning(_ byte: UInt8, closing: [UInt8]) {
        guard !held.isEmpty || byte == UInt8(ascii: "<") else { return writeReasoning(byte) }
        held.append(byte)
        guard closing.starts(with: held) else {
            let text = held.dropLast()
            held = []
            for byte in text { writeReasoning(byte) }
            // It may begin a tag itself.
            return takeInReasoning(byte, closing: closing)
        }
        guard held.count == closing.count else { return }
        let tag = held
        held = []
        if line.isInCode {
            for byte in tag { writeReasoning(byte) }
        } else {
            flush()
            blanks = []
            state = .behindTag
        }
    }

    private mutating func writeReasoning(_ byte: UInt8) {
        line.take(byte)
        if Self.isBlank(byte) {
            if hasText { blanks.append(byte) }
            return
        }
        output += blanks
        output.append(byte)
        blanks.removeAll(keepingCapacity: true)
        hasText = true
    }

    /// Drops the rest of the tag's line and empty lines, but not the indentation of the first line.
    private mutating func takeBehindTag(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\n"): blanks = [byte]
        case _ where Self.isBlank(byte): if !blanks.isEmpty { blanks.append(byte) }
        default:
            output += blanks.dropFirst()
            output.append(byte)
            blanks = []
            state = .rest
        }
    }

    // MARK: Content

    private mutating func takeInContent(_ byte: UInt8) {
        guard !isLineDecided else { return writeContent(byte) }
        held.append(byte)
        guard byte == UInt8(ascii: "\n") else {
            if !Self.mayBecomeTag(held) { writeHeld() }
            return
        }
        if !line.isInFence, Self.isTag(held, of: Self.closingTags) { return endUnmarkedReasoning() }
        // A text that shows one tag shows the other, too.
        let showsTags = !line.isInFence && Self.isTag(held, of: Self.openingTags)
        writeHeld()
        if showsTags { state = .rest }
    }

    private mutating func writeHeld() {
        for byte in held { writeContent(byte) }
        held = []
    }

    private mutating func writeContent(_ byte: UInt8) {
        line.take(byte)
        isLineDecided = byte != UInt8(ascii: "\n")
        if !Self.isBlank(byte) { hasText = true }
        output.append(byte)
    }

    private mutating func endUnmarkedReasoning() {
        flush()
        if hasText { events.append(.contentWasReasoning) }
        // The line of the tag is over.
        (held, blanks) = ([], [UInt8(ascii: "\n")])
        state = .behindTag
    }

    // MARK: Tags

    private static let openingTags = ["<think>", "<thinking>"].map { Array($0.utf8) }
    private static let closingTags = ["</think>", "</thinking>"].map { Array($0.utf8) }
    private static let longestTagLine = 32

    /// Whether a line is a tag and nothing else.
    private static func isTag(_ line: [UInt8], of tags: [[UInt8]]) -> Bool {
        mayBecomeTag(line) && tags.contains { line.drop(while: isBlank).starts(with: $0) }
    }

    /// Whether a line that begins so may be a tag and nothing else; four blanks before it make it code.
    private static func mayBecomeTag(_ line: [UInt8]) -> Bool {
        let text = line.drop { $0 == UInt8(ascii: " ") }
        guard line.count - text.count < 4, line.count <= longestTagLine else { return false }
        return (openingTags + closingTags).contains { tag in
            tag.starts(with: text) || text.starts(with: tag) && text.dropFirst(tag.count).allSatisfy(isBlank)
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
