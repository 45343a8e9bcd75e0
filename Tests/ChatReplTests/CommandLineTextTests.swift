import Testing

@testable import ChatRepl

@Suite("What a typed line is")
struct CommandLineTextTests {
    @Test(
        "a slash and a name are a command, two slashes a message with one, all else a message",
        arguments: [
            ("hello", .message("hello")),
            ("", .message("")),
            (" /help", .message(" /help")),
            ("/help", .command(name: "help", arguments: "")),
            ("/help  model ", .command(name: "help", arguments: "model")),
            ("/system You are\n  terse.\n", .command(name: "system", arguments: "You are\n  terse.")),
            ("/", .command(name: "", arguments: "")),
            ("/ help", .command(name: "", arguments: "help")),
            ("//help", .message("/help")),
            ("//", .message("/")),
            ("///x", .message("//x")),
            ("/usr/bin is a directory", .message("/usr/bin is a directory")),
            ("/model openrouter/some/model", .command(name: "model", arguments: "openrouter/some/model")),
            ("/rename Tee 🍵 und é", .command(name: "rename", arguments: "Tee 🍵 und é")),
            ("/nosuch", .command(name: "nosuch", arguments: "")),
        ] as [(String, CommandLineText)])
    func kinds(line: String, expected: CommandLineText) {
        #expect(CommandLineText(line) == expected)
    }

    @Test("leaving is asked for by /quit and its other names only")
    func quit() {
        for line in ["/quit", "/exit", "/q", "/quit now"] { #expect(CommandLineText(line).isQuit, "\(line)") }
        for line in ["quit", "//quit", "/quitter", "/help quit"] { #expect(!CommandLineText(line).isQuit, "\(line)") }
    }
}
