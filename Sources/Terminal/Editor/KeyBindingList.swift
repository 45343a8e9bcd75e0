/// A key and what it does, as libedit has it.
package struct KeyBinding: Hashable, Sendable {
    /// Where the key does that.
    package enum Mode: Hashable, Sendable {
        /// emacs mode, or vi's insert mode.
        case typing
        /// vi's command mode.
        case command
    }

    package enum Action: Hashable, Sendable {
        /// A command by its name, with what libedit itself says of it; nothing of ours.
        case command(String, help: String)
        /// Types a text (`bind -s`).
        case text(String)
    }

    /// The key's name: `Ctrl-A`, `Alt-b`, `Up`, `Ctrl-X Ctrl-E`.
    package var key: String
    package var mode: Mode
    package var action: Action
}

/// Reads what libedit's own `bind` lists, so that what is shown is what is in force, whatever bound it.
struct KeyBindingList {
    /// They do nothing of their own.
    private static let silent: Set<String> = [
        "ed-insert", "ed-digit", "ed-ignore", "ed-unassigned", "ed-sequence-lead-in", "is undefined",
    ]

    private(set) var bindings: [KeyBinding] = []

    /// - Parameters:
    ///   - listing: What `bind` prints.
    ///   - help: What `bind -l` prints: names, and under each what it does.
    ///   - isVi: Whether the second map is in use.
    init(listing: String, help: String, isVi: Bool) {
        var words: [String: String] = [:]
        var name = ""
        for line in help.split(separator: "\n") {
            if line.hasPrefix("\t") { words[name] = String(line.dropFirst()) } else { name = String(line) }
        }
        var mode: KeyBinding.Mode? = nil
        for line in listing.split(separator: "\n") {
            switch line {
            case "Standard key bindings", "Multi-character bindings": mode = .typing
            case "Alternative key bindings": mode = isVi ? .command : nil
            // The decoder knows these keys, whatever the terminal sends.
            case "Arrow key bindings": mode = nil
            default:
                guard let mode, let arrow = line.firstRange(of: "->  ") else { continue }
                let action = String(line[arrow.upperBound...])
                if KeyBindingList.silent.contains(action) { continue }
                guard let key = KeyName(notation: line[..<arrow.lowerBound])?.text else { continue }
                bindings.append(
                    KeyBinding(
                        key: key, mode: mode,
                        action: action.hasPrefix("\"")
                            ? .text(String(action.dropFirst().dropLast()))
                            : .command(action, help: words[action] ?? "")))
            }
        }
    }
}

/// What a key is called.
struct KeyName {
    let text: String

    /// Reads a key, or the first and the last of a range, in libedit's notation: `"^A"`, `"a" to "z"`, `"^[b"`.
    ///
    /// Nil for keys that no keyboard sends to libedit: steps of our own, and sequences that the decoder takes.
    init?(notation: some StringProtocol) {
        let inner = notation.dropFirst()
        guard notation.first == "\"", let end = inner.lastIndex(of: "\"") else { return nil }
        let keys = inner[..<end]
        let gap = [keys.firstRange(of: "\" to \""), keys.firstRange(of: "\"  to \"")].compactMap { $0 }.first
        let ends = gap.map { [keys[..<$0.lowerBound], keys[$0.upperBound...]] } ?? [keys[...]]
        let names = ends.compactMap { KeyName.name(of: KeyName.scalars(of: String($0))) }
        guard names.count == ends.count else { return nil }
        text = names.joined(separator: " to ")
    }

    /// The characters that a notation stands for: `^A` is a control.
    private static func scalars(of notation: String) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        var rest = notation.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            let isControl = { (value: UInt32) in (0x3F..<0x60).contains(value) || (0xC0..<0xE0).contains(value) }
            if scalar == "^", let next = rest.first, isControl(next.value) {
                rest.removeFirst()
                scalars.append(Unicode.Scalar(next.value ^ 0x40) ?? next)
            } else {
                scalars.append(scalar)
            }
        }
        return scalars
    }

    private static func name(of scalars: [Unicode.Scalar]) -> String? {
        guard scalars.first == "\u{1B}", scalars.count > 1 else {
            let names = scalars.map { name(of: $0) }
            return names.contains(nil) ? nil : names.compactMap { $0 }.joined(separator: " ")
        }
        // The decoder takes what has more than one character, and capitals are what small letters are.
        guard scalars.count == 2, !("A"..."Z").contains(scalars[1]) else { return nil }
        return name(of: scalars[1]).map { "Alt-\($0)" }
    }

    private static func name(of scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x09: return "Tab"
        case 0x0D: return "Enter"
        case 0x1B: return "Esc"
        case 0x20: return "Space"
        case 0x7F: return "Backspace"
        case 0..<0x20: return Unicode.Scalar(scalar.value + 0x40).map { "Ctrl-\($0)" }
        case 0x80..<0xA0: return KeyCode(rawValue: scalar.value)?.name
        default: return String(scalar)
        }
    }
}

extension KeyCode {
    /// What the key is called; nil for what is on no keyboard.
    fileprivate var name: String? {
        switch self {
        case .up: "Up"
        case .down: "Down"
        case .left: "Left"
        case .right: "Right"
        case .home: "Home"
        case .end: "End"
        case .delete: "Delete"
        case .pageUp: "Page-Up"
        case .pageDown: "Page-Down"
        case .newline: "Alt-Enter"
        case .backTab: "Shift-Tab"
        case .escape: "Esc"
        case .wordLeft: "Ctrl-Left"
        case .wordRight: "Ctrl-Right"
        case .wordBackspace: "Alt-Backspace"
        case .wordDelete: "Ctrl-Delete"
        case .paste, .setMark, .moveToTarget, .killRegion, .operatorLeft, .operatorRight, .insertMode, .commandMode,
            .changeLine, .deleteLine, .startOver, .modeProbe:
            nil
        }
    }
}
