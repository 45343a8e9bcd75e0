import ChatApi
import Testing

/// "Parsing an event stream" and "Interpreting an event stream" of the HTML standard (§9.2.5, §9.2.6), a row for each clause.
@Suite("ServerSentEventParser")
struct ServerSentEventParserTests {
    struct Clause: Sendable, CustomTestStringConvertible {
        let text: String
        let stream: String
        let events: [ServerSentEvent]
        init(_ text: String, _ stream: String, _ events: [(String, String)]) {
            self.text = text
            self.stream = stream
            self.events = events.map { ServerSentEvent(type: $0.0, data: Array($0.1.utf8)) }
        }
        var testDescription: String { text }
    }

    static let parsing = [
        Clause(
            "stream = [ bom ] *event", "\u{FEFF}data: a\n\ndata: \u{FEFF}b\n\n", [("", "a"), ("", "\u{FEFF}b")]),
        Clause("\"strips one leading UTF-8 Byte Order Mark (BOM), if any\"", "\u{FEFF}\u{FEFF}data: a\n\n", []),
        Clause("\"a single U+000A LINE FEED (LF)\"", "data: a\n\ndata: b\n\n", [("", "a"), ("", "b")]),
        Clause("\"a single U+000D CARRIAGE RETURN (CR)\"", "data: a\r\rdata: b\r\r", [("", "a"), ("", "b")]),
        Clause("\"a U+000D CARRIAGE RETURN U+000A LINE FEED (CRLF) character pair\"", "data: a\r\n\r\n", [("", "a")]),
        Clause("CR LF is one end, LF CR are two", "data: a\r\ndata: b\n\rdata: c\n\n", [("", "a\nb"), ("", "c")]),
        Clause(
            "line ends mixed", "data: a\r\n\ndata: b\r\r\ndata: c\n\r\ndata: d\r\n\r",
            [("", "a"), ("", "b"), ("", "c"), ("", "d")]),
        Clause(
            "no other character ends a line", "data: a\u{2028}b\u{2029}c\u{85}d\u{B}e\u{C}f\n\n",
            [("", "a\u{2028}b\u{2029}c\u{85}d\u{B}e\u{C}f")]),
    ]

    static let interpreting = [
        Clause("\"If the line is empty (a blank line): Dispatch the event\"", "data: a\n\n\n\n", [("", "a")]),
        Clause(
            "\"If the line starts with a U+003A COLON character (:): Ignore the line\"",
            ": ping\n\n:\n: data: x\ndata: a\n:y\ndata: b\n\n", [("", "a\nb")]),
        Clause("\"the first U+003A COLON character\"", "data: a: b:c\n\ndata::\n\n", [("", "a: b:c"), ("", ":")]),
        Clause(
            "\"If value starts with a U+0020 SPACE character, remove it\"",
            "data:a\n\ndata: a\n\ndata:  a\n\ndata:\ta\n\n",
            [("", "a"), ("", "a"), ("", " a"), ("", "\ta")]),
        Clause(
            "\"the whole line as the field name, and the empty string as the field value\"",
            "data\n\ndata\ndata\n\ndata:x\n\n", [("", ""), ("", "\n"), ("", "x")]),
        Clause("\"event: Set the event type buffer to field value\"", "event: ping\ndata: a\n\n", [("ping", "a")]),
        Clause("the last event type counts, an empty one too", "event: a\nevent:\ndata: a\n\n", [("", "a")]),
        Clause("an event type after the data", "data: a\nevent: b\n\n", [("b", "a")]),
        Clause(
            "\"set the data buffer and the event type buffer to the empty string\"", "event: a\ndata: a\n\ndata: b\n\n",
            [("a", "a"), ("", "b")]),
        Clause(
            "\"data: Append the field value to the data buffer, then append a single U+000A\"",
            "data: a\ndata:\ndata: b\n\n", [("", "a\n\nb")]),
        Clause("\"id: Set the last event ID buffer\"", "id: 7\ndata: a\n\nid\ndata: b\n\n", [("", "a"), ("", "b")]),
        Clause("\"If the field value does not contain U+0000 NULL\"", "id: a\0b\ndata: a\0b\n\n", [("", "a\0b")]),
        Clause("\"retry: If the field value consists of only ASCII digits\"", "retry: 10\nretry: x\n\n", []),
        Clause("\"Otherwise: The field is ignored\"", "foo: bar\ndata: a\nfoo\nDATA: b\ndat: c\n\n", [("", "a")]),
        Clause("a leading space makes another field", " data: a\n\n\tdata: b\n\n", []),
        Clause(
            "\"If the data buffer is an empty string, set […] and return\"",
            "event: ping\n\nid: 7\n\nretry: 3000\n\n\n\ndata: a\n\n", [("", "a")]),
        Clause("nothing", "", []),
    ]

