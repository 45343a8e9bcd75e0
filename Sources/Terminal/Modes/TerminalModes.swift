/// The modes that the line editor enters, each with the way back.
struct TerminalModes {
    /// Whether the terminal knows xterm's extensions; the consoles take some of their sequences for others.
    private let isExtended: Bool

    /// - Parameter kind: The value of `$TERM`.
    init(kind: String) { isExtended = !["linux", "cons25"].contains(kind) && !kind.hasPrefix("vt") }

    /// Bracketed paste, and keys such as Shift-Enter told apart: modifyOtherKeys 1 (xterm), flag 1 (kitty).
    var enter: [UInt8] { Array((isExtended ? "\u{1B}[?2004h\u{1B}[>4;1m\u{1B}[>1u" : "\u{1B}[?2004h").utf8) }

    var leave: [UInt8] { Array(leaving.utf8) }

    private var leaving: String {
        isExtended ? "\u{1B}[<u\u{1B}[>4;0m\u{1B}[0 q\u{1B}[?2004l" : "\u{1B}[?2004l"
    }

    /// What a dying process writes, in whatever state the screen is: the frame ended, the cursor shown, the region cut off.
    var reset: String { "\u{1B}[?2026l\u{1B}[?7h\u{1B}[?25h\u{1B}[0m\(leaving)\r\u{1B}[J" }

    /// A block in vi's command mode, a bar where text is inserted (DECSCUSR).
    func cursor(isCommandMode: Bool) -> [UInt8] {
        isExtended ? Array((isCommandMode ? "\u{1B}[2 q" : "\u{1B}[6 q").utf8) : []
    }
}
