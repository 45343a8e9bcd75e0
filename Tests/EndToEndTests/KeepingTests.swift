import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite("Saved or not", .serialized, .timeLimit(.minutes(3)))
struct KeepingTests {
    let server: LoopbackServer
    let home: Home

    init() throws {
        server = try LoopbackServer.chat(replies: ["One.", "Two.", "Three.", "Four."])
        home = try Home(server)
    }

    @discardableResult
    private func enter(_ line: String, _ banter: BanterOnTerminal, shows text: String) async throws -> TerminalScreen {
        banter.enter(line)
        return try await banter.showsPrompt(after: text)
    }

    private func count(_ text: String, on screen: TerminalScreen) -> Int {
        screen.allLines.count { $0.contains(text) }
    }

    /// Waits for what comes after the last words on the screen: the prompt is there while an answer ends.
    private func eventually(_ condition: () throws -> Bool) async throws {
        let limit = ContinuousClock.now + .seconds(20)
        while !((try? condition()) ?? false) {
            guard ContinuousClock.now < limit else { throw Unexpected("the files are \(try home.everything())") }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    // MARK: Not saved

    @Test("D06, D09: what can't be saved is said once, with path and reason, stays, and is saved as soon as that works")
    func unsaved() async throws {
        try home.directory.write("in the way", to: "banter/sessions")
        let banter = try await home.prompt(rows: 40, columns: 200)
        let first = try await enter("First", banter, shows: "One.")
        #expect(count("✗ Not saved. Can't", on: first) == 1)
        #expect(first.text.contains("banter/sessions") && first.text.contains("Not a directory."))
        let second = try await enter("Second", banter, shows: "Two.")
        #expect(count("✗ Not saved.", on: second) == 1)
        // It isn't left for another before it is safe.
        try await enter("/new", banter, shows: "This session stays open")
        let copy = home.directory.file("copy.json")
        try await enter("/save \(copy)", banter, shows: "Wrote this session")
        let saved = try JSONValue(parsing: Array(home.directory.text(of: "copy.json")?.utf8 ?? "".utf8))
        #expect(saved.conversation == ["user: First", "assistant: One.", "user: Second", "assistant: Two."])
        #expect(home.permissions(of: "../copy.json") == "600")
        try await enter("/save \(copy)", banter, shows: "is there already")
        unlink(home.directory.file("banter/sessions"))
        try await enter("Third", banter, shows: "Three.")
        try await eventually { try home.session.conversation.count == 6 }
        try await banter.leave()
    }

    @Test("D08: with a home that can't be written the chat works; it is said once, and in the exit code")
    func readOnly() async throws {
        let home = try Home(server, ["BANTER_HOME": "/proc/nonexistent/banter"])
        let banter = try await home.prompt()
        let screen = try await enter("First", banter, shows: "One.")
        #expect(count("✗ Not saved. Can't make /proc/nonexistent", on: screen) == 1)
        #expect(count("✗ Not saved.", on: try await enter("Second", banter, shows: "Two.")) == 1)
        banter.type("\u{4}")
        let end = try await banter.expectEnd(73)
        #expect(end.text.contains("This session is not saved.") && !end.text.contains("banter -r"))
        let run = try await home.run("-p", "Third")
        #expect(run.code == 73 && run.output == "Three.\n" && run.errors.split(separator: "\n").count == 1)
    }

    @Test("D08: without a home the answer comes, with one line that nothing is saved")
    func homeless() async throws {
        let home = try Home(server, ["BANTER_HOME": "", "HOME": ""])
        let run = try await home.run("-p", "First")
        #expect(run.code == 0 && run.output == "One.\n")
        #expect(run.errors.contains("neither HOME nor BANTER_HOME") && run.errors.split(separator: "\n").count == 1)
    }

    @Test("D17: exit code 73 is only for what isn't saved in the end")
    func savedInTheEnd() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        try home.directory.write("in the way", to: "banter/sessions")
        let process = try BanterProcess(in: home, ["-m", "test-model", "-p", "First"])
        let chat = try await server.nextChat()
        unlink(home.directory.file("banter/sessions"))
        chat.reply("One.")
        #expect(try await process.exitCode() == 0)
        #expect(process.errors.contains("Not saved.") && process.output == "One.\n")
        #expect(try home.session.conversation == ["user: First", "assistant: One."])
    }

    @Test("D13: a session whose window was killed is free at once; while that lives, the other one is a copy")
    func holder() async throws {
        let first = try await home.prompt()
        try await enter("First", first, shows: "One.")
        let second = try await home.prompt("-c")
        try await second.showsPrompt(after: "(process \(try first.process))")
        try await second.leave()
        kill(try first.process, SIGKILL)
        try await first.shows("[exit 137]")
        let third = try await home.prompt("-c")
        #expect(!(try await third.showsPrompt(after: "One.").text.contains("this is a copy")))
        try await third.leave()
    }

    @Test("/save says where the session is, and that there is nothing to save")
    func save() async throws {
        let banter = try await home.prompt(columns: 200)
        try await enter("/save", banter, shows: "There is nothing to save yet.")
        try await enter("First", banter, shows: "One.")
        try await enter("/save", banter, shows: "Saved in \(home.directory.file("banter/sessions/"))")
        try await banter.leave()
    }

    @Test("D06: what can't be saved but was copied elsewhere by /save may be left")
    func savedElsewhere() async throws {
        try home.directory.write("in the way", to: "banter/sessions")
        let banter = try await home.prompt(rows: 40, columns: 200)
        try await enter("First", banter, shows: "One.")
        try home.directory.write("mine", to: "home/copy.json")
        try await enter("/save ~/copy.json", banter, shows: "is there already")
        try await enter("/save -f ~/copy.json", banter, shows: "Wrote this session")
        try await enter("/new", banter, shows: "new session")
        try await banter.leave()
    }

    @Test("J17: that a file is kept as another program wrote it is said, and where")
    func original() async throws {
        let id = try home.save(session: 1, title: "Mine", ["What?", "That."])
        let banter = try await home.prompt("-c", rows: 40, columns: 240)
        let path = home.directory.file("banter/sessions/\(id).bak")
        let screen = try await enter("First", banter, shows: "One.")
        #expect(count("As it was, it is kept in \(path).", on: screen) == 1)
        #expect(home.files().contains("\(id).bak"))
        try await banter.leave()
    }

    // MARK: Incognito

    @Test("--no-save says so in the prompt and touches nothing, also when a session is resumed and others are opened")
    func incognito() async throws {
        #expect(try await home.run("-m", "test-model", "-p", "First").code == 0)
        let id = try #require(try home.session["id"]?.stringValue)
        let before = try home.everything()
        let banter = try await home.prompt("--no-save", "-c")
        let screen = try await enter("Second", banter, shows: "Two.")
        #expect(screen.lines.contains("not saved › Second"))
        try await enter("/rename Secret", banter, shows: "is called Secret")
        try await enter("/save", banter, shows: "This session is not saved: --no-save says so.")
        try await enter("/delete", banter, shows: "there is nothing to delete")
        try await enter("/new", banter, shows: "new session")
        try await enter("Third", banter, shows: "Three.")
        try await enter("/resume \(id)", banter, shows: "One.")
        try await enter("Fourth", banter, shows: "Four.")
        try await banter.leave()
        #expect(try home.everything() == before)
        // Nor is anything made where there was nothing.
        let empty = try Home(server)
        let other = try await empty.prompt("--no-save")
        try await enter("Fifth", other, shows: "out")
        try await other.leave()
        #expect(access(empty.directory.file("banter"), F_OK) != 0)
    }

    // MARK: The trash

    @Test("/delete moves this session to the trash and begins another; /delete undo brings it back")
    func delete() async throws {
        let banter = try await home.prompt()
        try await enter("/delete", banter, shows: "there is nothing to delete")
        try await enter("/delete undo", banter, shows: "Nothing was deleted")
        try await enter("First", banter, shows: "One.")
        try await enter("/delete", banter, shows: "Moved First to the trash")
        try await eventually { home.files().allSatisfy { !$0.hasSuffix(".json") } && home.files("trash").count == 1 }
        try await enter("/delete undo", banter, shows: "is back.")
        try await enter("Second", banter, shows: "Two.")
        try await eventually { try home.session.conversation.count == 4 && home.files("trash") == [] }
        let id = try #require(try home.session["id"]?.stringValue)
        try await enter("/new", banter, shows: "new session")
        banter.enter("/delete \(id)")
        try await eventually { home.files("trash") == ["\(id).json"] }
        try await banter.leave()
    }

    @Test("/delete undo brings a session back that was resumed, and one that was left is free")
    func deleteResumed() async throws {
        for text in ["First", "Second"] { #expect(try await home.run("-m", "test-model", "-p", text).code == 0) }
        let banter = try await home.prompt("-r", "First")
        try await enter("/delete", banter, shows: "Moved First to the trash")
        try await enter("/delete undo", banter, shows: "is back.")
        try await enter("/delete undo", banter, shows: "Nothing was deleted")
        #expect(home.files("trash") == [] && home.files().count { $0.hasSuffix(".json") } == 2)
        try await enter("/resume Second", banter, shows: "› Second")
        #expect(home.files().count { $0.hasSuffix(".lock") } == 1)
        try await banter.leave()
    }

    @Test("sessions delete, restore and rename do what they say, with --json, too; what is open elsewhere stays")
    func commands() async throws {
        for text in ["First", "Second"] { #expect(try await home.run("-m", "test-model", "-p", text).code == 0) }
        let deleted = try await home.run("sessions", "delete", "First", "nothing like it")
        #expect(deleted.code == 65 && deleted.output.contains("First") && deleted.errors.contains("Moved 1 session"))
        #expect(home.files("trash").count == 1)
        let trash = try await home.run("sessions", "restore", "--json")
        let entry = try JSONValue(parsing: Array(trash.output.utf8))
        #expect(entry["title"] == "First" && entry["deleted"]?.stringValue?.hasSuffix("Z") == true)
        #expect(try await home.run("sessions", "restore").output.contains("First"))
        #expect(try await home.run("sessions", "restore", "fir").output.contains("is back."))
        #expect(try await home.run("sessions", "restore").errors.contains("The trash is empty."))
        #expect(try await home.run("sessions", "rename", "First", "Another", "title").code == 0)
        #expect(try home.sessions.map { $0["title"]?.stringValue }.contains("Another title"))
        #expect(try await home.run("sessions", "rename", "Another", " ").code == 64)
        #expect(try await home.run("sessions", "delete").code == 64)
        let banter = try await home.prompt("-c")
        try await banter.showsPrompt(after: "Another title")
        let held = try await home.run("sessions", "delete", "--json", "Another title")
        let process = try banter.process
        #expect(held.code == 73 && held.errors.contains("open in another window (process \(process))"))
        #expect(try await home.run("sessions", "rename", "Another title", "x").code == 73)
        try await banter.leave()
        #expect(home.files().count { $0.hasSuffix(".json") } == 2)
    }

    @Test("sessions delete --older-than takes what hasn't changed for so long, and nothing with --dry-run")
    func age() async throws {
        #expect(try await home.run("-m", "test-model", "-p", "New").code == 0)
        // Neither one that was written just now is old, nor one that says so.
        let ages = [("2026-01-01", true), ("2025-01-01", true), ("2025-01-01", false), ("9999-01-01", true)]
        for (number, (day, isOld)) in ages.enumerated() {
            let name = "banter/sessions/20250101-000000-000\(number).json"
            try home.directory.write(
                HostileSession.session(["title": "\"Old \(number)\"", "updated": "\"\(day)T00:00:00Z\""]), to: name)
            guard isOld else { continue }
            var times = [timeval(tv_sec: 1_735_689_600, tv_usec: 0), timeval(tv_sec: 1_735_689_600, tv_usec: 0)]
            #expect(utimes(home.directory.file(name), &times) == 0)
        }
        try home.directory.write("{", to: "banter/sessions/20250101-000000-dead.json")
        let before = home.files()
        let trial = try await home.run("sessions", "delete", "--older-than", "30d", "--dry-run")
        #expect(trial.code == 0 && trial.output.contains("Old 0") && trial.output.contains("Old 1"))
        #expect(trial.errors.contains("2 sessions would be moved") && home.files() == before)
        #expect(try await home.run("sessions", "delete", "--older-than", "soon").code == 64)
        #expect(try await home.run("sessions", "delete", "--older-than", "30d").code == 0)
        #expect(home.files("trash") == ["20250101-000000-0000.json", "20250101-000000-0001.json"])
        #expect(home.files().contains("20250101-000000-dead.json") && home.files().count == before.count - 2)
    }
}
