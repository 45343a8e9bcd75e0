import ChatApi
import Glibc
import NIOConcurrencyHelpers
import Synchronization

/// A request and the answer that the test gives to it, step by step and from any thread.
public final class LoopbackExchange: Sendable {
    /// How the end of a streamed body is told.
    public enum Framing: Sendable {
        /// By the last chunk (`Transfer-Encoding: chunked`).
        case chunked
        /// By closing the connection.
        case closing
    }

    /// What was asked.
    public let request: LoopbackRequest
    private let connection: LoopbackConnection
    private let framing = NIOLockedValueBox<Framing?>(nil)
    let isFinished = Atomic(false)

    init(request: LoopbackRequest, connection: LoopbackConnection) {
        self.request = request
        self.connection = connection
    }

    /// Answers at once; the connection is kept.
    public func respond(status: Int = 200, headers: [(String, String)] = [], body: String = "") {
        var headers = headers
        if !headers.contains(where: { $0.0.lowercased() == "content-type" }) {
            headers.append(("Content-Type", "application/json"))
        }
        headers.append(("Content-Length", String(body.utf8.count)))
        send(raw: Self.head(status, headers) + body)
        isFinished.store(true, ordering: .releasing)
    }

    /// Begins a stream of events.
    public func startEvents(status: Int = 200, headers: [(String, String)] = [], framing: Framing = .chunked) {
        self.framing.withLockedValue { $0 = framing }
        let end = framing == .chunked ? ("Transfer-Encoding", "chunked") : ("Connection", "close")
        send(raw: Self.head(status, headers + [("Content-Type", "text/event-stream"), end]))
    }

    /// Sends an event with this data.
    public func send(event data: String) { send(text: "data: \(data)\n\n") }

    /// Sends an event with new text of an answer.
    public func send(content: String) {
        send(
            event:
                #"{"id":"c1","model":"test-model","choices":[{"index":0,"delta":{"content":\#(Self.quoted(content))}}]}"#
        )
    }

    /// Sends text as a part of the body.
    public func send(text: String) {
        let isChunked = framing.withLockedValue { $0 == .chunked }
        send(raw: isChunked ? "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n" : text)
    }

    /// Sends a text just as it is.
    public func send(raw text: String) { send(bytes: Array(text.utf8)) }

    /// Sends bytes just as they are.
    public func send(bytes: [UInt8]) { connection.send(bytes) }

    /// Ends an answer with its finish reason, its token counts and `[DONE]`, and then the body.
    public func finish(reason: String = "stop", promptTokens: Int = 5, completionTokens: Int = 7) {
        send(
            event: #"{"id":"c1","model":"test-model","choices":[{"index":0,"delta":{},"finish_reason":"\#(reason)"}]}"#)
        let counts =
            #""prompt_tokens":\#(promptTokens),"completion_tokens":\#(completionTokens),"total_tokens":\#(promptTokens + completionTokens)"#
        send(event: #"{"id":"c1","model":"test-model","choices":[],"usage":{\#(counts)}}"#)
        send(event: "[DONE]")
        endBody()
    }

    /// Ends the body as its framing says.
    public func endBody() {
        if framing.withLockedValue({ $0 == .chunked }) { send(raw: "0\r\n\r\n") } else { connection.close() }
        isFinished.store(true, ordering: .releasing)
    }

    /// Says that the answer is over, whatever was sent; the connection is kept.
    public func end() { isFinished.store(true, ordering: .releasing) }

    /// Blocks until the client's system has taken all that was sent, and the client most likely too.
    public func waitUntilTaken() { connection.waitUntilTaken() }

    /// Closes the connection, wherever the answer is.
    public func close() {
        isFinished.store(true, ordering: .releasing)
        connection.close()
    }

    /// Breaks the connection with a RST.
    public func reset() {
        isFinished.store(true, ordering: .releasing)
        connection.reset()
    }

    /// Whether the connection is open on this side, and the client is still there as far as sending shows.
    public var isOpen: Bool { connection.isOpen }

    /// Waits until the client has closed the connection, for at most 20 s.
    public func waitUntilClientCloses() async throws {
        _ = try await connection.closedByClient.next("the client to close its connection")
    }

    private static func head(_ status: Int, _ headers: [(String, String)]) -> String {
        "HTTP/1.1 \(status) Status\r\n" + headers.map { "\($0): \($1)\r\n" }.joined() + "\r\n"
    }

    private static func quoted(_ text: String) -> String {
        String(decoding: JSONValue.string(text).serialized(), as: UTF8.self)
    }
}

extension LoopbackServer {
    /// A server that answers chats with these texts in turn, the last one again and again, and lists one model, `test-model`.
    ///
    /// Texts are streamed word by word when a stream is asked for.
    public static func chat(replies: [String]) throws -> LoopbackServer {
        let count = Atomic(0)
        return try LoopbackServer { exchange in
            switch (exchange.request.method, exchange.request.path) {
            case ("GET", "/v1/models"):
                exchange.respond(body: #"{"object":"list","data":[{"id":"test-model","object":"model"}]}"#)
            case ("POST", "/v1/chat/completions"):
                let turn = count.add(1, ordering: .relaxed).oldValue
                exchange.reply(replies.isEmpty ? "" : replies[min(turn, replies.count - 1)])
            default:
                exchange.respond(status: 404, body: #"{"error":{"message":"no such path"}}"#)
            }
        }
    }
}

extension LoopbackExchange {
    /// Answers a chat with a text, streamed word by word if the request asks for a stream.
    public func reply(_ text: String) {
        guard request.json?["stream"]?.boolValue == true else {
            let message: JSONValue = ["role": "assistant", "content": .string(text)]
            let answer: JSONValue = [
                "id": "c1", "object": "chat.completion", "model": "test-model",
                "choices": [["index": 0, "message": message, "finish_reason": "stop"]],
                "usage": ["prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12],
            ]
            return respond(body: String(decoding: answer.serialized(), as: UTF8.self))
        }
        startEvents()
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            word.append(scalar)
            if scalar == " " || scalar == "\n" {
                send(content: String(word))
                word = .init()
            }
        }
        if !word.isEmpty { send(content: String(word)) }
        finish()
    }
}
