import ChatApi
import Testing

@Suite("ServerSentEventParser")
struct ServerSentEventParserTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let stream: String
        let events: [ServerSentEvent]
        init(_ name: String, _ stream: String, _ events: [(String, String)]) {
            self.name = name
            self.stream = stream
            self.events = events.map { ServerSentEvent(type: $0.0, data: Array($0.1.utf8)) }
        }
        var testDescription: String { name }
    }

    static let cases = [
        Case("LF", "data: a\n\ndata: b\n\n", [("", "a"), ("", "b")]),
        Case("CR", "data: a\r\rdata: b\r\r", [("", "a"), ("", "b")]),
        Case("CRLF", "data: a\r\n\r\ndata: b\r\n\r\n", [("", "a"), ("", "b")]),
        Case("mixed line ends", "data: a\r\n\ndata: b\r\r\ndata: c\n\r", [("", "a"), ("", "b"), ("", "c")]),
        Case("data lines joined by LF", "data: a\ndata:\ndata: b\n\n", [("", "a\n\nb")]),
        Case("one space is removed, not two", "data:a\n\ndata:  a\n\n", [("", "a"), ("", " a")]),
        Case("a leading space makes another field", " data: a\n\n", []),
        Case("a field without a colon", "data\n\ndata\ndata\n\n", [("", ""), ("", "\n")]),
        Case("comments", ": ping\n\n:\n: x\ndata: a\n: y\ndata: b\n\n", [("", "a\nb")]),
        Case("a byte order mark", "\u{FEFF}data: a\n\ndata: \u{FEFF}\n\n", [("", "a"), ("", "\u{FEFF}")]),
        Case("an event type", "event: ping\ndata: a\n\ndata: b\n\n", [("ping", "a"), ("", "b")]),
        Case("no event without data", "event: ping\n\nid: 7\n\nretry: 3000\n\n\n\ndata: a\n\n", [("", "a")]),
        Case("unknown fields", "foo: bar\ndata: a\nfoo\n\n", [("", "a")]),
        Case("an event that the end leaves open", "data: a\n\ndata: b\n", [("", "a"), ("", "b")]),
        Case("a line that the end leaves open", "data: a\n\ndata: b", [("", "a"), ("", "b")]),
        Case("line separators of Unicode end nothing", "data: a\u{2028}b\u{85}c\n\n", [("", "a\u{2028}b\u{85}c")]),
        Case(
            "llama.cpp's error line", "data: a\n\nerror: {\"code\":500}\n\n", [("", "a"), ("error", "{\"code\":500}")]),
        Case("an object without framing", "data: a\n\n{\"error\":1}\n", [("", "a"), ("", "{\"error\":1}")]),
        Case("nothing", "", []),
    ]

    @Test("follows the standard, however the bytes are cut", arguments: cases)
    func clauses(test: Case) throws {
        let bytes = Array(test.stream.utf8)
        #expect(try events([bytes]) == test.events)
        #expect(try events(bytes.map { [$0] }) == test.events)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]].map(Array.init)
                #expect(try events(pieces) == test.events)
            }
        }
    }

    @Test("bytes that aren't UTF-8 pass as they are")
    func badBytes() throws {
        #expect(
            try events([Array("data: ".utf8), [0xFF, 0xC3], [0x0A, 0x0A]]) == [ServerSentEvent(data: [0xFF, 0xC3])])
    }

    @Test("a line, or the lines of an event, over the cap are an error")
    func cap() throws {
        var parser = ServerSentEventParser(maximumEventBytes: 16)
        #expect(try parser.parse(Array("data: 0123456789\n\n".utf8)).count == 1)
        #expect(throws: ServerSentEventTooLarge.self) { try parser.parse(Array("data: 0123456789abcdef".utf8)) }
        parser = ServerSentEventParser(maximumEventBytes: 16)
        #expect(throws: ServerSentEventTooLarge.self) {
            for _ in 0..<10 { _ = try parser.parse(Array("data: 01\n".utf8)) }
        }
    }

    private func events(_ pieces: [[UInt8]]) throws -> [ServerSentEvent] {
        var parser = ServerSentEventParser()
        var events: [ServerSentEvent] = []
        for piece in pieces { events += try parser.parse(piece) }
        return try events + parser.finish()
    }
}
