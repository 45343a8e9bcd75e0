import CLibEdit
import CNcurses
import Glibc

/// The whole terminal as cells, on ncurses: the alternate screen while it is there, the screen as it was afterwards.
///
/// Not Sendable on purpose: ncurses belongs to the thread that opened it, and there is one window at a time in a process.
final class FullScreenWindow {
    /// What came in while waiting.
    enum Input: Hashable {
        case key(FullScreenKey)
        /// Nothing came in that time.
        case nothing
        /// A part of what is being pasted.
        case part
        /// The terminal has hung up.
        case gone
    }

    private let window: OpaquePointer
    private let terminal: Int32
    private let colors: ColorSupport
    /// What SIGTSTP did before.
    private let stoppedByItself: Int32

    /// Takes over a terminal of a kind that `$TERM` names.
    ///
    /// - Throws: ``FullScreenError``.
    init(terminal: Int32, kind: String, colors: ColorSupport) throws {
        // ncurses cuts and encodes by the C library's character set.
        _ = TerminalEnvironment.localeIsUTF8
        guard isatty(terminal) == 1 else { throw FullScreenError.noTerminal(code: ENOTTY) }
        // newterm takes a null for $TERM, and an empty name for an error on standard error.
        guard !kind.isEmpty else { throw FullScreenError.unknownKind(kind) }
        var window: OpaquePointer?
        let code = cncurses_open(terminal, kind, colors.depth > .none ? 1 : 0, &window)
        guard let window else {
            switch Int(code) {
            case CNCURSES_UNKNOWN_KIND: throw FullScreenError.unknownKind(kind)
            case CNCURSES_UNSUITABLE_KIND: throw FullScreenError.unsuitableKind(kind)
            default: throw FullScreenError.noTerminal(code: errno)
            }
        }
        self.window = window
        self.terminal = terminal
        let count = cncurses_window_colors(window)
        let depth: ColorDepth = count >= 256 ? .palette : count > 0 ? .sixteen : .none
        self.colors = ColorSupport(depth: min(depth, colors.depth), background: colors.background)
        // SIGTSTP is the loan's to tell: a stop at once would leave the shell on the alternate screen.
        stoppedByItself = clibedit_guard_stops_by_itself(0)
        noticeSize()
    }

    deinit {
        clibedit_guard_stops_by_itself(stoppedByItself)
        cncurses_close(window)
    }

    /// The size that is drawn in; never less than one cell.
    private(set) var size = TerminalSize(rows: 1, columns: 1)

    /// Looks whether the terminal has another size: no signal tells, as SIGWINCH is the line editor's.
    private func noticeSize() {
        var (rows, columns): (Int32, Int32) = (0, 0)
        cncurses_size(window, &rows, &columns)
        let known = TerminalSize(rows: Int(rows), columns: Int(columns))
        size = known
        guard let now = TerminalEnvironment.size(of: terminal), now.rows > 0, now.columns > 0, now != known else {
            return
        }
        cncurses_resize(window, Int32(now.rows), Int32(now.columns))
        cncurses_size(window, &rows, &columns)
        size = TerminalSize(rows: Int(rows), columns: Int(columns))
    }

    /// What is being pasted, as far as it has come; nil if nothing is.
    private var paste: PastedKeys?

    /// Waits so long for a key, and follows the terminal's size.
    func read(milliseconds: Int32) -> Input {
        let code = cncurses_read_key(window, milliseconds)
        noticeSize()
        switch Int(code) {
        case CNCURSES_GONE: return .gone
        case CNCURSES_PASTE_BEGINS: paste = PastedKeys()
        case CNCURSES_PASTE_ENDS: return endPaste()
        case CNCURSES_NO_KEY: return paste?.isOver() == true ? endPaste() : .nothing
        default:
            let key = FullScreenKey(code: code)
            if paste == nil { return .key(key) }
            paste?.append(key)
        }
        return .part
    }

    private func endPaste() -> Input {
        defer { paste = nil }
        return paste.map { .key(.paste($0.text)) } ?? .nothing
    }

    /// Has the next frame drawn from scratch, should the screen have been written on.
    func redraw() { cncurses_redraw(window) }

    /// Gives the screen back for as long as something else runs.
    func leave(_ body: () -> Void) {
        cncurses_leave(window)
        body()
        redraw()
    }

    /// Draws a frame; only what has changed is sent.
    func show(_ frame: FullScreenFrame) {
        cncurses_erase(window)
        for piece in frame.pieces { draw(piece) }
        let cursor = frame.cursor
        cncurses_show(
            window, Int32(min(cursor.row, size.rows - 1)), Int32(min(cursor.column, size.columns - 1)))
    }

    private func draw(_ piece: FullScreenFrame.Piece) {
        guard (0..<size.rows).contains(piece.row) else { return }
        var column = piece.column
        for run in piece.content.runs {
            let (style, color) = run.style.inWindow(colors)
            for character in run.text {
                let width = TextWidth.width(of: character)
                if width == 0 { continue }
                guard column >= 0, column + width <= size.columns else { return }
                let scalars = character.unicodeScalars.prefix(16).map { Int32(bitPattern: $0.value) }
                cncurses_put(
                    window, Int32(piece.row), Int32(column), scalars, scalars.count, Int32(width), style, color)
                column += width
            }
        }
    }
}

/// What a full-screen view shows: rows of text at places, and the cursor.
struct FullScreenFrame: Hashable {
    struct Piece: Hashable {
        var row: Int
        var column: Int
        var content: Row
    }

    var pieces: [Piece] = []
    var cursor = Position(row: 0, column: 0)

    struct Position: Hashable {
        var row: Int
        var column: Int
    }
}

extension Style {
    /// The attributes and the colour as `cncurses_put` takes them.
    fileprivate func inWindow(_ colors: ColorSupport) -> (style: Int32, color: Int32) {
        var sum = 0
        if isBold { sum |= CNCURSES_BOLD }
        if isItalic { sum |= CNCURSES_ITALIC }
        if isUnderlined { sum |= CNCURSES_UNDERLINED }
        if isReversed { sum |= CNCURSES_REVERSED }
        let dim = isDim && foreground == nil ? colors.dim : nil
        if isDim, dim == nil { sum |= CNCURSES_DIM }
        return (Int32(sum), (foreground ?? dim)?.inWindow(colors) ?? 0)
    }
}

extension Color {
    fileprivate func inWindow(_ colors: ColorSupport) -> Int32 {
        if colors.depth >= .palette, palette > 0 { return Int32(palette) + 1 }
        return sixteen == 0 ? 0 : Int32(sixteen) - (sixteen < 90 ? 30 - 1 : 90 - 9)
    }
}
