/// A control sequence that a key sends: CSI, parameters, a final byte.
struct KeySequence {
    private var parameters: [Int] = []
    private let final: UInt8
    private let isPrivate: Bool

    init(parameters: ArraySlice<UInt8> = [], final: UInt8) {
        self.final = final
        isPrivate = parameters.first.map { (0x3C..<0x40).contains($0) } ?? false
        if parameters.isEmpty { return }
        // Of `97:65` only the first number matters, the key itself.
        self.parameters = parameters.split(separator: 0x3B, omittingEmptySubsequences: false).map { field in
            field.prefix { (0x30...0x39).contains($0) }.reduce(0) { min($0 * 10 + Int($1 - 0x30), 1 << 24) }
        }
    }

    /// Bracketed paste begins: CSI 200 ~.
    var beginsPaste: Bool { final == 0x7E && parameters.first == 200 && !isPrivate }

    private var modifiers: Modifiers { Modifiers(parameter: parameters.count > 1 ? parameters[1] : 1) }

    private struct Modifiers {
        let hasShift: Bool
        let hasAlt: Bool
        let hasControl: Bool
        /// Super, hyper or meta, of which no key of ours knows.
        let hasOthers: Bool

        /// One more than the sum of shift 1, alt 2, control 4, super 8, hyper 16, meta 32; the locks above that don't matter.
        init(parameter: Int) {
            let bits = max(parameter, 1) - 1
            hasShift = bits & 1 != 0
            hasAlt = bits & 2 != 0
            hasControl = bits & 4 != 0
            hasOthers = bits & 0x38 != 0
        }

        var movesByWord: Bool { hasAlt || hasControl }
    }

    /// The key; ``Key/ignored`` for a sequence that no key of ours sends.
    var key: Key {
        if isPrivate { return .ignored }
        switch final {
        case 0x41: return .code(.up)  // A
        case 0x42: return .code(.down)
        case 0x43: return .code(modifiers.movesByWord ? .wordRight : .right)
        case 0x44: return .code(modifiers.movesByWord ? .wordLeft : .left)
        case 0x48: return .code(.home)  // H
        case 0x46: return .code(.end)  // F
        case 0x5A: return .code(.backTab)  // Z
        case 0x75: return KeySequence.key(parameters.first ?? 0, modifiers)  // u
        case 0x7E: return tilde
        default: return .ignored
        }
    }

    private var tilde: Key {
        switch parameters.first {
        case 1, 7: .code(.home)
        case 4, 8: .code(.end)
        case 3: .code(modifiers.movesByWord ? .wordDelete : .delete)
        case 5: .code(.pageUp)
        case 6: .code(.pageDown)
        // modifyOtherKeys: CSI 27 ; modifiers ; character ~
        case 27: KeySequence.key(parameters.count > 2 ? parameters[2] : 0, modifiers)
        default: .ignored
        }
    }

    /// A character with modifiers, as CSI u and modifyOtherKeys send it.
    private static func key(_ code: Int, _ modifiers: Modifiers) -> Key {
        if modifiers.hasOthers { return .ignored }
        switch code {
        case 13, 57414:  // Enter, and that of the number pad
            return modifiers.hasShift || modifiers.hasAlt || modifiers.hasControl ? .code(.newline) : .character("\r")
        case 9: return modifiers.hasShift ? .code(.backTab) : .character("\t")
        case 27: return .code(.escape)
        case 8, 127: return modifiers.movesByWord ? .code(.wordBackspace) : .character("\u{7F}")
        case 32..<127: return ascii(UInt8(code), modifiers)
        default:
            // The private use area holds keys without a character, such as F13 and the volume.
            guard code >= 0xA0, !(0xE000..<0xF900).contains(code), let scalar = Unicode.Scalar(UInt32(code)) else {
                return .ignored
            }
            return .character(KeyDecoder.allowed(scalar))
        }
    }

    private static func ascii(_ code: UInt8, _ modifiers: Modifiers) -> Key {
        var code = code
        if modifiers.hasControl {
            switch code {
            case 0x3F: code = 0x7F
            case 0x5B: return .code(.escape)
            case 0x20, 0x40..<0x7F: code &= 0x1F
            // There is no such control: `;` would become Esc.
            default: return .ignored
            }
        } else if modifiers.hasShift, (0x61...0x7A).contains(code) {
            code -= 0x20
        }
        return modifiers.hasAlt ? .alt(Unicode.Scalar(code)) : .character(Unicode.Scalar(code))
    }
}
