import Glibc
import TestSupport
import Testing

@Suite("The person's own editor", .serialized, .timeLimit(.minutes(3)))
struct EditorHandOffTests {
    let server: LoopbackServer

    init() throws { server = try LoopbackServer.chat(replies: ["One.", "Two."]) }

    /// A home with an editor that is this script; `$file` is the file.
    private func editor(_ script: String, _ variables: [String: String] = [:]) throws -> Home {
        // Words and quotes are the shell's business.
        let command = ["EDITOR": "\"$HOME/my editor\" --flag 'two words'"]
        let home = try Home(server, command.merging(variables) { $1 })
        try home.directory.write(
            "#!/bin/sh\n[ \"$1 $2\" = '--flag two words' ] || exit 9\nfile=$3\n" + script, to: "home/my editor",
            permissions: 0o700)
        return home
    }

    @Test(
        "the entry goes to the editor and comes back, not sent; the file was private, and is gone",
        arguments: WindowSize.both, ["\u{7}", "\u{18}\u{5}"])
    func keys(in window: WindowSize, key: String) async throws {
        let home = try editor(
            """
            cp "$file" "$HOME/got"; echo "$file" >"$HOME/path"; stat -c %a "$file" "$(dirname "$file")" >"$HOME/modes"
            stty -a | grep -o ' icanon' >"$HOME/tty"; echo backup >"$file~"
            printf '%s\\n' 'edited text' second >"$file"
            """)
        let banter = try await home.prompt(in: window)
        try await banter.type("draft", shows: "draft")
        try await banter.type(key, shows: "edited text…second")
        let text = { (name: String) in home.directory.text(of: "home/\(name)") }
        #expect(text("got") == "draft\n" && text("modes") == "600\n700\n" && text("tty") == " icanon\n")
        let path = try #require(text("path")?.dropLast())
        #expect(path.hasSuffix(".md") && access(String(path), F_OK) != 0)
        #expect(access(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]), F_OK) != 0)
        #expect(server.postCount == 0)
        try await banter.type("\u{1F}", shows: "draft")
        banter.type("\u{1B}/!\r")
        try await banter.showsPrompt(after: "One.")
        #expect(server.chats.last?.conversation == ["user: edited text\nsecond!"])
        try await banter.leave()
    }

    @Test("/editor opens it, with a text or without", arguments: WindowSize.both)
    func command(in window: WindowSize) async throws {
        let home = try editor("tr a-z A-Z <\"$file\" >\"$HOME/up\"; cat \"$HOME/up\" >\"$file\"; echo end >>\"$file\"")
        let banter = try await home.prompt(in: window)
        try await banter.type("/editor some text\r", shows: "SOME TEXT…end")
        try await banter.type("\u{15}\u{7F}\u{15}", shows: "")
        try await banter.type("/editor\r", shows: "end")
        try await banter.type("\u{3}", shows: "")
        try await banter.leave()
    }

    @Test("v opens it in vi's command mode", arguments: WindowSize.both)
    func vi(in window: WindowSize) async throws {
        let home = try editor("echo from vi >\"$file\"")
        try home.configure(#"{"editor": {"keys": "vi"}}"#)
        let banter = try await home.prompt(in: window)
        try await banter.type("ab", shows: "ab")
        banter.type("\u{1B}")
        try await banter.terminal.wait(for: "command mode") { $0.cursor.column == 3 }
        try await banter.type("v", shows: "from vi")
        try await banter.type("\u{18}\u{5}a!", shows: "from vi!")
        try await banter.type("\u{3}", shows: "")
        try await banter.leave()
    }

    @Test("a folded paste goes there in full, and comes back folded", arguments: WindowSize.both)
    func folds(in window: WindowSize) async throws {
        let home = try editor("cp \"$file\" \"$HOME/got\"; sed -i 's/please/now/' \"$file\"")
        let banter = try await home.prompt(in: window)
        let text = (1...30).map { "line \($0)" }.joined(separator: "\n")
        banter.type("see ")
        banter.paste(text)
        try await banter.type(" please", shows: "see [pasted 30 lines] please")
        try await banter.type("\u{7}", shows: "see [pasted 30 lines] now")
        #expect(home.directory.text(of: "home/got") == "see \(text) please\n")
        banter.type("\r")
        try await banter.showsPrompt(after: "One.")
        #expect(server.chats.last?.conversation == ["user: see \(text) now"])
        try await banter.leave()
    }

    @Test(
        "an editor that fails leaves the entry as it was, and says why", arguments: WindowSize.both,
        [
            ("echo lost >\"$file\"; exit 3", "The editor ended with exit code 3. The entry is as it was."),
            ("echo lost >\"$file\"; kill -9 $$", "The editor was ended by signal 9. The entry is as it was."),
            ("rm \"$file\"", "No such file or directory. The entry is as it was."),
            ("printf 'a\\377b' >\"$file\"", "What the editor saved isn't UTF-8. The entry is as it was."),
            ("truncate -s 17M \"$file\"", "is larger than 16 MB. The entry is as it was."),
            ("rm \"$file\"; mkdir \"$file\"", "Is a directory. The entry is as it was."),
        ])
    func failures(in window: WindowSize, failure: (script: String, sentence: String)) async throws {
        let home = try editor(failure.script)
        let banter = try await home.prompt(in: window)
        try await banter.type("draft", shows: "draft")
        banter.type("\u{7}")
        try await banter.terminal.wait { $0.containsWrapped(failure.sentence) && $0.lines[$0.cursor.row] == "› draft" }
        try await banter.type("!", shows: "draft!")
        try await banter.type("\u{3}", shows: "")
        try await banter.leave()
    }

    @Test("an editor that isn't there, and none at all", arguments: WindowSize.both)
    func missing(in window: WindowSize) async throws {
        let home = try editor("", ["VISUAL": "no-such-editor -x"])
        let banter = try await home.prompt(in: window)
        banter.type("\u{7}")
        try await banter.terminal.wait { $0.containsWrapped("The editor can't be run: no-such-editor -x.") }
        try await banter.showsPrompt()
        try await banter.leave()
        let bare = try Home(server, ["PATH": "/nowhere"])
        let other = try await bare.prompt(in: window)
        other.type("\u{7}")
        try await other.terminal.wait { $0.containsWrapped("There is no editor: $VISUAL or $EDITOR names one.") }
        try await other.showsPrompt()
        other.type("\u{4}")
        try await other.shows("[exit 0]")
    }
}