    /// Where this parser does something else, because real servers do.
    static let exceptions = [
        Clause(
            "\"any pending data must be discarded\": it is kept, whole lines", "data: a\n\ndata: b\n",
            [("", "a"), ("", "b")]),
        Clause("… an event that lacks one of two line ends", "data: a\r\n\r\ndata: b\r\n", [("", "a"), ("", "b")]),
        Clause("… a line without an end", "data: a\n\ndata: b", [("", "a"), ("", "b")]),
        Clause(
            "the line `error: {…}` is an error event", "data: a\n\nerror: {\"code\":500}\n\n",
            [("", "a"), ("error", "{\"code\":500}")]),
        Clause(
            "a line that is an object is an event of its own", "data: a\n{\"error\":1}\ndata: b\n\n",
            [("", "a"), ("", "{\"error\":1}"), ("", "b")]),
    ]

    @Test("N14: follows the standard, however the bytes are cut", arguments: parsing + interpreting + exceptions)
    func clauses(clause: Clause) throws {
        let bytes = Array(clause.stream.utf8)
        #expect(try events([bytes]) == clause.events)
        #expect(try events(bytes.map { [$0] }) == clause.events)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]].map(Array.init)
                #expect(try events(pieces) == clause.events)
            }
        }
    }

    @Test("bytes that aren't UTF-8 pass as they are, also cut within a character")
    func badBytes() throws {
        #expect(
            try events([Array("data: ".utf8), [0xFF, 0xC3], [0x0A, 0x0A]]) == [ServerSentEvent(data: [0xFF, 0xC3])])
        #expect(
            try events([Array("data: ".utf8), [0xF0, 0x9F], [0x98, 0x80, 0x0A, 0x0A]])
                == [ServerSentEvent(data: Array("😀".utf8))])
    }

    @Test("whole comment lines are counted, so that they can count as signs of life")
    func comments() throws {
        var parser = ServerSentEventParser()
        var events: [ServerSentEvent] = []
        for (piece, count) in [(":", 0), (" pi", 0), ("ng\n", 1), ("\n: a\r", 2), ("\n:b\n:c\ndata: :d\n\n:", 4)] {
            try parser.parse(Array(piece.utf8), into: &events)
            #expect(parser.commentCount == count)
        }
        #expect(events.count == 1)
    }

    static let tooLarge = [
        ("data: 0123456789\n\ndata: 0123456789a", 1), ("data: a\n\n: 0123456789abcdef\n\n", 1),
        ("data: 0123456\ndata: 01234567\ndata: x\n\n", 0), ("data: a\n\n{23456789abcdef0}\n", 1),
    ]

    @Test(
        "a line, or the lines of an event, over the cap are an error after the events before, however cut",
        arguments: tooLarge)
    func cap(stream: String, count: Int) throws {
        let bytes = Array(stream.utf8)
        for size in 1...bytes.count {
            var parser = ServerSentEventParser(maximumEventBytes: 16)
            var events: [ServerSentEvent] = []
            #expect(throws: ServerSentEventTooLarge.self) {
                for start in stride(from: 0, to: bytes.count, by: size) {
                    try parser.parse(Array(bytes[start..<min(start + size, bytes.count)]), into: &events)
                }
            }
            #expect(events.count == count)
        }
        var parser = ServerSentEventParser(maximumEventBytes: 16)
        var events: [ServerSentEvent] = []
        try parser.parse(Array("data: 0123456789\ndata: 01234\n\n".utf8), into: &events)
        #expect(events.map(\.data.count) == [16])
    }

    private func events(_ pieces: [[UInt8]]) throws -> [ServerSentEvent] {
        var parser = ServerSentEventParser()
        var events: [ServerSentEvent] = []
        for piece in pieces { try parser.parse(piece, into: &events) }
        try parser.finish(into: &events)
        return events
    }
}
