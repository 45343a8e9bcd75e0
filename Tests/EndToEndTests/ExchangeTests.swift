import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Export and import", .serialized, .timeLimit(.minutes(3)))
struct ExchangeTests {
    private static let messages = #"""
        [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi \u001b]0;owned\u0007\u001b[2J<b>"},
         {"role": "assistant", "content": "Look:\n```sh\nls\n"}, {"role": "user", "content": "More"}, {"role": "assistant", "content": "Done"}]
        """#

    private func homeWithSession() async throws -> (home: Home, id: String) {
        let home = try Home()
        let path = try home.directory.write(Self.messages, to: "chat.json")
        let (code, output, errors) = try await home.run("sessions", "import", path)
        #expect(code == 0 && errors.isEmpty && output.contains("5 messages, as "))
        return (home, try #require(try home.session["id"]?.stringValue))
    }

    // MARK: Export

    @Test(
        "to a pipe or a file an export is raw; a file is replaced only with --force",
        arguments: ["md", "json", "html", "txt", "banter"])
    func export(format: String) async throws {
        let (home, id) = try await homeWithSession()
        let (code, output, errors) = try await home.run("sessions", "export", id, "--format", format)
        #expect(code == 0 && errors.isEmpty)
        #expect(output.contains(format == "html" ? "&lt;b&gt;" : "<b>") && output.contains("Done"))
        if format == "banter" { #expect(output == home.directory.text(of: "banter/sessions/\(id).json")) }
        if format == "json" { #expect(try JSONValue(parsing: output) == home.session["messages"]) }
        let path = home.directory.file("out")
        let written = try await home.run("sessions", "export", "--format", format, "-o", path)
        #expect(written.code == 0 && written.output.isEmpty && written.errors.hasPrefix("Exported to \(path), "))
        #expect(home.directory.text(of: "out") == output)
        try home.directory.write("mine", to: "out")
        let again = try await home.run("sessions", "export", "--format", format, "-o", path)
        #expect(
            again.code == 73 && again.errors.contains("is there already, and was left alone.\n  --force replaces it."))
        #expect(home.directory.text(of: "out") == "mine")
        #expect(try await home.run("sessions", "export", "--format", format, "-o", path, "--force").code == 0)
        #expect(home.directory.text(of: "out") == output)
    }

    @Test("E20 to a terminal an export is sanitised")
    func terminal() async throws {
        let (home, _) = try await homeWithSession()
        for format in ["md", "json", "html", "txt", "banter"] {
            // The oracle of the test's terminal finds what acts on it.
            let banter = try BanterOnTerminal(
                in: home, ["sessions", "export", "--format", format], rows: 60, columns: 100)
            try await banter.shows("[exit 0]")
            #expect(banter.terminal.screen.allLines.contains { $0.contains("Done") }, "\(format)")
        }
    }

    @Test("turns, formats and sessions that aren't there are told, with the exit code of each")
    func mistakes() async throws {
        let (home, id) = try await homeWithSession()
        let runs: [([String], Int32, String)] = [
            (["--turns", "2-3"], 64, "There are no turns 2-3: the conversation has 2."),
            (["--turns", "two"], 64, "two names no turns."),
            (["--turns", "1", "--format", "banter"], 64, "banter is the whole session"),
            (["--format", "pdf"], 64, "There is no format pdf."),
            (["-o", home.directory.file("no/such")], 73, "No such file or directory."),
            (["-o", home.directory.file("x.pdf")], 64, "x.pdf has the ending of no format."),
            (["nobody"], 65, "There is no saved session nobody."),
        ]
        for (arguments, code, words) in runs {
            let process = try BanterProcess(in: home, ["sessions", "export"] + arguments)
            #expect(try await process.exitCode() == code && process.errors.contains(words), "\(process.errors)")
            #expect(process.output.isEmpty)
        }
        let some = try await home.run("sessions", "export", id, "--turns", "2-", "-o", home.directory.file("a.html"))
        #expect(some.code == 0)
        let page = try #require(home.directory.text(of: "a.html"))
        #expect(page.hasPrefix("<!DOCTYPE html>") && page.contains("More") && !page.contains("Look:"))
    }

    // MARK: Import

    @Test("what came in before is skipped, a trial writes nothing, and standard input is a file like others")
    func again() async throws {
        let (home, id) = try await homeWithSession()
        let trial = try await home.run(
            "sessions", "import", "-", "--dry-run", input: #"[{"role":"user","content":"New"}]"#)
        #expect(trial.code == 0 && trial.output.hasPrefix("Would import “New” from a messages array: 1 message, as "))
        let (code, output, _) = try await home.run("sessions", "import", "-", "--json", input: Self.messages)
        let line = try JSONValue(parsing: output)
        #expect(code == 0 && line["status"] == "skipped" && line["id"] == .string(id))
        #expect(home.files().filter { $0.hasSuffix(".json") } == ["\(id).json"])
        #expect(home.permissions(of: "sessions/\(id).json") == "600")
    }

    @Test("QA13 a pipe that is named is read to its end")
    func pipe() async throws {
        let home = try Home()
        let (code, output, errors) = try await home.run("sessions", "import", "/dev/stdin", input: Self.messages)
        #expect(code == 0 && errors.isEmpty && output.contains("5 messages, as "))
    }

    @Test("a title that somebody wrote on several lines is told on one")
    func title() async throws {
        let home = try Home()
        let session = """
            {"format": 1, "id": "20260101-120000-00aa", "title": "One\\nImported two", "created": "2026-01-01T12:00:00.000Z",
             "updated": "2026-01-01T12:00:00.000Z", "messages": [{"role": "user", "content": "Q"}]}
            """
        for words in [
            "Imported “One Imported two” from Banter", "Imported 0 sessions from Banter.\nSkipped 1:\n  One Imp",
        ] {
            let (code, output, _) = try await home.run("sessions", "import", "-", input: session)
            #expect(code == 0 && output.hasPrefix(words), "\(output)")
        }
    }

    @Test("many conversations come in at once, what can't is named, and files that are no good don't stop the others")
    func many() async throws {
        let home = try Home()
        let node = #"{"a": {"message": {"author": {"role": "user"}, "content": {"parts": ["Q"]}}}}"#
        let export =
            #"[{"id":"1","title":"One","mapping":N},{"id":"2","title":"Two \u001b[2J","mapping":N},{"id":"3","title":"Three","mapping":7}]"#
        let all = export.split(separator: "N").joined(separator: node)
        let good = try home.directory.write(all, to: "conversations.json")
        let bad = try home.directory.write("PK\u{3}\u{4}", to: "export.zip")
        let (code, output, errors) = try await home.run("sessions", "import", bad, "/no/such", good)
        #expect(code == 65 && errors.contains("is a zip archive.\n  Unpack it first"))
        #expect(errors.contains("Can't open /no/such: No such file or directory."))
        #expect(output == "Imported 2 sessions from ChatGPT.\nSkipped 1:\n  Three: it has no \"mapping\"\n")
        #expect(try home.sessions.count == 2)
    }

    // MARK: At the prompt

    @Test("/export names its file after the title and never replaces one; /import opens what it reads")
    func prompt() async throws {
        let server = try LoopbackServer.chat(replies: ["An answer."])
        let home = try Home(server)
        try home.directory.write(Self.messages, to: "home/chat.json")
        let banter = try await home.prompt()
        banter.enter("/export")
        try await banter.showsPrompt(after: "Nothing has been said yet.")
        banter.enter("What is this?")
        try await banter.showsPrompt(after: "An answer.")
        #expect(mkfifo(home.directory.file("home/pipe"), 0o600) == 0)
        let stem = home.directory.file("home/a b")
        for (line, words) in [
            ("/export ~/a b.html 1", "Exported to ~/a b.html, "), ("/export txt ~/t", "Exported to ~/t, "),
            ("/export ~/a b.html", "~/a b.html is there already, and was left alone."),
            ("/export -f ~/a b.html", "Exported to ~/a b.html, "), ("/export json ~/x 4", "There are no turns 4: "),
            ("/export banana", "banana is neither a format"), ("/import ~/pipe", "only files are read here."),
        ] {
            banter.enter(line)
            try await banter.terminal.wait(for: words) { $0.containsWrapped(words) }
            try await banter.showsPrompt()
        }
        #expect(readFile(stem + ".html").contains("An answer.") && readFile(stem + ".html").hasPrefix("<!DOCTYPE"))
        #expect(home.directory.text(of: "home/t")?.contains("User:\n\nWhat is this?\n") == true)
        banter.enter("/import ~/chat.json")
        try await banter.terminal.wait(for: "import") { $0.containsWrapped("from a messages array: 5 messages, as ") }
        try await banter.showsPrompt(after: "Done")
        banter.enter("/import ~/t")
        try await banter.showsPrompt(after: "~/t holds no conversation that Banter can read.")
        try await banter.leave()
        #expect(try home.sessions.count == 2)
    }

    @Test(
        "/export without a path writes into the current folder, under the title, and replaces nothing there"
    )
    func nameless() async throws {
        let server = try LoopbackServer.chat(replies: ["An answer."])
        let home = try Home(server)
        try home.directory.write("mine", to: "home/What-is-this.md")
        let terminal = try PseudoTerminal(
            running: "/bin/sh",
            arguments: ["-c", "cd \"$HOME\" && \"$0\" -m test-model; echo done$?", Home.banter],
            environment: home.environment)
        func enter(_ line: String, shows words: String) async throws {
            terminal.write(line + "\r")
            try await terminal.wait(for: words) { $0.contains(words) && $0.lines[$0.cursor.row] == "›" }
        }
        try await terminal.wait { $0.lines[$0.cursor.row] == "›" }
        try await enter("What is this?", shows: "An answer.")
        try await enter("/export", shows: "Exported to What-is-this-2.md, ")
        try await enter("/export", shows: "Exported to What-is-this-3.md, ")
        try await enter("/export -f", shows: "-f needs the file that is to be replaced.")
        terminal.write("\u{4}")
        try await terminal.waitFor("done0")
        let texts = ["", "-2", "-3"].map { home.directory.text(of: "home/What-is-this\($0).md") }
        #expect(texts[0] == "mine" && texts[1]?.contains("An answer.") == true && texts[2] == texts[1])
    }

    @Test("/import of many conversations leaves the one that is open")
    func importMany() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["An answer."]))
        let node = #"{"a": {"message": {"author": {"role": "user"}, "content": {"parts": ["Theirs"]}}}}"#
        let export = #"[{"id":"1","title":"One","mapping":N},{"id":"2","title":"Two","mapping":N}]"#
        try home.directory.write(export.split(separator: "N").joined(separator: node), to: "home/conversations.json")
        let banter = try await home.prompt()
        banter.enter("/import ~/conversations.json")
        try await banter.showsPrompt(after: "Imported 2 sessions from ChatGPT.")
        banter.enter("Mine")
        try await banter.showsPrompt(after: "An answer.")
        #expect(!banter.terminal.screen.text.contains("› Theirs"))
        try await banter.leave()
        #expect(try home.sessions.map(\.conversation).contains(["user: Mine", "assistant: An answer."]))
    }
}
