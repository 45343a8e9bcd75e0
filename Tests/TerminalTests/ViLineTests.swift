import TestSupport
import Testing

@testable import Terminal

extension ConsoleTests {
    @Suite("vi's commands on lines", .timeLimit(.minutes(1)))
    struct ViLineTests {
        @Test(
            "mean the lines of the entry, not all of it",
            arguments: [
                ("dd", "one\nthree"), ("0dd", "one\nthree"), ("2dd", "one"), ("jdd", "one\ntwo"), ("kdd", "two\nthree"),
                ("9dd", "one"), ("ccnew", "one\nnew\nthree"), ("Snew", "one\nnew\nthree"),
                ("Aend", "one\ntwoend\nthree"), ("Istart", "one\nstarttwo\nthree"), ("onew", "one\ntwo\nnew\nthree"),
                ("Onew", "one\nnew\ntwo\nthree"), ("0D", "one\n\nthree"), ("0lCx", "one\ntx\nthree"),
                ("$x", "one\ntw\nthree"), ("^x", "one\nwo\nthree"), ("ddu", "one\ntwo\nthree"),
                ("kddddddi!", "!"), ("fodd", "one\nthree"), ("jSnew", "one\ntwo\nnew"), ("j0lCx", "one\ntwo\ntx"),
                ("j0lD", "one\ntwo\nt"), ("jddAx", "one\ntwox"),
                ("ddix", "one\nxthree"), ("jonew", "one\ntwo\nthree\nnew"), ("kOnew", "new\none\ntwo\nthree"),
                ("jAx", "one\ntwo\nthreex"),
            ])
        func lines(keys: String, entry: String) async throws {
            let console = try await EditorOnTerminal { $0.keyBindings = .vi }
            console.terminal.write("one\ntwo\nthree\u{1B}k\(keys)\r")
            let event = await console.next()
            #expect(event == .line(entry), "\(event.debugDescription)")
            await console.editor.stop()
        }
    }
}
