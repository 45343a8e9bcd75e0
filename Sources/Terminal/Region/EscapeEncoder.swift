/// The bytes that go to the terminal: the one place where escape sequences are made (ECMA-48, xterm's ctlseqs).
///
/// Text gets in as ``StyledText``, which is sanitised, and styles as ``Style``; nothing else can.
struct EscapeEncoder {
    private(set) var bytes: [UInt8] = []
    private let colors: Bool

    init(colors: Bool) { self.colors = colors }

    private mutating func control(_ sequence: StaticString) {
        sequence.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func control(_ parameter: Int, _ final: Unicode.Scalar) {
        bytes.append(contentsOf: "\u{1B}[\(parameter)\(final)".utf8)
    }

    // MARK: - Text

    /// A run of text where the terminal may wrap it.
    mutating func append(_ styled: StyledText) {
        withStyle(styled.style) { $0.bytes.append(contentsOf: styled.text.utf8) }
    }

    /// A line of the scrollback: the terminal wraps it, so that it re-wraps it too, and copies it as one line.
    mutating func line(_ line: StyledLine, marks: inout PromptMarks) {
        for mark in marks.before(line) { self.mark(mark) }
        let promptRuns = marks.promptRuns(of: line)
        for (index, run) in line.runs.enumerated() {
            if index == promptRuns { mark(.entryStart) }
            append(run)
        }
        if let promptRuns, promptRuns >= line.runs.count { mark(.entryStart) }
        newLine()
        for mark in marks.after(line) { self.mark(mark) }
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

    /// A row of the region, which replaces what stood there.
    ///
    /// The cursor is in the first column, autowrap off.
    mutating func row(_ row: Row, columns: Int) {
        // Behind the last column there is nothing to clear, and the cursor would still be on it.
        if row.width >= columns { control("\u{1B}[2K") }
        var column = 0
        for run in row.runs { appendFixed(run, column: &column) }
        if row.width < columns { control("\u{1B}[K") }
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
        let parameters = style.selectGraphicRendition(colors: colors)
        if !parameters.isEmpty { bytes.append(contentsOf: "\u{1B}[\(parameters)m".utf8) }
        body(&self)
        if !parameters.isEmpty { control("\u{1B}[0m") }
    }

    // MARK: - The cursor

    mutating func newLine() { control("\r\n") }
    mutating func lineFeed() { control("\n") }
    mutating func returnToFirstColumn() { control("\r") }
    mutating func up(_ rows: Int) { if rows > 0 { control(rows, "A") } }
    mutating func down(_ rows: Int) { if rows > 0 { control(rows, "B") } }
    mutating func right(_ columns: Int) { if columns > 0 { control(columns, "C") } }

    // MARK: - The screen

    mutating func eraseBelow() { control("\u{1B}[J") }

    /// Erases this row and all below.
    ///
    /// Not with a bare ED from the first column: at the top of the screen tmux takes that for a clear screen, and pushes all of
    /// it into its history.
    mutating func eraseFromThisRow() { control("\r\u{1B}7\u{1B}[2K\u{1B}[B\u{1B}[J\u{1B}8") }

    mutating func clearScreen() { control("\u{1B}[H\u{1B}[2J") }
    mutating func bell() { control("\u{7}") }

    /// Begins a frame: synchronized output, cursor hidden, autowrap off, so that what a terminal draws wider than we think is
    /// clipped and never spills into the next row.
    mutating func beginFrame() { control("\u{1B}[?2026h\u{1B}[?25l\u{1B}[?7l") }
    mutating func endFrame() { control("\u{1B}[?7h\u{1B}[?25h\u{1B}[?2026l") }
    mutating func setAutowrap(_ on: Bool) { on ? control("\u{1B}[?7h") : control("\u{1B}[?7l") }

    /// Bytes made elsewhere from constants: the modes that are entered and left.
    mutating func modes(_ sequence: StaticString) { control(sequence) }
}
