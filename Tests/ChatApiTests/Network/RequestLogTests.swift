import Testing

@testable import ChatApi

@Suite("What is logged of a request", .timeLimit(.minutes(3)))
struct RequestLogTests {
    @Test("controls are escaped, in one pass however many there are")
    func printable() {
        #expect(RequestLog.printable("a\u{1B}[1m\u{9B}é") == #"a\u{1B}[1m\u{009B}é"#)
        let controls = String(repeating: "\u{1}", count: 1 << 20)
        #expect(RequestLog.printable(controls).utf8.count == #"\u{01}"#.utf8.count << 20)
    }
}
