import ChatApi
import TestSupport
import Testing

@Suite("Answers that aren't")
struct StrangeAnswerTests {
    static let nowhere: [(String, ApiError.Code)] = [
        ("https://banter.invalid/v1", .hostNotFound),
        // No TCP connection leads to a group of hosts, whether there is a network or not.
        ("https://255.255.255.255/v1", .unreachable), ("https://[ff0e::1]/v1", .unreachable),
    ]

    @Test("a host that isn't there is named, with the reason", arguments: nowhere)
    func unreachable(baseURL: String, code: ApiError.Code) async throws {
        let error = try #require(await failure(of: canaryConfiguration(baseURL)))
        #expect(error.code == code, "\(error)")
        #expect(baseURL.contains(error.host) && !error.host.isEmpty)
    }

    @Test("a refused connection is one")
    func refused() async throws {
        let port = try ClosedPort()
        let error = await failure(of: canaryConfiguration("http://127.0.0.1:\(port.number)/v1"))
        #expect(error?.code == .connectionRefused && error?.detail == "Connection refused")
    }

    @Test(
        "N21: a gigabyte without a line end is cut off at the limit, and never is in memory",
        arguments: ["data: ", ": ", "x", "{\"choices\":\""])
    func endlessLine(start: String) async throws {
        let piece = String(repeating: "x", count: 1 << 20)
        let server = try LoopbackServer { exchange in
            exchange.send(raw: "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n\(start)")
            for _ in 0..<1024 where exchange.isOpen { exchange.send(raw: piece) }
            exchange.close()
        }
        let api = ChatApi(configuration: canaryConfiguration(server.baseURL), transport: HTTPTransport())
        let before = try PeakMemory.reset()
        let error = await failure {
            for try await _ in try await api.createChatCompletionStream(question) {}
        }
        #expect(error?.code == .tooLarge)
        let rise = try PeakMemory.megabytes() - before
        #expect(rise < 64)
        #expect(server.sentByteCount < 64 << 20 && server.postCount == 1)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let answer: String
        /// Of a whole answer, and of a stream.
        let codes: (ApiError.Code?, ApiError.Code?)
        var detail: String?
        var testDescription: String { name }
    }

    private static func http(_ type: String, _ body: String, status: String = "200 OK") -> String {
        "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static let cases: [Case] = [
        Case(
            name: "a page", answer: http("text/html", "<html><title>Sign in</title></html>"),
            codes: (.notJSON, .notAnEventStream), detail: "Sign in"),
        Case(
            name: "JSON in place of a stream",
            answer: http("application/json", #"{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"#),
            codes: (nil, nil)),
        Case(
            name: "JSON of another kind", answer: http("application/json", "[1]"), codes: (.notJSON, .notAnEventStream)),
        Case(name: "204", answer: "HTTP/1.1 204 No Content\r\n\r\n", codes: (.emptyAnswer, .emptyAnswer)),
        Case(name: "an empty 200", answer: http("application/json", ""), codes: (.emptyAnswer, .emptyAnswer)),
        Case(name: "HTTP/0.9", answer: "<html>hello</html>\r\n", codes: (.notHTTP, .notHTTP)),
        Case(name: "another protocol", answer: "SSH-2.0-OpenSSH_9.9\r\n", codes: (.notHTTP, .notHTTP)),
        Case(name: "nothing", answer: "", codes: (.connectionLost, .connectionLost)),
        Case(
            name: "a header of 5 MB",
            answer: "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 5 << 20) + "\r\n\r\n",
            codes: (.tooLarge, .tooLarge), detail: "a header is larger than 80 KiB, or all of them than 2 MiB"),
        Case(
            name: "5 MB of headers",
            answer: "HTTP/1.1 200 OK\r\n"
                + String(repeating: "X: " + String(repeating: "x", count: 9999) + "\r\n", count: 500),
            codes: (.tooLarge, .tooLarge), detail: "a header is larger than 80 KiB, or all of them than 2 MiB"),
        Case(
            name: "more than was announced",
            answer: http("application/json", #"{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"#)
                + "more",
            codes: (nil, nil)),
    ]

    @Test("what isn't an answer is told for what it is", arguments: cases)
    func strange(_ strange: Case) async throws {
        for isStream in [false, true] {
            let server = try LoopbackServer { exchange in
                exchange.send(raw: strange.answer)
                exchange.close()
            }
            let api = ChatApi(configuration: canaryConfiguration(server.baseURL), transport: HTTPTransport())
            let error = await failure {
                if isStream {
                    for try await _ in try await api.createChatCompletionStream(question) {}
                } else {
                    _ = try await api.createChatCompletion(question)
                }
            }
            #expect(error?.code == (isStream ? strange.codes.1 : strange.codes.0), "\(String(describing: error))")
            if let detail = strange.detail { #expect(error?.detail == detail) }
            #expect(server.postCount == 1)
        }
    }
}
