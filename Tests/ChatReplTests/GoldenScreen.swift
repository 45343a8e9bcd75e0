import ChatSession

@testable import ChatRepl
@testable import Terminal

/// An answer on a terminal of one size and kind, whose bytes are kept in `Fixtures/golden`.
struct GoldenScreen: Sendable {
    let name: String
    let setting: StreamedScreen.Setting
    let events: [TurnEvent]
    /// Whether the answer is still under way.
    let isOpen: Bool

    init(
        _ name: String, _ look: TerminalLook, rows: Int = 24, columns: Int = 80, open isOpen: Bool = false,
        _ events: TurnEvent...
    ) {
        self.name = name
        setting = StreamedScreen.Setting(rows: rows, columns: columns, look: look)
        self.events = events
        self.isOpen = isOpen
    }

    /// What is written to the terminal, from the prompt on.
    var bytes: [UInt8] {
        var screen = StreamedScreen(setting)
        for event in events { screen.append(event) }
        if isOpen { screen.paint() } else { screen.finish() }
        return screen.prompt + screen.bytes
    }

    static let dark = TerminalLook(isUnicode: true, colors: ColorSupport(depth: .trueColor, background: .dark))
    static let light = TerminalLook(isUnicode: true, colors: ColorSupport(depth: .trueColor, background: .light))
    static let dark256 = TerminalLook(isUnicode: true, colors: ColorSupport(depth: .palette, background: .dark))
    static let light256 = TerminalLook(isUnicode: true, colors: ColorSupport(depth: .palette, background: .light))
    static let sixteen = TerminalLook(isUnicode: true, colors: .sixteen)
    static let noColor = TerminalLook(isUnicode: true, colors: .none)
    static let ascii = TerminalLook(isUnicode: false, colors: .none)
    static let calm = changed(noColor) { $0.isCalm = true }

    static func changed(_ look: TerminalLook, _ change: (inout TerminalLook) -> Void) -> TerminalLook {
        var look = look
        change(&look)
        return look
    }

    static let all: [GoldenScreen] =
        [
            GoldenScreen("tour-dark", dark, .content(tour)),
            GoldenScreen("tour-light", light, .content(tour)),
            GoldenScreen("tour-dark-256", dark256, .content(tour)),
            GoldenScreen("tour-light-256", light256, .content(tour)),
            GoldenScreen("tour-16", sixteen, .content(tour)),
            GoldenScreen("tour-no-color", noColor, .content(tour)),
            GoldenScreen("tour-ascii", ascii, .content(tour)),
            GoldenScreen("tour-calm", calm, .content(tour)),
            GoldenScreen("tour-dark-100", dark, columns: 100, .content(tour)),
            GoldenScreen("tour-dark-40", dark, columns: 40, .content(tour)),
            GoldenScreen("tour-light-40", light, columns: 40, .content(tour)),
            GoldenScreen("tour-20", sixteen, columns: 20, .content(tour)),
            GoldenScreen("raw", changed(dark) { $0.showsSource = true }, .content(tour)),
        ] + blocks + text + streams
}
