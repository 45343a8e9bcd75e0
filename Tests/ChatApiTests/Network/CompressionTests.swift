import ChatApi
import Glibc
import TestSupport
import Testing

@Suite("Packed answers")
struct CompressionTests {
    func server(encoding: String, type: String = "application/json", body: [UInt8]) throws -> LoopbackServer {
        try LoopbackServer { exchange in
            exchange.send(
                raw:
                    "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Encoding: \(encoding)\r\nConnection: close\r\n\r\n"
            )
            exchange.send(bytes: body)
            exchange.close()
        }
    }

    func configuration(_ server: LoopbackServer) -> ChatApiConfiguration {
        var configuration = canaryConfiguration(server.baseURL)
        configuration.acceptsCompression = true
        return configuration
    }

    static let whole = #"{"choices":[{"message":{"content":"yes"},"finish_reason":"stop"}]}"#

    @Test("packed answers are asked for when that is configured, and unpacked")
    func unpacked() async throws {
        for (encoding, body) in [("gzip", Packed.gzip(Self.whole)), ("deflate", Packed.deflate(Self.whole))] {
            let server = try server(encoding: encoding, body: body)
            #expect(try await answer(configuration(server)) == "yes")
            #expect(server.requests.first?.header("accept-encoding") == "gzip, deflate")
        }
        let plain = try LoopbackServer.chat(replies: ["yes"])
        #expect(try await answer(configuration(plain)) == "yes")
        #expect(try await answer(canaryConfiguration(plain.baseURL)) == "yes")
        #expect(plain.requests.map { $0.header("accept-encoding") } == ["gzip, deflate", nil])
    }

    @Test("a packed stream is unpacked as it comes")
    func stream() async throws {
        let events = (0..<2000).map { "data: {\"choices\":[{\"delta\":{\"content\":\"\($0) \"}}]}\n\n" }.joined()
        let server = try server(
            encoding: "gzip", type: "text/event-stream", body: Packed.gzip(events + "data: [DONE]\n\n"))
        var text = ""
        for try await chunk in try await ChatApi(configuration: configuration(server)).createChatCompletionStream(
            question)
        {
            text += chunk.choices.first?.delta?.content ?? ""
        }
        #expect(text == (0..<2000).map { "\($0) " }.joined())
    }

    @Test("a packed answer that is damaged or cut off is an error", arguments: ["cut", "flipped", "not packed"])
    func damaged(how: String) async throws {
        var body = Packed.gzip(Self.whole)
        switch how {
        case "cut": body.removeLast(20)
        case "flipped": body[30] ^= 1
        default: body = Array(Self.whole.utf8)
        }
        let server = try server(encoding: "gzip", body: body)
        let error = await failure(of: configuration(server))
        #expect(error?.code == .connectionLost)
        #expect(error?.detail == "the packed answer is damaged or cut off")
    }

    @Test("N23: a gigabyte packed small is cut at the limit, and never is in memory", arguments: [false, true])
    func bomb(isStream: Bool) async throws {
        let bomb = Packed.bomb(bytes: (1 << 30) / 159)
        let server = try server(
            encoding: "gzip", type: isStream ? "text/event-stream" : "application/json", body: bomb)
        var configuration = configuration(server)
        configuration.limits.bodyBytes = 8 << 20
        configuration.limits.eventBytes = 8 << 20
        let api = ChatApi(configuration: configuration, transport: HTTPTransport())
        let before = try PeakMemory.reset()
        let error = await failure {
            if isStream {
                for try await _ in try await api.createChatCompletionStream(question) {}
            } else {
                _ = try await api.createChatCompletion(question)
            }
        }
        #expect(error?.code == .tooLarge)
        let rise = try PeakMemory.megabytes() - before
        #expect(rise < 64)
    }
}
