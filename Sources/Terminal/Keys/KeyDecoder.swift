/// Turns the bytes of a terminal into keys, in any chunking.
///
/// It owns UTF-8, CSI and SS3 sequences (ECMA-48 §5.4), CSI u (kitty's keyboard protocol), xterm's modifyOtherKeys and
/// bracketed paste. Unknown sequences are swallowed whole and never become text.
struct KeyDecoder {
    /// What of a paste is handed on at once; the rest follows as another paste.
    var pasteLimit = 8 << 20

    /// Whether the terminal was asked something, and hasn't said yet that it has read that.
    var awaitsAnswer = false
    /// What was taken for a key while an answer was awaited, and may be the start of that.
    var givenUp: [UInt8] = []

    var bytes: [UInt8] = []
    var position = 0
    private var isPasting = false
    private var pasteScan = 0
    /// The last part of a paste ended in CR, so that an LF at the start of the next belongs to it.
    private var pasteEndedWithReturn = false
    /// A sequence too long to be kept, whose rest is still to be swallowed.
    private var skipped: Skipped?

    enum Skipped { case controlSequence, string, answer }

    /// How long to wait for more bytes before calling ``next(timedOut:)`` with true, in milliseconds; nil if nothing is pending.
    ///
    /// Only a lone Esc, and the starts of sequences that Alt-[ and Alt-O send too, are ambiguous; what has visibly begun gets
    /// long enough for a slow line.
    var timeout: Int32? {
        let pending = bytes.count - position
        if skipped != nil { return 1000 }
        if pending == 0 { return nil }
        if isPasting || bytes[position] != 0x1B { return 1000 }  // or what may be the rest of an answer
        return pending == 1 ? 40 : pending == 2 ? 120 : 1000
    }

    mutating func feed(_ input: some Sequence<UInt8>) {
        if position > 0 {
            bytes.removeFirst(position)
            pasteScan = max(pasteScan - position, 0)
            position = 0
        }
        bytes.append(contentsOf: input)
    }

    /// The next key; nil if there is none, or its bytes aren't complete.
    ///
    /// - Parameter timedOut: Whether nothing more has come for ``timeout``, so that what is there is all of it.
    /// - Returns: The key; bytes that are used up are gone.
    mutating func next(timedOut: Bool = false) -> Key? {
        if isPasting { return paste(timedOut) }
        if let skipped { return skip(skipped, timedOut) }
        if resumeAnswer(timedOut) { return nil }
        guard position < bytes.count else { return nil }
        let first = bytes[position]
        if first == 0x1B { return escape(timedOut) }
        if first < 0x80 {
            position += 1
            return .character(Unicode.Scalar(first))
        }
        return character(timedOut)
    }

    // MARK: - Text

    private mutating func character(_ timedOut: Bool) -> Key? {
        switch UTF8Scalar.decode(bytes[position...]) {
        case .scalar(let scalar, let length):
            position += length
            return .character(KeyDecoder.allowed(scalar))
        case .incomplete:
            guard timedOut else { return nil }
            position = bytes.count
            return .character("\u{FFFD}")
        case .invalid(let length):
            position += length
            return .character("\u{FFFD}")
        }
    }

