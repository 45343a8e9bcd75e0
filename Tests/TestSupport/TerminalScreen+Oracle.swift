/// What no sequence tells by itself, but what a terminal must never be sent: hidden characters, a look that runs on into the next
/// line, a bell out of turn, a change to what has left the region upwards.
///
/// What is the product's own but not there is kept in ``TerminalScreen/misplaced``, anything else in
/// ``TerminalScreen/foreignSequences``.
extension TerminalScreen {
    /// Looks at a token before it takes effect.
    mutating func watch(_ token: TerminalScreenParser.Token) {
        let isHome = isJustHome
        isJustHome = false
        if isHome { watchClearing(token) }
        switch token {
        case .scalar(let scalar): watch(scalar)
        // The terminal is asked before there is a prompt that its answer could be typed into, and by no one else.
        case .controlSequence("?2004", "h"): hasPrompt = false
        case .string("]11;?"), .controlSequence("", "c"):
            if hasPrompt || !modes.contains(2004) { misplace("question") }
        case .string(TerminalScreen.paletteReset): break
        case .string(let text):
            if !text.unicodeScalars.allSatisfy(TerminalScreen.isHarmless) { foreign("string with a control") }
        // An editor may ring; nothing that it shows does.
        case .control(0x07): if !modes.contains(2004) || isBehindText { misplace("bell") }
        // In what is laid out there are none, but in what is printed as it comes.
        case .control(0x09): if modes.contains(2026) { misplace("tab") }
        default: break
        }
        if case .scalar = token { isBehindText = true } else { isBehindText = false }
        hasPrompt = hasPrompt || isBehindText && modes.contains(2004)
        // A full-screen view has no lines that are finished.
        if primary == nil { watchLines(token) }
    }

    private mutating func watch(_ scalar: Unicode.Scalar) {
        let isTag = (0xE0020...0xE007F).contains(scalar.value)
        if !(isTag && isInFlag), !TerminalScreen.isHarmless(scalar) {
            foreign("U+\(String(scalar.value, radix: 16, uppercase: true))")
        }
        isInFlag = scalar == "\u{1F3F4}" || isInFlag && isTag && scalar != "\u{E007F}"
    }

    /// Whether a scalar can be seen and leaves others where they are; said once more, so that the product's rules aren't tested
    /// against themselves.
    public static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: false  // C0, DEL, C1
        case 0x61C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: false  // bidirectional controls
        case 0x2028...0x2029: false  // separators
        case 0xAD, 0x180E, 0x200B, 0x2060...0x2065, 0x206A...0x206F, 0xFEFF, 0xFFF0...0xFFFB: false  // nothing to see
        case 0x115F, 0x1160, 0x3164, 0xFFA0: false  // fillers
        case 0xE0000...0xE0FFF: false  // tags, variation selectors of the supplement
        default: true
        }
    }

    // MARK: - Lines

    // Finished are the lines of other programs and of what is printed without an editor; those that the terminal itself has
    // wrapped for the editor, as it can't find its way back through them; and those above a mark of what is a prompt. Of the rows that
    // leave the region one by one nothing tells that they have.

    /// The line of the cursor, counted from the first of the scrollback.
    private var line: Int { scrollback.count + cursor.row }

    private mutating func watchLines(_ token: TerminalScreenParser.Token) {
        switch token {
        case .scalar:
            watchChange(at: line + (mustWrap ? 1 : 0), "text")
            if modes.isSuperset(of: [2026, 7]) { hasWrapped = true }
        case .control(0x0A):
            if style != .plain { misplace("SGR still set at the end of a line") }
            if !modes.contains(2004) { firstOpenLine = max(firstOpenLine, line + 1) }
        case .string(let text) where text.hasPrefix("]133;"): firstOpenLine = max(firstOpenLine, line)
        case .controlSequence("?7", "l") where hasWrapped:
            hasWrapped = false
            firstOpenLine = max(firstOpenLine, line + 1)
        case .controlSequence("?2026", "l"): if style != .plain { misplace("SGR still set at the end of a frame") }
        case .controlSequence("", "H"): isJustHome = true
        case .controlSequence(let count, "A"):
            watchChange(at: scrollback.count + max(cursor.row - max(Int(count) ?? 1, 1), 0), "a movement")
        case .controlSequence(_, "H"): watchChange(at: scrollback.count, "a movement")
        case .controlSequence("2", "J"): if firstOpenLine > scrollback.count { misplace("a clear screen") }
        case .controlSequence(_, "J"), .controlSequence(_, "K"), .controlSequence(_, "L"), .controlSequence(_, "M"):
            watchChange(at: line, "a change")
        default: break
        }
    }

    private mutating func watchChange(at line: Int, _ what: String) {
        if line < firstOpenLine { misplace("\(what) in line \(line), where all above \(firstOpenLine) is finished") }
    }

    private mutating func misplace(_ text: String) { if misplaced.count < 100 { misplaced.append(text) } }

    /// To the first column of the first row goes only who clears the screen.
    private mutating func watchClearing(_ token: TerminalScreenParser.Token) {
        if case .controlSequence("2", "J") = token {
            firstOpenLine = scrollback.count
        } else {
            misplace("CSI H")
        }
    }

    /// Says that rows may have moved, as the window has got another size: what is on the screen may be drawn anew.
    mutating func forgetFinishedLines() { firstOpenLine = min(firstOpenLine, scrollback.count) }
}
