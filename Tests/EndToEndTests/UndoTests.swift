import TestSupport
import Testing

@Suite("Undo and redo", .serialized, .timeLimit(.minutes(3)))
struct UndoTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["One.", "Two."])
        home = try Home(server)
    }

    private static let undo = "\u{1F}"
    private static let redo = "\u{1B}/"

    @Test("Ctrl-_ and Ctrl-X Ctrl-U undo words, kills and yanks, and Alt-/ redoes them", arguments: WindowSize.both)
    func kills(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        try await banter.type("one two", shows: "one two")
        try await banter.type("\u{17}", shows: "one ")
        try await banter.type("\u{19}\u{19}", shows: "one twotwo")
        try await banter.type(Self.undo, shows: "one two")
        try await banter.type("\u{18}\u{15}", shows: "one")
        try await banter.type(Self.undo, shows: "one two")
        try await banter.type(Self.undo + Self.undo, shows: "")
        try await banter.type(Self.redo + Self.redo + Self.redo, shows: "one")
        try await banter.type(Self.redo + Self.redo + Self.redo, shows: "one twotwo")
        // A change ends what can be redone.
        try await banter.type(Self.undo + "!" + Self.redo, shows: "one two!")
        try await banter.type("\u{3}", shows: "")
        try await banter.leave()
    }

    @Test("a folded paste comes back whole", arguments: WindowSize.both)
    func pastes(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let text = (1...30).map { "line \($0)" }.joined(separator: "\n")
        banter.paste(text)
        try await banter.type("", shows: "[pasted 30 lines]")
        try await banter.type("\u{7F}", shows: "")
        try await banter.type(Self.undo, shows: "[pasted 30 lines]")
        try await banter.type(Self.undo, shows: "")
        try await banter.type(Self.redo, shows: "[pasted 30 lines]")
        banter.type("\r")
        try await banter.showsPrompt(after: "One.")
        #expect(server.chats.last?.conversation == ["user: \(text)"])
        try await banter.leave()
    }

    @Test("so do recalled entries, completions and suggestions that were taken", arguments: WindowSize.both)
    func others(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.enter("ask this")
        try await banter.showsPrompt(after: "One.")
        try await banter.type("\u{1B}[A", shows: "ask this")
        try await banter.type(Self.undo, shows: "")
        try await banter.type("as\u{5}", shows: "ask this")
        try await banter.type(Self.undo + "\u{1B}[D", shows: "as")
        try await banter.type("\u{1B}[C" + Self.redo, shows: "ask this")
        try await banter.type("\u{15}", shows: "")
        try await banter.type("/model te\t", shows: "/model test-model")
        try await banter.type(Self.undo + "\u{1B}[D", shows: "/model te")
        try await banter.type("\u{3}", shows: "")
        try await banter.leave()
    }

    @Test("in vi's command mode u undoes and U redoes", arguments: WindowSize.both)
    func vi(in window: WindowSize) async throws {
        try home.configure(#"{"editor": {"keys": "vi"}}"#)
        let banter = try await home.prompt(in: window)
        try await banter.type("one two", shows: "one two")
        banter.type("\u{1B}")
        try await banter.terminal.wait(for: "command mode") { $0.cursor.column == 8 }
        try await banter.type("0dw", shows: "two")
        try await banter.type("u", shows: "one two")
        try await banter.type("U", shows: "two")
        try await banter.type("uu", shows: "one")
        try await banter.type("\u{3}", shows: "")
        try await banter.leave()
    }
}
