/// Cuts a terminal's input into text, controls and sequences (ECMA-48 §5), byte by byte.
struct TerminalScreenParser: Sendable {
    enum Token: Sendable {
        case scalar(Unicode.Scalar)
        case control(UInt8)
        /// ESC and one or two more bytes.
        case escape(String)
        /// The bytes between CSI and the final one, and that.
        case controlSequence(String, Character)
        /// OSC, DCS, SOS, PM or APC, with what it holds.
        case string(String)
    }

    private enum State { case ground, escape, charset, controlSequence, string, stringEscape }

    private var state = State.ground
    private var collected: [UInt8] = []
    private var expected = 0

    mutating func feed(_ byte: UInt8) -> [Token] {
        switch state {
        case .ground: return ground(byte)
        case .escape: return escape(byte)
        case .charset:
            state = .ground
            collected.append(byte)
            return [.escape(text)]
        case .controlSequence:
            if (0x40..<0x7F).contains(byte) {
                state = .ground
                return [.controlSequence(text, Character(Unicode.Scalar(byte)))]
            }
            if byte < 0x20 { return [.control(byte)] }
            collected.append(byte)
            return []
        case .string:
            // The product's own end in ST.
            if byte == 0x07 { collected.append(byte) }
            if byte == 0x07 || collected.count > 1 << 16 { return endString() }
            if byte == 0x1B { state = .stringEscape } else { collected.append(byte) }
            return []
        case .stringEscape:
            if byte == 0x5C { return endString() }
            return endString() + escape(byte)
        }
    }

    private var text: String { String(decoding: collected, as: UTF8.self) }

    private mutating func endString() -> [Token] {
        state = .ground
        return [.string(text)]
    }

    private mutating func ground(_ byte: UInt8) -> [Token] {
        if expected > 0, byte & 0xC0 == 0x80 {
            collected.append(byte)
            if collected.count < expected { return [] }
            expected = 0
            return text.unicodeScalars.map { .scalar($0) }
        }
        var tokens: [Token] = expected > 0 ? [.scalar("\u{FFFD}")] : []
        expected = 0
        switch byte {
        case 0x1B: state = .escape
        case 0..<0x20, 0x7F: tokens.append(.control(byte))
        case 0x20..<0x7F: tokens.append(.scalar(Unicode.Scalar(byte)))
        case 0xC2..<0xF5:
            collected = [byte]
            expected = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        // A byte such as 9B alone is CSI for some terminals.
        case 0x80..<0xA0: tokens.append(.control(byte))
        default: tokens.append(.scalar("\u{FFFD}"))
        }
        return tokens
    }

    private mutating func escape(_ byte: UInt8) -> [Token] {
        collected = []
        switch byte {
        case 0x5B: state = .controlSequence
        case 0x50, 0x58, 0x5D, 0x5E, 0x5F:
            state = .string
            collected = [byte]
        case 0x20...0x2F:
            state = .charset
            collected = [byte]
        case 0x1B: break
        default:
            state = .ground
            collected = [byte]
            return [.escape(text)]
        }
        return []
    }
}
