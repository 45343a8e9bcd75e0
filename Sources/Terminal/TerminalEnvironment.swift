import CLibEdit
import CNcurses
import Glibc

/// What the process stands on: whether there is a terminal, and what it can do.
package struct TerminalEnvironment: Hashable, Sendable {
    /// The value of `--color`.
    package enum ColorChoice: String, Hashable, Sendable, CaseIterable {
        case auto, always, never
    }

    /// Whether standard input, output and error are terminals.
    package var inputIsTerminal: Bool
    package var outputIsTerminal: Bool
    package var errorIsTerminal: Bool
    /// The kind of terminal: `$TERM`; empty if there is none.
    package var kind: String
    /// Whether the locale asks for UTF-8, so that more than ASCII can be shown.
    package var isUTF8: Bool
    private var wantsNoColor: Bool
    private var forcesColor: Bool
    private var isXterm: Bool
    /// How many colours the terminal has, if there is one.
    private var depth: ColorDepth
    /// Whether the terminal finds its way by marks (OSC 133), as far as the environment tells.
    package private(set) var takesPromptMarks: Bool
    /// Whether links in the terminal can be clicked (OSC 8), as far as the environment tells.
    package private(set) var hasHyperlinks: Bool

    /// Whether the terminal can be asked for its background.
    package private(set) var canTellBackground: Bool
    /// What the environment says of the background (COLORFGBG): a hint, as it may be that of another terminal.
    package private(set) var likelyBackground: Background?

    /// Looks at the process's descriptors and environment, and sets the locale of the C library (setlocale(3)).
    ///
    /// To be called once, early, before there are other threads.
    package init() {
        self.init(
            environment: { getenv($0).map { String(cString: $0) } }, terminals: [0, 1, 2].map { isatty($0) == 1 },
            isUTF8: TerminalEnvironment.localeIsUTF8, terminfoColors: TerminalEnvironment.terminfoColors)
    }

    /// Sets the C library's locale, once, to UTF-8 in any case; whether the environment asked for that.
    static let localeIsUTF8 = clibedit_set_utf8_locale() == 1

    /// How many colours a kind of terminal has, by terminfo(5); -1 if it doesn't know the kind.
    static func terminfoColors(of kind: String) -> Int { Int(cncurses_colors(kind)) }

    /// - Parameters:
    ///   - environment: The value of a variable.
    ///   - terminals: Whether the descriptors 0, 1 and 2 are terminals.
    ///   - isUTF8: Whether the locale asks for UTF-8.
    ///   - terminfoColors: How many colours a kind of terminal has; negative if nobody knows the kind.
    init(environment: (String) -> String?, terminals: [Bool], isUTF8: Bool, terminfoColors: (String) -> Int) {
        (inputIsTerminal, outputIsTerminal, errorIsTerminal) = (terminals[0], terminals[1], terminals[2])
        kind = environment("TERM") ?? ""
        self.isUTF8 = isUTF8
        wantsNoColor = !(environment("NO_COLOR") ?? "").isEmpty
        forcesColor = !["", "0"].contains(environment("CLICOLOR_FORCE") ?? "")
        isXterm = environment("XTERM_VERSION") != nil
        takesPromptMarks = PromptMarkSupport.isKnown(environment)
        hasHyperlinks = HyperlinkSupport.isKnown(environment)
        canTellBackground = BackgroundSupport.isKnown(environment)
        likelyBackground = environment("COLORFGBG").flatMap(Background.init(colorFGBG:))
        depth = ColorDepth(kind: kind, environment, terminfoColors)
    }

    /// Whether there is a terminal for both directions that understands escape sequences.
    package var canEdit: Bool { inputIsTerminal && outputIsTerminal && !["", "dumb", "emacs"].contains(kind) }

    /// Whether colours go to a descriptor: the choice, else NO_COLOR (no-color.org), else CLICOLOR_FORCE (bixense.com/clicolors),
    /// else whether it is a terminal that can.
    ///
    /// - Parameters:
    ///   - choice: What `--color` says.
    ///   - descriptor: 1 or 2.
    /// - Returns: Whether to show colours.
    package func showsColors(_ choice: ColorChoice, on descriptor: Int32 = 1) -> Bool {
        switch choice {
        case .always: return true
        case .never: return false
        case .auto:
            if wantsNoColor { return false }
            if forcesColor { return true }
            return showsStyles(on: descriptor) && depth > .none
        }
    }

    /// The colours that go to a descriptor: where there are to be any, as many as the terminal has, but at least the sixteen.
    ///
    /// - Parameters:
    ///   - choice: What `--color` says.
    ///   - descriptor: 1 or 2.
    /// - Returns: How many.
    package func colorDepth(_ choice: ColorChoice, on descriptor: Int32 = 1) -> ColorDepth {
        showsColors(choice, on: descriptor) ? max(depth, .sixteen) : .none
    }

    /// Whether a descriptor, 1 or 2, leads to a terminal that understands escape sequences, such as those for bold.
    package func showsStyles(on descriptor: Int32 = 1) -> Bool {
        (descriptor == 2 ? errorIsTerminal : outputIsTerminal) && !["", "dumb"].contains(kind)
    }

    /// Whether the terminal re-wraps long lines when it gets narrower: xterm and the consoles don't.
    package var reflows: Bool { !isXterm && kind != "linux" && !kind.hasPrefix("vt") }

    /// The size of the terminal on a descriptor; nil if it doesn't say.
    package static func size(of descriptor: Int32) -> TerminalSize? {
        var (rows, columns): (Int32, Int32) = (0, 0)
        guard clibedit_window_size(descriptor, &rows, &columns) == 1 else { return nil }
        return TerminalSize(rows: Int(rows), columns: Int(columns))
    }
}

extension ColorDepth {
    /// What a kind of terminal shows, by COLORTERM (which emulators set), else by terminfo; of a kind that terminfo doesn't know,
    /// the sixteen are assumed.
    fileprivate init(kind: String, _ environment: (String) -> String?, _ terminfoColors: (String) -> Int) {
        let colors = ["", "dumb"].contains(kind) ? 0 : terminfoColors(kind)
        // GNU screen hands on what its own terminal says of itself, but can't do that itself (before version 5).
        let isScreen = kind.hasPrefix("screen") && environment("TMUX") == nil
        self =
            switch colors {
            case 0: .none
            case _ where !isScreen && ["truecolor", "24bit"].contains(environment("COLORTERM") ?? ""): .trueColor
            case (1 << 24)...: .trueColor
            case 256...: .palette
            default: .sixteen
            }
    }
}
