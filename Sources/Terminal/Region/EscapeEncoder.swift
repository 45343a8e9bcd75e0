/// The bytes that go to the terminal: the one place where escape sequences are made (ECMA-48, xterm's ctlseqs).
///
/// Text gets in as ``StyledText``, which is sanitised, and styles as ``Style``; nothing else can.
struct EscapeEncoder {
    private(set) var bytes: [UInt8] = []
    private let colors: ColorSupport

    init(colors: ColorSupport) { self.colors = colors }

    private mutating func control(_ sequence: StaticString) {
        sequence.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func control(_ parameter: Int, _ final: Unicode.Scalar) {
        // 1 is what they do without a parameter.
        bytes.append(contentsOf: (parameter == 1 ? "\u{1B}[\(final)" : "\u{1B}[\(parameter)\(final)").utf8)
    }

    // MARK: - Text

    /// A run of text where the terminal may wrap it.
    mutating func append(_ styled: StyledText) {
        withStyle(styled.style) { $0.bytes.append(contentsOf: styled.text.utf8) }
    }

    /// A mark for the terminal to find its way by (OSC 133), ended by ST.
    mutating func mark(_ mark: PromptMarks.Mark) {
        bytes.append(contentsOf: "\u{1B}]133;\(mark.rawValue)\u{1B}\\".utf8)
    }

    /// Names the window (OSC 2).
    mutating func windowTitle(_ title: StyledText) {
        bytes.append(contentsOf: "\u{1B}]2;\(title.text)\u{1B}\\".utf8)
    }

    /// Puts a text into the clipboard (OSC 52); in base64 nothing of it can act on the terminal.
    mutating func clipboard(_ text: String) {
        control("\u{1B}]52;c;")
        bytes.append(contentsOf: Base64.encode(Array(text.utf8)))
        control("\u{1B}\\")
    }

    /// What changes in a row of the region.
    ///
    /// The cursor is where it begins, autowrap off.
    mutating func change(_ change: RowChange) {
        if change.clearsRow { control("\u{1B}[2K") }
        var column = change.column
        for run in change.runs { appendFixed(run, column: &column) }
        if change.clearsRest { control("\u{1B}[K") }
    }

    /// A run whose every character is kept in its column, also where the terminal thinks otherwise about their widths.
    private mutating func appendFixed(_ run: StyledText, column: inout Int) {
        var start = column
        withStyle(run.style) { encoder in
            if run.text.utf8.allSatisfy({ $0 < 0x80 }) {
                encoder.bytes.append(contentsOf: run.text.utf8)
                start += run.text.utf8.count
                return
            }
            for character in run.text {
                let width = TextWidth.width(of: character)
                let isUncertain = TextWidth.isUncertain(character)
                if isUncertain {
                    // A terminal that draws it narrower leaves a clean gap.
                    encoder.bytes.append(contentsOf: repeatElement(0x20, count: width))
                    encoder.control(start + 1, "G")
                }
                encoder.bytes.append(contentsOf: String(character).utf8)
                start += width
                if isUncertain { encoder.control(start + 1, "G") }
            }
        }
        column = start
    }

    private mutating func withStyle(_ style: Style, _ body: (inout EscapeEncoder) -> Void) {
        if let link = style.link { begin(link) }
        let isStyled = style.appendSelectGraphicRendition(to: &bytes, colors)
        body(&self)
        if isStyled { control("\u{1B}[0m") }
        // With every run, so that whatever ends the line can't leave it open.
        if style.link != nil { control("\u{1B}]8;;\u{1B}\\") }
    }

    /// Makes what follows a link (OSC 8).
    private mutating func begin(_ link: Hyperlink) {
        bytes.append(contentsOf: "\u{1B}]8;id=\(link.id);\(link.target)\u{1B}\\".utf8)
    }

    // MARK: - The cursor

    mutating func saveCursor() { control("\u{1B}7") }
    mutating func restoreCursor() { control("\u{1B}8") }
    mutating func newLine() { control("\r\n") }
    mutating func lineFeed() { control("\n") }
    mutating func returnToFirstColumn() { control("\r") }
    mutating func up(_ rows: Int) { if rows > 0 { control(rows, "A") } }
    mutating func down(_ rows: Int) { if rows > 0 { control(rows, "B") } }

    /// Moves within the row, columns counted from 0.
    mutating func column(_ column: Int) { column == 0 ? returnToFirstColumn() : control(column + 1, "G") }

    // MARK: - The screen

    mutating func eraseBelow() { control("\u{1B}[J") }

    /// Erases this row and all below.
    ///
    /// Not with a bare ED from the first column: at the top of the screen tmux takes that for a clear screen, and pushes all of
    /// it into its history.
    mutating func eraseFromThisRow() { control("\r\u{1B}7\u{1B}[2K\u{1B}[B\u{1B}[J\u{1B}8") }

    /// Takes rows away from the cursor's on; those below move up.
    mutating func deleteLines(_ count: Int) { control(count, "M") }

    /// Puts empty rows before the cursor's; that and those below move down, out of the screen at its end.
    mutating func insertLines(_ count: Int) { control(count, "L") }

    mutating func clearScreen() { control("\u{1B}[H\u{1B}[2J") }
    mutating func bell() { control("\u{7}") }

    /// Makes a frame of all that is there: synchronized output, cursor hidden, autowrap off, so that what a terminal draws wider than
    /// we think is clipped and never spills into the next row.
    mutating func frame() {
        let content = bytes
        bytes = []
        control("\u{1B}[?2026h\u{1B}[?25;7l")
        bytes += content
        control("\u{1B}[?25;7h\u{1B}[?2026l")
    }

    mutating func setAutowrap(_ on: Bool) { on ? control("\u{1B}[?7h") : control("\u{1B}[?7l") }

    /// Bytes made elsewhere from constants: the modes that are entered and left.
    mutating func modes(_ sequence: StaticString) { control(sequence) }
}
