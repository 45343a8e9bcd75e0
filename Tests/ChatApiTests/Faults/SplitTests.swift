import ChatApi
import TestSupport
import Testing

@Suite("Split streams", .timeLimit(.minutes(1)))
struct SplitTests: Asking {
    @Test(
        "N15, N16: a stream through a socket is the same however it is cut, within chunks' lengths and characters too")
    func splits() async throws {
        let words = (0..<12).map { "w\($0) é€😀 \\ud83d\\ude00\\n" }
        let events = words.enumerated().map { number, word in
            let end = ["\n\n", "\r\n\r\n", "\r\r"][number % 3]
            return ": c\(end)data:{\"choices\":[{\"delta\":{\"content\":\"\(word)\"}}]}\(end)"
        }
        let text = (0..<12).map { "w\($0) é€😀 😀\n" }.joined()
        let chunks = (events + ["data: [DONE]\n\n"]).map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }
        let answer = Array(
            ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                + chunks.joined()
                + "0\r\n\r\n").utf8)
        var random = SystemRandomNumberGenerator()
        var sizes = [1, 2, 3, 7, 100, answer.count / 2]
        sizes += (0..<4).map { _ in Int.random(in: 4..<60, using: &random) }
        for size in sizes {
            let server = try LoopbackServer { exchange in
                for start in stride(from: 0, to: answer.count, by: size) {
                    exchange.send(bytes: Array(answer[start..<min(start + size, answer.count)]))
                }
                exchange.end()
            }
            let result = await ask(configuration(server))
            #expect(result.text == text && result.error == nil, "in pieces of \(size)")
        }
    }
}
