import Glibc
import Synchronization

/// Where the rows of a ``ListPicker`` come from, and what becomes of them.
///
/// All of it is called on the terminal's thread, so nothing may wait there: what takes a disk or a while is begun, and what comes of
/// it goes to the feed.
package protocol ListPickerSource: Sendable {
    /// Begins to read the rows, in the order in which they are shown.
    func readRows(_ feed: ListPickerFeed)
    /// Begins to make what is shown beside the list while a row is selected, in so many columns; a filter says what was found in it.
    func makePreview(of id: String, filter: String, columns: Int, _ feed: ListPickerFeed)
    /// Begins to look for a text in more than the rows show; a search before is given up. An empty text only does that.
    func search(_ text: String, _ feed: ListPickerFeed)
    func rename(_ id: String, to title: String, _ feed: ListPickerFeed)
    /// Whether rows can be deleted.
    var canDelete: Bool { get }
    func delete(_ id: String, _ feed: ListPickerFeed)
    /// Takes a deletion back.
    func restore(_ id: String, _ feed: ListPickerFeed)
}

/// What has come for a ``ListPicker`` since it looked last.
package final class ListPickerFeed: Sendable {
    enum News: Sendable, Hashable {
        case rows([ListPicker.Row])
        case rowsEnd
        case preview(of: String, filter: String, [StyledLine])
        case hits(for: String, [String])
        case searchEnd(for: String)
        case change(ListPicker.Row)
        case deletion(of: String, isDone: Bool)
        case notice(String)
    }

    private let news = Mutex<[News]>([])

    init() {}

    func takeNews() -> [News] {
        news.withLock { news in
            defer { news = [] }
            return news
        }
    }

    /// Waits for the first news, but not long enough to be noticed.
    func waitForFirst() {
        for _ in 0..<20 where news.withLock({ $0.isEmpty }) { usleep(2000) }
    }

    private func add(_ news: News) { self.news.withLock { $0.append(news) } }

    /// The next rows.
    package func add(rows: [ListPicker.Row]) { add(.rows(rows)) }
    /// There are no more rows.
    package func endRows() { add(.rowsEnd) }
    /// What is shown beside a row.
    package func set(preview: [StyledLine], of id: String, filter: String) {
        add(.preview(of: id, filter: filter, preview))
    }
    /// Rows in which a text was found.
    package func add(hits ids: [String], for text: String) { add(.hits(for: text, ids)) }
    /// The search for a text is over.
    package func endSearch(for text: String) { add(.searchEnd(for: text)) }
    /// A row is another now, as it was renamed, or wasn't after all.
    package func change(_ row: ListPicker.Row) { add(.change(row)) }
    /// How it is after all, where a deletion or taking it back has failed.
    package func setDeleted(_ isDeleted: Bool, of id: String) { add(.deletion(of: id, isDone: isDeleted)) }
    /// Has a sentence said, until the next key.
    package func say(_ sentence: String) { add(.notice(sentence)) }
}
