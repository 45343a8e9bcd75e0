/// What a terminal answers when it is asked for its background: OSC 11 and a colour, then the primary device attributes (DA1).
enum TerminalAnswer: Equatable {
    /// The colour behind the text; nil if it is neither dark nor light.
    case background(Background?)
    /// All that was asked before has been read, so that nothing more comes.
    case end
}

/// Answers that are awaited: wherever they are cut, and however late they come, no byte of them is a key.
extension KeyDecoder {
    private static let backgroundStart: [UInt8] = [0x1B, 0x5D, 0x31, 0x31, 0x3B]  // OSC 1 1 ;
    private static let endStart: [UInt8] = [0x1B, 0x5B, 0x3F]  // CSI ?

    /// Whether the string that begins here is the answer, as far as it is there.
    var isAtBackground: Bool { awaitsAnswer && bytes[position...].starts(with: KeyDecoder.backgroundStart) }

    /// Whether the control sequence that begins here is the end of all answers, which is waited for however late it comes.
    var isAtEndOfAnswers: Bool { awaitsAnswer && bytes[position...].starts(with: KeyDecoder.endStart) }

    /// Goes back to the start of an answer that was taken for a key, as its rest came too late.
    ///
    /// - Parameter timedOut: Whether nothing more came, so that what is there begins no answer.
    /// - Returns: Whether to wait for more, as the next bytes may be the rest.
    mutating func resumeAnswer(_ timedOut: Bool) -> Bool {
        guard !givenUp.isEmpty, position < bytes.count else { return false }
        let start = givenUp + bytes[position...].prefix(KeyDecoder.backgroundStart.count)
        let isWhole = [KeyDecoder.backgroundStart, KeyDecoder.endStart].contains { start.starts(with: $0) }
        let isPart = [KeyDecoder.backgroundStart, KeyDecoder.endStart].contains { $0.starts(with: start) }
        if isPart, !isWhole, !timedOut { return true }
        if isWhole { bytes.insert(contentsOf: givenUp, at: position) }
        givenUp = []
        return false
    }

    /// The answer that begins here, once its end is there; what it holds beside a colour is swallowed with it.
    ///
    /// - Parameter timedOut: Whether its end is no longer waited for.
    /// - Returns: The answer; ``Key/ignored`` if it is no colour; nil if its end isn't there yet.
    mutating func background(_ timedOut: Bool) -> Key? {
        let start = position + KeyDecoder.backgroundStart.count
        guard let end = KeyDecoder.endOfAnswer(in: bytes, from: start) else {
            guard timedOut || bytes.count - position > KeyDecoder.sequenceLimit else { return nil }
            return begin(.answer)
        }
        let luminance = Background.luminance(ofAnswer: bytes[start..<end.content])
        position = end.next
        return luminance.map { .answer(.background(Background(luminance: $0))) } ?? .ignored
    }

    /// Where an answer ends: at BEL or ST, or where another sequence begins.
    ///
    /// No control breaks it off: what is behind that would be keys.
    static func endOfAnswer(in bytes: [UInt8], from start: Int) -> (content: Int, next: Int)? {
        for index in start..<max(bytes.count, start) {
            if bytes[index] == 0x07 { return (index, index + 1) }
            if bytes[index] == 0x1B, index + 1 < bytes.count {
                return (index, bytes[index + 1] == 0x5C ? index + 2 : index)
            }
        }
        return nil
    }

    /// The end of all answers, if the control sequence is that.
    mutating func endOfAnswers(parameters: ArraySlice<UInt8>, final: UInt8) -> Key? {
        guard awaitsAnswer, final == 0x63, parameters.first == 0x3F else { return nil }
        awaitsAnswer = false
        return .answer(.end)
    }
}
