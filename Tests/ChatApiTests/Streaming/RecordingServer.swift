import ChatApi
import TestSupport

/// A server that answers every request with a recording, in pieces, and a client of it.
struct RecordingServer {
    let server: LoopbackServer
    let api: ChatApi
    let request = CreateChatCompletionRequest(model: "m", messages: [.user("hi")])

    init(_ fixture: Fixture, headers: [(String, String)] = []) throws {
        try self.init(
            status: fixture.status, headers: [("Content-Type", fixture.contentType)] + headers, body: fixture.bytes)
    }

    init(status: Int, headers: [(String, String)], body: [UInt8]) throws {
        server = try LoopbackServer { exchange in
            let head = headers.map { "\($0): \($1)\r\n" }.joined()
            exchange.send(raw: "HTTP/1.1 \(status) Status\r\n\(head)Connection: close\r\n")
            exchange.send(raw: "Transfer-Encoding: chunked\r\n\r\n")
            // The server's text can't be cut within a character; `StreamDecoder` is fed such cuts elsewhere.
            var generator = SeededGenerator(seed: UInt64(body.count))
            var rest = String(decoding: body, as: UTF8.self).unicodeScalars[...]
            while !rest.isEmpty {
                let piece = String(String.UnicodeScalarView(rest.prefix(.random(in: 1...700, using: &generator))))
                rest = rest.dropFirst(piece.unicodeScalars.count)
                exchange.send(raw: "\(String(piece.utf8.count, radix: 16))\r\n\(piece)\r\n")
            }
            exchange.send(raw: "0\r\n\r\n")
            exchange.end()
        }
        var configuration = ChatApiConfiguration(baseURL: server.baseURL, apiKey: "sk-canary-0123456789")
        configuration.maximumRetries = 0
        api = ChatApi(configuration: configuration)
    }
}
