import ChatSession
import TerminalMarkdown
import TestSupport

@testable import ChatRepl
@testable import Terminal

/// An answer that streams into the region above an entry, on a terminal in the test's hands.
struct StreamedScreen {
    /// What a test asks for beside the text.
    struct Setting {
        var rows = 24
        var columns = 80
        var look = TerminalLook(isUnicode: true)
    }

    private(set) var screen: TerminalScreen
    /// What was written for the prompt, before the answer.
    private(set) var prompt: [UInt8] = []
    /// All that was written since the prompt stood there.
    private(set) var bytes: [UInt8] = []
    /// The first rows that a repaint changed although they had left the region; empty if all is well.
    private(set) var touched: [String] = []
    private var renderer: RegionRenderer
    private var layout: AnswerLayout
    private var scroll = 0
    private var settled: [String] = []
    private let size: TerminalSize

    init(_ setting: Setting = Setting()) {
        size = TerminalSize(rows: setting.rows, columns: setting.columns)
        screen = TerminalScreen(rows: setting.rows, columns: setting.columns)
        renderer = RegionRenderer(size: size, colors: setting.look.colors, reflows: true)
        layout = AnswerLayout(width: setting.columns, look: setting.look)
        paint()
        prompt = bytes
        bytes = []
    }

    mutating func append(_ text: String) { append(.content(text)) }

    mutating func append(_ event: TurnEvent) { layout.append(event) }

    /// Shows what has come so far.
    mutating func paint() { draw(layout.takeFinished(), layout.openLines()) }

    mutating func finish() {
        layout.finish()
        draw(layout.takeFinished(), [])
    }

    /// A text, painted as often as `AnswerView` would if it arrived in these parts, so many characters a second.
    init(_ parts: [String], charactersPerSecond: Double, _ setting: Setting = Setting()) {
        self.init(setting)
        var (time, next) = (Duration.zero, Duration.zero)
        for part in parts {
            append(part)
            time += .seconds(Double(part.count) / charactersPerSecond)
            guard time >= next else { continue }
            paint()
            next = time + AnswerView.repaintInterval
        }
        finish()
    }

    private mutating func draw(_ finished: [StyledLine], _ open: [StyledLine]) {
        let prompt = Prompt(main: StyledLine("› ", Style(isBold: true, foreground: .green)), continuation: "… ")
        let entry = EntryLayout(Entry(), prompt: prompt, folds: FoldedPastes(), columns: size.columns)
        let frame = RegionContent(open: open, status: nil, entry: entry).frame(size: size, scroll: &scroll)
        let drawn = renderer.draw(frame, finished: finished)
        bytes += drawn
        screen.feed(drawn)
        let top = screen.scrollback.count + screen.cursor.row - frame.cursorRow
        let above = Array(screen.allLines.prefix(top))
        if !above.starts(with: settled) { touched += settled.isEmpty ? ["?"] : settled.suffix(1) }
        settled = above
    }
}
