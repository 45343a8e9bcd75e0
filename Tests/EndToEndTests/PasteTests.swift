import TestSupport
import Testing

@Suite("Pastes", .serialized, .timeLimit(.minutes(3)))
struct PasteTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["One.", "Two.", "Three."])
        home = try Home(server)
    }

    /// Every control, C1 controls, what stands for folded pastes, what hides.
    private static let nasty =
        String(String.UnicodeScalarView((0..<0x20).filter { $0 != 0x0D }.compactMap { Unicode.Scalar($0) }))
        + "\u{7F}" + String(String.UnicodeScalarView((0x80..<0xA0).compactMap { Unicode.Scalar($0) }))
        + "\u{10FF00}\u{10FFFD}\u{202E}\u{E0041}\u{FEFF}\u{1B}]0;title\u{7}\u{1B}[2J\u{9B}31m x"

    @Test("a paste is sent byte for byte, whatever it holds, and acts on nothing", arguments: WindowSize.both)
    func fidelity(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let plain = String(Self.nasty.unicodeScalars.filter { $0.value < 0x10FF00 }.map(Character.init))
        for (number, text) in [Self.nasty, plain].enumerated() {
            banter.paste(text)
            banter.type("!\r")
            try await banter.showsPrompt(after: number == 0 ? "One." : "Two.")
            #expect(server.chats.last?.conversation.last == "user: \(text)!")
        }
        #expect(banter.terminal.screen.bells == 0)
        try await banter.leave()
    }

    @Test(
        "neither does it when it is killed and yanked, undone, or recalled, in the next run too",
        arguments: WindowSize.both)
    func everywhere(in window: WindowSize) async throws {
        let nul = "a\u{0}\u{1B}[31m\u{80}\u{8B}\u{9F}b"
        let banter = try await home.prompt(in: window)
        banter.paste(nul)
        banter.type("\u{1}\u{B}\u{19}\u{19}\u{1F}\u{1F}\u{1F}\r")
        try await banter.showsPrompt(after: "One.")
        #expect(server.chats.last?.conversation.last == "user: \(nul)")
        banter.paste(nul)
        banter.type("\u{1}\u{B}\u{19}\u{19}\r")
        try await banter.showsPrompt(after: "Two.")
        #expect(server.chats.last?.conversation.last == "user: \(nul)\(nul)")
        try await banter.leave()
        let second = try await home.prompt(in: window)
        second.type("\u{1B}[A?\r")
        try await second.showsPrompt(after: "Three.")
        #expect(server.chats.last?.conversation.last == "user: \(nul)\(nul)?")
        try await second.leave()
    }

    @Test("what is folded and killed in one entry is yanked whole in the next", arguments: WindowSize.both)
    func yankedLater(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let (first, second) = ((1...40).map { "f\($0)" }, (1...50).map { "s\($0)" })
        banter.paste(first.joined(separator: "\n"))
        try await banter.type("", shows: "[pasted 40 lines]")
        banter.type("\u{15}x\r")
        try await banter.showsPrompt(after: "One.")
        banter.paste(second.joined(separator: "\n"))
        try await banter.type("\u{19}", shows: "[pasted 50 lines][pasted 40 lines]")
        banter.type("\r")
        try await banter.showsPrompt(after: "Two.")
        #expect(
            server.chats.last?.conversation.last
                == "user: " + second.joined(separator: "\n") + first.joined(separator: "\n"))
        // In full in the history, too.
        try await banter.type("\u{1B}[A\r", shows: "")
        try await banter.showsPrompt(after: "Three.")
        #expect(server.chats.last?.conversation.last == server.chats.dropLast().last?.conversation.last)
        try await banter.leave()
    }

    @Test("a tab doesn't complete and a line end doesn't send; CR and CRLF become LF", arguments: WindowSize.both)
    func inert(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.paste("/he\t\r/quit\r\nend\n")
        banter.type("\r")
        try await banter.terminal.wait {
            $0.containsWrapped("There is no command /he.") && $0.lines[$0.cursor.row] == "›"
        }
        banter.paste("x\t\r/quit\r\nend\n")
        banter.type("\r")
        try await banter.showsPrompt(after: "One.")
        #expect(server.chats.map(\.conversation) == [["user: x\t\n/quit\nend\n"]])
        try await banter.leave()
    }

    @Test("characters that can't be seen are counted and said", arguments: WindowSize.both)
    func hidden(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        banter.paste("a" + String(repeating: "\u{E0041}", count: 9) + "b" + String(repeating: "\u{202E}", count: 5))
        try await banter.terminal.wait {
            $0.containsWrapped(
                "The paste holds 14 characters that can't be seen (9 tags, 5 bidirectional controls); they are shown as <U+…>."
            )
        }
        try await banter.terminal.wait { $0.containsWrapped("<U+202E><U+202E>") }
        banter.type("\u{3}")
        try await banter.showsPrompt()
        banter.paste(String(repeating: "line\n", count: 30) + "\u{200B}")
        try await banter.terminal.wait {
            $0.containsWrapped("holds 1 character that can't be seen (1 zero-width character); it will be sent.")
        }
        try await banter.type("\u{7F}", shows: "")
        try await banter.leave()
    }

    @Test("a megabyte in ten thousand lines is folded, and sent byte for byte", arguments: WindowSize.both)
    func large(in window: WindowSize) async throws {
        let banter = try await home.prompt(in: window)
        let text = (0..<10_000).map { "\($0) " + String(repeating: "é世x", count: 17) }.joined(separator: "\n")
        #expect(text.utf8.count > 1 << 20)
        banter.paste(text)
        try await banter.type("", shows: "[pasted 10000 lines]")
        try await banter.type("\u{1B}[D\u{1B}[D?\u{5}!", shows: "?[pasted 10000 lines]!")
        banter.type("\r")
        try await banter.showsPrompt(after: "One.")
        #expect(server.chats.last?.conversation == ["user: ?\(text)!"])
        try await banter.leave()
    }
}
