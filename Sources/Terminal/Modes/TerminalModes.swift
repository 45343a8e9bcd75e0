/// The modes that the line editor enters, each with the way back.
struct TerminalModes {
    /// Whether the terminal knows xterm's extensions; the consoles take some of their sequences for others.
    private let isExtended: Bool

    /// Whether the window gets a name of ours.
    private let namesWindow: Bool

    /// - Parameters:
    ///   - kind: The value of `$TERM`.
    ///   - namesWindow: Whether the window gets a name of ours, the old one put by meanwhile.
    init(kind: String, namesWindow: Bool = false) {
        isExtended = !["linux", "cons25"].contains(kind) && !kind.hasPrefix("vt")
        self.namesWindow = namesWindow && isExtended
    }

    /// Bracketed paste, and keys such as Shift-Enter told apart: modifyOtherKeys 1 (xterm), flag 1 (kitty).
    var enter: [UInt8] {
        Array(
            ((isExtended ? "\u{1B}[?2004h\u{1B}[>4;1m\u{1B}[>1u" : "\u{1B}[?2004h")
                // XTWINOPS: the window's name is put on the terminal's stack.
                + (namesWindow ? "\u{1B}[22;2t" : "")).utf8)
    }

    /// Asks for the colour behind the text (OSC 11), and for the device attributes (DA1), which every terminal tells: behind those
    /// nothing more comes.
    static let backgroundQuestion = Array("\u{1B}]11;?\u{1B}\\\u{1B}[c".utf8)

    var leave: [UInt8] { Array(leaving.utf8) }

    private var leaving: String {
        // A terminal without such a stack is left without a name, rather than with ours.
        (namesWindow ? "\u{1B}]2;\u{1B}\\\u{1B}[23;2t" : "")
            + (isExtended ? "\u{1B}[<u\u{1B}[>4;0m\u{1B}[0 q\u{1B}[?2004l" : "\u{1B}[?2004l")
    }

    /// After another program: what one that was killed, or doesn't clean up, may have left on.
    ///
    /// The alternate screen; reports of the mouse and of the focus; keys of its own (DECCKM, DECKPAM, kitty's flags); insert
    /// mode (IRM); a scroll region (DECSTBM, which moves the cursor); the cursor hidden, autowrap off; a colour. What it has written
    /// where the region will be is erased. The cursor is saved first, as leaving the alternate screen puts it where it was saved, also for
    /// who isn't there.
    var takeBack: [UInt8] {
        isExtended
            ? Array(
                ("\u{1B}7\u{1B}[?1049l\u{1B}[?1000;1002;1003;1004;1006l\u{1B}[?1l\u{1B}>\u{1B}[=0u\u{1B}[4l\u{1B}7\u{1B}[r\u{1B}8"
                    + "\u{1B}[?25h\u{1B}[?7h\u{1B}[0m\u{1B}[J").utf8)
            : Array("\u{1B}[?25h\u{1B}[?7h\u{1B}[0m\u{1B}[J".utf8)
    }

    /// Begins a new line, but not where one has begun: blanks up to the end of a line don't leave it, and any more do.
    ///
    /// Autowrap is on. Nobody can be asked where the cursor is: the answer would come in between what is typed.
    func freshLine(columns: Int) -> [UInt8] { [UInt8](repeating: 0x20, count: columns) + [0x0D] }

    /// What a dying process writes, in whatever state the screen is: the frame ended, the cursor shown, the region cut off.
    var reset: String { "\u{1B}[?2026l\u{1B}[?7h\u{1B}[?25h\u{1B}[0m\(leaving)\r\u{1B}[J" }

    /// Names the window, no longer than a title bar is.
    func windowTitle(_ title: String) -> [UInt8] {
        if !namesWindow { return [] }
        var encoder = EscapeEncoder(colors: .none)
        encoder.windowTitle(StyledText(String(String.UnicodeScalarView(title.unicodeScalars.prefix(100)))))
        return encoder.bytes
    }

    /// A block in vi's command mode, a bar where text is inserted (DECSCUSR).
    func cursor(isCommandMode: Bool) -> [UInt8] {
        isExtended ? Array((isCommandMode ? "\u{1B}[2 q" : "\u{1B}[6 q").utf8) : []
    }
}
