import ChatApi
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite("The key", .serialized, .timeLimit(.minutes(3)))
struct SecrecyTests {
    @Test("is in the request, and in no file, on no screen and in no argument")
    func nowhere() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let banter = try await home.prompt("--verbose")
        banter.enter("Hello")
        let chat = try await server.nextChat()
        #expect(chat.request.header("Authorization") == "Bearer \(Home.key)")
        #expect(!readFile("/proc/\(try banter.process)/cmdline").contains(Home.key))
        chat.startEvents()
        chat.send(content: "Hi ")
        try await banter.shows("Hi")
        #expect(try home.files(holding: Home.key) == [])
        chat.finish()
        try await banter.showsPrompt(after: "7 out")
        banter.enter("/model")
        banter.enter("/usage")
        try await banter.showsPrompt(after: "tokens in")
        try await banter.leave()
        #expect(try home.files(holding: Home.key) == [])
    }

    @Test("is masked in the log of --verbose and of BANTER_LOG", arguments: [true, false])
    func log(isFlag: Bool) async throws {
        let server = try LoopbackServer.chat(replies: ["Hi."])
        let home = try Home(server, isFlag ? [:] : ["BANTER_LOG": "debug"])
        let process = try BanterProcess(in: home, (isFlag ? ["--verbose"] : []) + ["-p", "-m", "m", "x"])
        #expect(try await process.exitCode() == 0)
        #expect(process.output == "Hi.\n")
        #expect(process.errors.contains("/chat/completions: HTTP 200") && !process.errors.contains("\u{1B}"))
        #expect(!process.errors.contains(Home.key) && !process.errors.contains("canary"))
    }

    @Test("isn't handed to a server that Banter starts, nor to any command")
    func children() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Hi."]))
        // Run by a shell that is there already: a program just written may be "busy" while other tests start theirs.
        let script = try home.directory.write(
            "env >\"$HOME/env\"\nexit 3\n", to: "serve")
        try home.configure(#"{"providers":{"mine":{"serve":["/bin/sh","\#(script)"],"model":"m"}}}"#)
        let run = try await home.run("-m", "mine/m", "-p", "x")
        #expect(run.code == 69 && run.errors.contains("status 3"))
        let environment = try #require(home.directory.text(of: "home/env"))
        #expect(environment.contains("PATH=") && !environment.contains(Home.key))
    }

    @Test("doesn't travel to a provider that it wasn't given for")
    func otherProvider() async throws {
        let other = try LoopbackServer.chat(replies: ["Hi."])
        let home = try Home(try LoopbackServer.chat(replies: ["Hi."]))
        try home.configure(#"{"providers":{"other":{"baseURL":"\#(other.baseURL)","model":"m"}}}"#)
        #expect(try await home.run("--provider", "other", "-p", "x").code == 0)
        #expect(other.requests.allSatisfy { $0.header("Authorization") == nil })
        #expect(!other.requests.isEmpty)
    }

    @Test("is read from a private file and from a command; a file that others can read is refused")
    func sources() async throws {
        let server = try LoopbackServer.chat(replies: ["Hi."])
        let home = try Home(nil)
        let file = try home.directory.write("sk-from-file\n", to: "key")
        func run(_ key: String) async throws -> (code: Int32, output: String, errors: String) {
            try home.configure(#"{"providers":{"mine":{"baseURL":"\#(server.baseURL)","key":\#(key),"model":"m"}}}"#)
            return try await home.run("-p", "x")
        }
        #expect(try await run(#"{"file":"\#(file)"}"#).code == 0)
        #expect(try await run(#"{"command":["echo","sk-from-command"]}"#).code == 0)
        #expect(
            server.requests.filter { $0.method == "POST" }.map { $0.header("Authorization") } == [
                "Bearer sk-from-file", "Bearer sk-from-command",
            ])
        try home.directory.write("sk-from-file\n", to: "key", permissions: 0o644)
        let refused = try await run(#"{"file":"\#(file)"}"#)
        #expect(refused.code == 77 && refused.errors.contains("chmod 600"))
        #expect(server.postCount == 2)
    }

    @Test("the home is for its owner alone, whatever the umask")
    func permissions() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Hi."]))
        let banter = try await home.prompt()
        banter.enter("Hello")
        try await banter.showsPrompt(after: "7 out")
        try await banter.leave()
        #expect(home.permissions(of: "") == "700")
        let all = try FileManager.default.subpathsOfDirectory(atPath: home.directory.file("banter"))
        #expect(all.contains("history"))
        for name in all { #expect(["600", "700"].contains(home.permissions(of: name)), "\(name)") }
    }
}
