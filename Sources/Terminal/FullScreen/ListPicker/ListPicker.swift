import Glibc

/// A full-screen list to choose a row from: typing filters, Enter chooses, keys that type nothing rename and delete.
///
/// Rows, previews and what a search finds may come while the list is there already. The screen is as it was before when it's gone.
package struct ListPicker: Sendable {
    /// One row of the list.
    ///
    /// Its texts may come from anywhere: they are sanitised when they are shown.
    package struct Row: Sendable, Hashable, Identifiable {
        /// What the source knows it by; no two rows have the same.
        package let id: String
        package var title: String
        /// What stands at the right, dim, where there is room.
        package var detail: String
        /// What typing filters on at once: each word that is typed must be in it, in upper or lower case.
        package var searchText: String
        /// Why it can't be chosen; nil if it can.
        package var problem: String?
        /// Whether it has a mark, as the one that is in use.
        package var isMarked: Bool

        /// Without a `searchText`, typing filters on the title and the detail.
        package init(
            id: String, title: String, detail: String = "", searchText: String? = nil, problem: String? = nil,
            isMarked: Bool = false
        ) {
            (self.id, self.title, self.detail) = (id, title, detail)
            (self.problem, self.isMarked) = (problem, isMarked)
            self.searchText = searchText ?? "\(title) \(detail)"
        }
    }

    private let title: String
    private let source: any ListPickerSource
    private let terminal: Int32
    private let colors: ColorSupport
    private let kind: String

    /// - Parameters:
    ///   - title: What is chosen.
    ///   - source: Where the rows come from.
    ///   - terminal: The terminal's descriptor, to be read and written.
    ///   - colors: The colours that are shown, 256 at most.
    package init(
        title: String, source: any ListPickerSource, terminal: Int32 = 0, colors: ColorSupport = .sixteen
    ) {
        self.init(
            title: title, source: source, terminal: terminal, colors: colors,
            kind: getenv("TERM").map { String(cString: $0) } ?? "")
    }

    /// With the kind of terminal, as `$TERM` would say.
    init(
        title: String, source: any ListPickerSource, terminal: Int32, colors: ColorSupport = .sixteen, kind: String
    ) {
        (self.title, self.source) = (title, source)
        (self.terminal, self.colors, self.kind) = (terminal, colors, kind)
    }

    /// Shows the list until a row is chosen, the person leaves it (Esc, Ctrl-C, Ctrl-G) or the terminal is gone or wanted back.
    ///
    /// Blocks: to be called inside ``Console/withTerminal(_:)``. No other full-screen view may be open in the process.
    ///
    /// - Parameter loan: The terminal.
    /// - Returns: The id of the chosen row; nil if none was.
    /// - Throws: ``FullScreenError`` if the terminal can't show such a view; nothing was changed then.
    package func run(with loan: TerminalLoan) throws -> String? {
        let window = try FullScreenWindow(terminal: terminal, kind: kind, colors: colors)
        var screen = Screen(title: title, source: source)
        defer { source.search("", screen.feed) }
        return window.run(&screen, with: loan) ?? nil
    }

    /// The state, its look and its source together.
    private struct Screen: FullScreenView {
        let view: ListPickerView
        let source: any ListPickerSource
        let feed = ListPickerFeed()
        var state: ListPickerState

        init(title: String, source: any ListPickerSource) {
            view = ListPickerView(title: title, isUTF8: TerminalEnvironment.localeIsUTF8)
            self.source = source
            state = ListPickerState(canDelete: source.canDelete)
            // Until the first frame knows.
            state.previewColumns = 0
            source.readRows(feed)
            feed.waitForFirst()
            _ = advance()
        }

        /// While something is awaited it is looked for more often.
        var patience: Int32 { state.isWaiting ? 20 : 100 }

        mutating func frame(in size: TerminalSize) -> FullScreenFrame {
            state.setHeight(view.listHeight(in: size))
            state.previewColumns = view.previewColumns(in: size)
            return view.frame(of: state, in: size)
        }

        mutating func step(_ key: FullScreenKey) -> FullScreenStep<String?> {
            let outcome = state.step(key)
            perform(state.takeRequests())
            return switch outcome {
            case .chosen(let id): .ends(id)
            case .left: .ends(nil)
            case nil: .goesOn
            }
        }

        mutating func advance() -> Bool {
            let news = feed.takeNews()
            for news in news { state.take(news) }
            state.rest()
            perform(state.takeRequests())
            return !news.isEmpty
        }

        private func perform(_ requests: [ListPickerState.Request]) {
            for request in requests {
                switch request {
                case .preview(let id, let filter):
                    source.makePreview(of: id, filter: filter, columns: state.previewColumns, feed)
                case .search(let text): source.search(text, feed)
                case .rename(let id, let title): source.rename(id, to: title, feed)
                case .delete(let id): source.delete(id, feed)
                case .restore(let id): source.restore(id, feed)
                }
            }
        }
    }
}
