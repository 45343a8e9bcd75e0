import TestSupport
import Testing

@Suite("A provider's own server that ends by itself", .serialized, .timeLimit(.minutes(2)))
struct LostServerTests {
    /// Has one model, and ends when a file is there.
    private static let server = """
        import http.server, os, sys
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = b'{"object": "list", "data": [{"id": "tiny"}]}'
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *arguments):
                pass
        server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler)
        server.timeout = 0.05
        while not os.path.exists(sys.argv[2]):
            server.handle_request()
        print("out of memory", file=sys.stderr)
        sys.exit(3)
        """

    @Test("is told above a half-typed entry, which is drawn again below", arguments: WindowSize.both)
    func toldWhileTyping(window: WindowSize) async throws {
        let home = try Home()
        let script = try home.directory.write(Self.server, to: "server.py")
        let end = home.directory.file("end")
        try home.configure(
            """
            {"providers": {"own": {"serve": ["/usr/bin/python3", "\(script)", "{port}", "\(end)"]}}}
            """)
        let banter = try BanterOnTerminal(
            in: home, ["--provider", "own"], rows: window.rows, columns: window.columns)
        // The only model there is, by which one sees that the server runs.
        try await banter.showsPrompt()
        banter.enter("/models")
        try await banter.terminal.wait(for: "the model") { $0.containsWrapped("tiny") }
        let typed = "半分 typed, and longer than a row"
        banter.type(typed)
        try await banter.terminal.wait(for: "the entry") { $0.containsWrapped(typed) }
        try home.directory.write("", to: "end")
        let screen = try await banter.terminal.wait(for: "the news, and the entry again") { screen in
            let lines = screen.allLines.joined(separator: " ")
            return screen.containsWrapped("The next message starts it again.")
                && lines.filter { !$0.isWhitespace }.hasSuffix(typed.filter { !$0.isWhitespace })
        }
        #expect(screen.containsWrapped("The provider's server ended with status 3. Its last words: out of memory"))
        #expect(screen.allLines.count { $0.contains("半分") } == 1)
        banter.type("\u{3}")
        try await banter.leave()
    }
}
