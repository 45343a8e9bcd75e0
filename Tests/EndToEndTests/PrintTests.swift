import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("banter -p", .serialized, .timeLimit(.minutes(3)))
struct PrintTests {
    @Test("standard output holds the answer, byte for byte and ended by one line break, and nothing else")
    func answer() async throws {
        for (reply, output) in [("**Hi** \t<b>\n", "**Hi** \t<b>\n"), ("4", "4\n"), ("a\n\nb", "a\n\nb\n")] {
            let home = try Home(try LoopbackServer.chat(replies: [reply]))
            let run = try await home.run("-p", "What?")
            #expect(run == (0, output, ""))
            #expect(try home.session.conversation == ["user: What?", "assistant: \(reply)"])
        }
    }

    @Test("standard input is added to the prompt, and is the prompt where there is no other")
    func input() async throws {
        let server = try LoopbackServer.chat(replies: ["Yes."])
        let home = try Home(server)
        #expect(try await home.run("-p", "Fix this:", input: "let x = é\n").code == 0)
        #expect(try await home.run(input: "just this").code == 0)
        #expect(server.chats.map(\.conversation) == [["user: Fix this:\n\nlet x = é\n"], ["user: just this"]])
    }

    @Test("the only model of the provider is asked; of several none is guessed, with exit code 78")
    func model() async throws {
        let server = try LoopbackServer { exchange in
            if exchange.request.method == "POST" { return exchange.reply("?") }
            exchange.respond(body: #"{"data":[{"id":"one"},{"id":"two"}]}"#)
        }
        let run = try await Home(server).run("-p", "x")
        #expect(run.code == 78 && run.errors.contains("-m") && run.errors.contains("one, two"))
        #expect(server.postCount == 0)
        let home = try Home(try LoopbackServer.chat(replies: ["Yes."]))
        #expect(try await home.run("-p", "x").code == 0)
        #expect(try home.session["model"] == "test-model")
    }

    @Test("parameters go into the request under their names in the API")
    func parameters() async throws {
        let server = try LoopbackServer.chat(replies: ["Yes."])
        let home = try Home(server)
        let run = try await home.run(
            "-p", "x", "--temperature", "0.25", "--top-p", "0.5", "--max-tokens", "10", "--seed", "7", "--stop", "END",
            "--reasoning-effort", "low", "-o", #"logit_bias={"50256":-100}"#, "-s", "Be brief.")
        #expect(run.code == 0)
        let chat = try #require(server.chats.first)
        #expect(chat["temperature"] == 0.25 && chat["top_p"] == 0.5 && chat["max_tokens"] == 10 && chat["seed"] == 7)
        #expect(chat["stop"] == ["END"] && chat["reasoning_effort"] == "low" && chat["logit_bias"] == ["50256": -100])
        #expect(chat.conversation == ["system: Be brief.", "user: x"])
    }

    @Test("--no-stream asks for the whole answer at once")
    func wholeAnswer() async throws {
        let server = try LoopbackServer.chat(replies: ["All of it."])
        let run = try await Home(server).run("-p", "--no-stream", "x")
        #expect(run == (0, "All of it.\n", ""))
        #expect(server.chats[0]["stream"]?.boolValue != true)
    }

    @Test("--no-save leaves nothing behind")
    func unsaved() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Gone."]))
        #expect(try await home.run("-p", "--no-save", "x").output == "Gone.\n")
        #expect(home.files("") == [])
    }

    @Test("--json prints one object for an answer")
    func json() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["An \"answer\"\u{1B}[2J."]))
        let process = try BanterProcess(in: home, ["--json", "What?"])
        #expect(try await process.exitCode() == 0)
        let answer = try process.json
        #expect(answer["content"] == "An \"answer\"\u{1B}[2J." && answer["finishReason"] == "stop")
        #expect(answer["model"] == "test-model" && answer["usage"]?["completion_tokens"] == 7)
        #expect(try answer["session"] == home.session["id"])
        #expect(answer["choices"]?.arrayValue?.count == 1 && answer["error"] == nil)
        #expect(process.output.split(separator: "\n").count == 1 && process.errors.isEmpty)
        #expect(!process.output.contains("\u{1B}"))
    }

    @Test("--json prints one object for an error")
    func jsonError() async throws {
        let server = try LoopbackServer { exchange in
            exchange.respond(
                status: 404, headers: [("x-request-id", "req_7")],
                body: #"{"error":{"message":"no such model","code":"model_not_found"}}"#)
        }
        let process = try BanterProcess(in: try Home(server), ["--json", "-m", "nope", "x"])
        #expect(try await process.exitCode() == 1)
        let error = try #require(try process.json["error"])
        #expect(error["code"] == "model_not_found" && error["status"] == 404 && error["requestID"] == "req_7")
        #expect(error["message"]?.stringValue?.contains("no such model") == true)
        #expect(process.errors.isEmpty)
    }

    @Test("--json prints an object for what fails before anything is asked, too")
    func jsonWithoutProvider() async throws {
        let process = try BanterProcess(in: try Home(nil), ["--json", "--provider", "nobody", "x"])
        #expect(try await process.exitCode() == 78)
        #expect(try process.json["error"]?["code"] == "unknownProvider")
    }

    @Test("a reader that has enough is no failure, and the answer is saved")
    func brokenPipe() async throws {
        let server = try LoopbackServer.chat(replies: [String(repeating: "word ", count: 50_000)])
        let home = try Home(server)
        let fifo = home.directory.file("fifo")
        try #require(mkfifo(fifo, 0o600) == 0)
        let reader = open(fifo, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        let writer = open(fifo, O_WRONLY | O_CLOEXEC)
        let process = try BanterProcess(in: home, ["-p", "x"], output: writer)
        close(writer)
        close(reader)
        #expect(try await process.exitCode() == 0)
        #expect(process.errors.isEmpty)
        #expect(try home.session.conversation.count == 2)
    }

    // MARK: Exit codes

    /// The exit code of a run against a server that answers chats in some way.
    private func run(_ arguments: [String] = ["-p", "-m", "m", "x"], answer: @escaping LoopbackServer.Handler)
        async throws
        -> BanterProcess
    {
        try BanterProcess(in: try Home(try LoopbackServer(answer)), arguments)
    }

    @Test("exit code 1: the server refuses the request")
    func refusedRequest() async throws {
        let process = try await run { $0.respond(status: 400, body: #"{"error":{"message":"bad parameter"}}"#) }
        #expect(try await process.exitCode() == 1)
        #expect(process.output.isEmpty && process.errors.contains("bad parameter"))
    }

    @Test("exit code 2: the answer is cut off, and what came is printed and saved")
    func cutOff() async throws {
        let server = try LoopbackServer { exchange in
            exchange.startEvents()
            exchange.send(content: "Half an ans")
            exchange.close()
        }
        let home = try Home(server)
        let run = try await home.run("-p", "-m", "m", "x")
        #expect(run.code == 2 && run.output == "Half an ans\n" && run.errors.contains("cut"))
        #expect(try home.session.conversation == ["user: x", "assistant: Half an ans"])
        #expect(try home.session.lastTurn?["finishReason"] == "cut")
    }

    @Test(
        "exit code 64: the command line is wrong, or asks nothing",
        arguments: [
            ["--nonsense"], ["-p"], ["-p", " \n"], ["-p", "--temperature", "9", "x"], ["-p", "-o", "nojson", "x"],
            ["--color", "sometimes", "x"],
        ])
    func usage(arguments: [String]) async throws {
        let server = try LoopbackServer.chat(replies: ["?"])
        let process = try BanterProcess(in: try Home(server), arguments)
        #expect(try await process.exitCode() == 64)
        #expect(process.output.isEmpty && !process.errors.isEmpty)
        #expect(server.postCount == 0)
    }

    @Test("exit code 69: nobody listens")
    func unavailable() async throws {
        let server = try LoopbackServer()
        let url = server.baseURL
        server.stop()
        let home = try Home(nil, ["OPENAI_BASE_URL": url])
        let run = try await home.run("-p", "-m", "m", "x")
        #expect(run.code == 69 && run.output.isEmpty && run.errors.contains("Nothing listens"))
        #expect(try home.session.conversation == ["user: x"])
    }

    @Test("exit code 73: the answer is printed, but can't be saved")
    func cannotSave() async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["Here."]))
        try home.directory.write("a file where the directory should be", to: "banter/sessions")
        let run = try await home.run("-p", "x")
        #expect(run.code == 73 && run.output == "Here.\n" && run.errors.contains("banter/sessions"))
    }

    @Test("exit code 77: the key is refused")
    func keyRefused() async throws {
        let process = try await run { exchange in
            exchange.respond(status: 401, body: #"{"error":{"message":"Incorrect API key: \#(Home.key)"}}"#)
        }
        #expect(try await process.exitCode() == 77)
        #expect(process.errors.contains("refuses the key") && !process.errors.contains(Home.key))
    }

    @Test("exit code 77: the provider wants a key and there is none; nothing is sent")
    func noKey() async throws {
        let server = try LoopbackServer.chat(replies: ["?"])
        let home = try Home(nil)
        try home.configure(
            #"{"providers":{"mine":{"baseURL":"\#(server.baseURL)","key":{"env":"MY_KEY"},"model":"m"}}}"#)
        let run = try await home.run("-p", "x")
        #expect(run.code == 77 && run.errors.contains("MY_KEY"))
        #expect(server.requests.isEmpty)
    }

    @Test(
        "exit code 78: the configuration is wrong, and the mistake is named with its line",
        arguments: [
            ("{\n  \"modle\": \"x\"\n}", "config.json:2:", "Did you mean \"model\"?"),
            ("{\n\n  \"model\": 7\n}", "config.json:3:", "string"), ("{\n", "config.json:2:", ""),
        ])
    func badConfiguration(text: String, place: String, hint: String) async throws {
        let home = try Home(try LoopbackServer.chat(replies: ["?"]))
        try home.configure(text)
        for arguments in [["-p", "x"], ["config", "check"], ["sessions", "list"]] {
            let process = try BanterProcess(in: home, arguments)
            #expect(try await process.exitCode() == 78)
            #expect(process.errors.contains(place) && process.errors.contains(hint), "\(process.errors)")
        }
    }

    @Test("exit code 78: nobody is there to answer, and three ways to go on are told")
    func noProvider() async throws {
        // A namespace of its own would hide servers on this machine; without one their absence is a condition.
        guard [11434, 8080, 1234].allSatisfy({ !isListening(on: $0) }) else { return }
        let run = try await Home(nil).run("-p", "x")
        #expect(run.code == 78 && run.output.isEmpty)
        for way in ["OPENAI_API_KEY", "ollama", "banter local install"] { #expect(run.errors.contains(way)) }
    }

    @Test("exit code 130: interrupted; what came is printed and saved")
    func interrupted() async throws {
        let server = try LoopbackServer()
        let home = try Home(server)
        let process = try BanterProcess(in: home, ["-p", "-m", "m", "x"])
        let chat = try await server.nextChat()
        chat.startEvents()
        chat.send(content: "Half")
        while process.output != "Half" { try await Task.sleep(for: .milliseconds(5)) }
        kill(process.process, SIGINT)
        try await chat.waitUntilClientCloses()
        #expect(try await process.exitCode() == 130)
        #expect(process.output == "Half\n")
        #expect(try home.session.conversation == ["user: x", "assistant: Half"])
        #expect(try home.session.lastTurn?["finishReason"] == "interrupted")
    }
}

/// Whether something listens on a port of this machine.
private func isListening(on port: Int) -> Bool {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
    }
}