    /// What is typed: C1 controls are our key codes, and the last scalars of the private use planes stand for folded pastes.
    static func allowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        (0x80..<0xA0).contains(scalar.value) || FoldedPastes.isPlaceholder(scalar) ? "\u{FFFD}" : scalar
    }

    // MARK: - Paste

    private static let pasteEnd: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]  // CSI 201 ~

    private mutating func paste(_ timedOut: Bool) -> Key? {
        var index = max(pasteScan, position)
        pasteScan = bytes.count
        while let escape = bytes[index...].firstIndex(of: 0x1B) {
            let rest = bytes[escape...]
            if rest.starts(with: KeyDecoder.pasteEnd) {
                let text = bytes[position..<escape]
                defer {
                    position = escape + KeyDecoder.pasteEnd.count
                    (isPasting, pasteScan, pasteEndedWithReturn) = (false, 0, false)
                }
                return .paste(cleaned(text))
            }
            if KeyDecoder.pasteEnd.starts(with: rest) {
                pasteScan = escape
                break
            }
            index = escape + 1
        }
        // A Ctrl-C of its own is the way out of a paste whose end got lost.
        if timedOut, bytes[position...] == [0x03] {
            (isPasting, pasteScan, pasteEndedWithReturn) = (false, 0, false)
            position += 1
            return .character("\u{03}")
        }
        // A paste that stops for a while, or is very large, is handed on in parts, and goes on being a paste: nothing of it is
        // lost, and nothing of it runs.
        guard timedOut || bytes.count - position > pasteLimit else { return nil }
        let cut = UTF8Scalar.boundary(in: bytes, before: pasteScan)
        guard cut > position else { return nil }
        defer { position = cut }
        return .paste(cleaned(bytes[position..<cut]))
    }

    /// CR and CRLF become LF, and what is no UTF-8 U+FFFD; all else stays, and is text: only keys are commands.
    private mutating func cleaned(_ bytes: ArraySlice<UInt8>) -> [Unicode.Scalar] {
        var text: [Unicode.Scalar] = []
        text.reserveCapacity(bytes.count)
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            defer { pasteEndedWithReturn = scalar == "\r" }
            switch scalar {
            case "\r": text.append("\n")
            case "\n" where pasteEndedWithReturn: break
            default: text.append(scalar)
            }
        }
        return text
    }

    // MARK: - Sequences

    /// Takes bytes for a key whose sequence, if it was one, didn't go on.
    private mutating func giveUp(_ count: Int, as key: Key) -> Key {
        if awaitsAnswer { givenUp = Array(bytes[position..<(position + count)]) }
        position += count
        return key
    }

    private mutating func escape(_ timedOut: Bool) -> Key? {
        guard position + 1 < bytes.count else {
            guard timedOut else { return nil }
            return giveUp(1, as: .code(.escape))
        }
        let second = bytes[position + 1]
        switch second {
        case 0x5B: return controlSequence(timedOut)  // [
        case 0x4F: return singleShift(timedOut)  // O
        case 0x5D where isAtBackground: return background(timedOut)
        case 0x50, 0x58, 0x5D, 0x5E, 0x5F: return string(timedOut)  // DCS, SOS, OSC, PM, APC
        case 0x0A, 0x0D:
            position += 2
            return .code(.newline)
        case 0x7F, 0x08:
            position += 2
            return .code(.wordBackspace)
        case 0x1B, 0x80...:  // two Escs; Esc before a letter beyond ASCII, which is kept
            position += 1
            return .code(.escape)
        default:
            position += 2
            return .alt(Unicode.Scalar(second))
        }
    }

    /// SS3, with parameters as some terminals put them there too.
    private mutating func singleShift(_ timedOut: Bool) -> Key? {
        var index = position + 2
        while index < bytes.count, (0x30..<0x3C).contains(bytes[index]), index - position < 16 { index += 1 }
        guard index < bytes.count else {
            guard timedOut else { return nil }
            defer { position = bytes.count }
            return bytes.count - position == 2 ? .alt("O") : .ignored
        }
        let parameters = bytes[(position + 2)..<index]
        let final = bytes[index]
        guard (0x40..<0x7F).contains(final) else {
            // Broken off: the byte begins something else.
            defer { position = index }
            return parameters.isEmpty ? .alt("O") : .ignored
        }
        position = index + 1
        return final == 0x4D ? .character("\r") : KeySequence(parameters: parameters, final: final).key
    }

    /// A terminal's answer; swallowed up to BEL or ST, or to what breaks it off.
    private mutating func string(_ timedOut: Bool) -> Key? {
        // Alt with one of these letters looks the same.
        if timedOut, bytes.count - position == 2 {
            return giveUp(2, as: .alt(Unicode.Scalar(bytes[position + 1])))
        }
        guard let end = endOfString(from: position + 2) else {
            guard timedOut || bytes.count - position > KeyDecoder.sequenceLimit else { return nil }
            return begin(.string)
        }
        position = end
        return .ignored
    }

    private func endOfString(from start: Int) -> Int? {
        for index in start..<max(bytes.count, start) {
            // CAN and SUB (ECMA-48 §8.3.6), and Ctrl-C, the way out for who pressed Alt with one of the letters.
            if [0x07, 0x18, 0x1A].contains(bytes[index]) { return index + 1 }
            if bytes[index] == 0x03 { return index }
            if bytes[index] == 0x1B, index + 1 < bytes.count, bytes[index + 1] == 0x5C { return index + 2 }
        }
        return nil
    }

    private mutating func controlSequence(_ timedOut: Bool) -> Key? {
        var index = position + 2
        while index < bytes.count, (0x20..<0x40).contains(bytes[index]) { index += 1 }
        guard index < bytes.count else {
            if timedOut, bytes.count - position == 2 { return giveUp(2, as: .alt("[")) }
            let isGivenUp = timedOut && !isAtEndOfAnswers
            guard isGivenUp || bytes.count - position > KeyDecoder.sequenceLimit else { return nil }
            return begin(.controlSequence)
        }
        let parameters = bytes[(position + 2)..<index]
        let final = bytes[index]
        if !(0x40..<0x7F).contains(final) {
            // Broken off: the byte begins something else.
            position = index
            return .ignored
        }
        // More belongs to these two: a function key of the Linux console (CSI [ A), a mouse report of X10 (CSI M and three).
        let tail = !parameters.isEmpty ? 0 : final == 0x5B ? 1 : final == 0x4D ? 3 : 0
        guard index + tail < bytes.count || timedOut else { return nil }
        position = min(index + 1 + tail, bytes.count)
        if tail > 0 { return .ignored }
        if let end = endOfAnswers(parameters: parameters, final: final) { return end }
        let key = KeySequence(parameters: parameters, final: final)
        if key.beginsPaste {
            isPasting = true
            pasteScan = position
            return paste(false)
        }
        return key.key
    }

    // MARK: - What is too long

    /// What is kept of a sequence whose end hasn't come.
    static let sequenceLimit = 4096

    /// Gives up a sequence, and swallows what still comes of it until its end or a pause.
    mutating func begin(_ kind: Skipped) -> Key {
        skipped = kind
        // The Esc of an ST that is cut in two is looked at again.
        position = bytes.last == 0x1B ? bytes.count - 1 : bytes.count
        return .ignored
    }

    private mutating func skip(_ kind: Skipped, _ timedOut: Bool) -> Key? {
        if timedOut { skipped = nil }
        guard position < bytes.count else { return nil }
        let end: Int?
        switch kind {
        case .controlSequence:
            end = bytes[position...].firstIndex { !(0x20..<0x40).contains($0) }
                .map { (0x40..<0x7F).contains(bytes[$0]) ? $0 + 1 : $0 }
        case .string: end = endOfString(from: position)
        case .answer: end = KeyDecoder.endOfAnswer(in: bytes, from: position)?.next
        }
        if end != nil { skipped = nil }
        let isCut = end == nil && !timedOut && bytes.last == 0x1B
        let next = end ?? (isCut ? bytes.count - 1 : bytes.count)
        guard next > position else { return skipped == nil ? .ignored : nil }
        position = next
        return .ignored
    }
}
