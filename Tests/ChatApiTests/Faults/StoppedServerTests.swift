import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("A stopped server", .timeLimit(.minutes(1)))
struct StoppedServerTests: Asking {
    /// Sends an event every 20 ms, as many as it is told.
    private static let script = #"""
        import socket, sys, time
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(5)
        print("port %d." % listener.getsockname()[1], flush=True)
        client, _ = listener.accept()
        client.recv(65536)
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
        for _ in range(int(sys.argv[1])):
            client.sendall(b'data: {"choices":[{"delta":{"content":"a"}}]}\n\n')
            time.sleep(0.02)
        client.sendall(b"data: [DONE]\n\n")
        client.close()
        """#

    @Test("N06: a server that is stopped is a timeout; one that goes on in time goes on", arguments: [false, true])
    func stopped(goesOn: Bool) async throws {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        // Ten seconds of them, so that it isn't done before it is stopped, however slow this machine is.
        let count = goesOn ? 20 : 500
        let server = try PseudoTerminal(
            running: "/usr/bin/env", arguments: ["python3", "-c", Self.script, "\(count)"], environment: ["PATH": path])
        let process = try #require(server.process)
        let screen = try await server.wait(for: "a port") { $0.text.contains(".") }
        let port = screen.text.filter(\.isNumber)
        var configuration = configuration("http://127.0.0.1:\(port)/v1", retries: 2)
        configuration.timeouts.betweenEvents = goesOn ? .seconds(20) : .milliseconds(300)
        let stream = try await ChatApi(configuration: configuration).createChatCompletionStream(request)
        var iterator = stream.makeAsyncIterator()
        #expect(try await iterator.next() != nil)
        kill(process, SIGSTOP)
        if goesOn {
            try await Task.sleep(for: .milliseconds(200))
            kill(process, SIGCONT)
            let rest = await read(stream)
            #expect(rest.error == nil && rest.text == String(repeating: "a", count: count - 1))
        } else {
            let rest = await read(stream)
            #expect((rest.error as? ApiError)?.code == .betweenEventsTimeout)
            #expect(rest.text.utf8.count < count - 1)
            kill(process, SIGCONT)
        }
    }
}
