import Glibc

/// A full-screen list to choose a row from: type to filter, Enter chooses.
///
/// The screen is as it was before when it's gone.
package struct ListPicker: Sendable {
    /// One row of the list.
    ///
    /// Its texts may come from anywhere: they are sanitised when they are shown.
    package struct Row: Sendable, Hashable {
        package var title: String
        /// What stands at the right, dim, where there is room.
        package var detail: String
        /// What typing filters on: each word that is typed must be in it, in upper or lower case.
        package var searchText: String
        /// What is shown beside the list while the row is selected, where there is room; may be empty.
        package var preview: [StyledLine]

        /// Without a `searchText`, typing filters on the title and the detail.
        package init(title: String, detail: String = "", searchText: String? = nil, preview: [StyledLine] = []) {
            (self.title, self.detail, self.preview) = (title, detail, preview)
            self.searchText = searchText ?? "\(title) \(detail)"
        }
    }

    private let view: ListPickerView
    private let terminal: Int32
    private let colors: ColorSupport
    private let kind: String

    /// - Parameters:
    ///   - title: What is chosen.
    ///   - rows: The rows in the order that they are shown in.
    ///   - terminal: The terminal's descriptor, to be read and written.
    ///   - colors: The colours that are shown, 256 at most.
    package init(title: String, rows: [Row], terminal: Int32 = 0, colors: ColorSupport = .sixteen) {
        self.init(
            title: title, rows: rows, terminal: terminal, colors: colors,
            kind: getenv("TERM").map { String(cString: $0) } ?? "")
    }

    /// With the kind of terminal, as `$TERM` would say.
    init(title: String, rows: [Row], terminal: Int32, colors: ColorSupport = .sixteen, kind: String) {
        view = ListPickerView(title: title, rows: rows, isUTF8: TerminalEnvironment.localeIsUTF8)
        (self.terminal, self.colors, self.kind) = (terminal, colors, kind)
    }

    /// Shows the list until a row is chosen, the person leaves it (Esc, Ctrl-C, Ctrl-G) or the terminal is gone.
    ///
    /// Blocks: to be called inside ``Console/withTerminal(_:)``. No other full-screen view may be open in the process.
    ///
    /// Ctrl-Z stops the job, and the list is there again when it goes on.
    ///
    /// - Parameter loan: The terminal; when it is wanted back the view ends as by Esc.
    /// - Returns: The number of the chosen row; nil if none was.
    /// - Throws: ``FullScreenError`` if the terminal can't show such a view; nothing was changed then.
    package func run(with loan: TerminalLoan) throws -> Int? {
        let window = try FullScreenWindow(terminal: terminal, kind: kind, colors: colors)
        var screen = Screen(view: view)
        return window.run(&screen, with: loan) ?? nil
    }

    private struct Screen: FullScreenView {
        let view: ListPickerView
        var state: ListPickerState
        let patience: Int32 = 100

        init(view: ListPickerView) {
            self.view = view
            state = ListPickerState(searchTexts: view.rows.map(\.searchText))
        }

        mutating func frame(in size: TerminalSize) -> FullScreenFrame {
            state.setHeight(ListPickerView.listHeight(in: size))
            return view.frame(of: state, in: size)
        }

        mutating func step(_ key: FullScreenKey) -> FullScreenStep<Int?> {
            switch state.step(key) {
            case .chosen(let row): .ends(row)
            case .left: .ends(nil)
            case nil: .goesOn
            }
        }

        mutating func advance() -> Bool { false }
    }
}
