/// A key that isn't a character, as the one code that libedit sees for it.
///
/// The values are C1 controls. They never come from text, as the decoder replaces those, so that libedit needs no escape
/// sequences at all: a bound sequence would make it wait after a lone Esc. All of them are bound in both of vi's maps.
enum KeyCode: UInt32, CaseIterable {
    case up = 0x80
    case down, left, right, home, end, delete, pageUp, pageDown
    case newline, backTab, escape, paste
    case wordLeft, wordRight, wordBackspace, wordDelete
    /// Not on any keyboard: steps that our own commands push, so that the text they kill reaches libedit's kill buffer.
    case setMark, moveToTarget, killRegion
    /// Not on any keyboard: vi's `h` and `l` behind an operator.
    case operatorLeft, operatorRight
    /// Not on any keyboard: steps of vi's commands on lines.
    case insertMode, commandMode, changeLine, deleteLine
    /// Not on any keyboard: `ed-start-over`, which ends counts, operators and vi's command mode.
    case startOver
    /// Not on any keyboard: bound to one command in vi's insert map and to another in its command map, it tells the mode.
    case modeProbe

    /// What of Unicode is set aside for them.
    static let scalars: ClosedRange<Unicode.Scalar> = "\u{80}"..."\u{9F}"
}

/// One thing that was typed.
enum Key: Equatable {
    /// Text, or a C0 control such as Ctrl-A (U+0001).
    case character(Unicode.Scalar)
    /// An ASCII character with Alt (Meta).
    case alt(Unicode.Scalar)
    case code(KeyCode)
    /// A bracketed paste, or a part of a very large one, with LF at line ends.
    case paste([Unicode.Scalar])
    /// What the terminal was asked for.
    case answer(TerminalAnswer)
    /// Recognised and of no use: a mouse report, an answer that nobody waits for.
    case ignored
}
