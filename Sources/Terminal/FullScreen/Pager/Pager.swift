import Glibc

/// A long text on the whole screen: to scroll, to search, to go through part by part.
///
/// Only what is seen is laid out, however long the text is. The screen is as it was before when it's gone.
package struct Pager: Sendable {
    private let document: any PagerDocument
    private let start: PagerStart
    private let terminal: Int32
    private let colors: ColorSupport
    private let kind: String

    /// - Parameters:
    ///   - document: What is shown.
    ///   - start: Where it begins.
    ///   - terminal: The terminal's descriptor, to be read and written.
    ///   - colors: The colours that are shown, 256 at most.
    package init(
        _ document: any PagerDocument, at start: PagerStart = .end, terminal: Int32 = 0,
        colors: ColorSupport = .sixteen
    ) {
        self.init(
            document, at: start, terminal: terminal, colors: colors,
            kind: getenv("TERM").map { String(cString: $0) } ?? "")
    }

    /// With the kind of terminal, as `$TERM` would say.
    init(
        _ document: any PagerDocument, at start: PagerStart, terminal: Int32, colors: ColorSupport = .sixteen,
        kind: String
    ) {
        (self.document, self.start, self.terminal, self.colors) = (document, start, terminal, colors)
        self.kind = kind
    }

    /// Shows the text until the person leaves it, or the terminal is gone or wanted back.
    ///
    /// Blocks: to be called inside ``Console/withTerminal(_:)``. No other full-screen view may be open in the process.
    ///
    /// - Parameter loan: The terminal.
    /// - Throws: ``FullScreenError`` if the terminal can't show such a view; nothing was changed then.
    package func run(with loan: TerminalLoan) throws {
        let window = try FullScreenWindow(terminal: terminal, kind: kind, colors: colors)
        var view = PagerView(document, at: start, isUTF8: TerminalEnvironment.localeIsUTF8)
        _ = window.run(&view, with: loan)
    }
}
