import ChatApi
import FoundationEssentials
import Testing

@testable import ChatSession

@Suite("A session id")
struct SessionIDTests {
    @Test("is made of the time and four digits, and sorts by time")
    func form() throws {
        let moment = try #require(Timestamp("2026-11-22T16:50:54.999Z"))
        let id = SessionID(date: moment, suffix: 0x7f)
        #expect(id.text == "20261122-165054-007f")
        #expect(id.created.text == "2026-11-22T16:50:54.000Z")
        #expect(id < SessionID(date: try #require(Timestamp("2026-11-22T16:50:55Z")), suffix: 0))
        #expect(SessionID(SessionID().text) != nil)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "20261122-165054", "20261122-165054-7F3A", "20261122-165054-7f3a ", "20261122-165054-7f3",
            "../../etc/passwd",
            "20261122/165054/7f3a", "20261122-165054-7f3a-", "2026112２-165054-7f3a", "20261122-165054-..//",
            "20261122-165054-7f\u{0}a",
        ])
    func refused(_ text: String) {
        #expect(SessionID(text) == nil)
    }
}

@Suite("A timestamp")
struct TimestampTests {
    @Test("survives being written and read at every millisecond")
    func roundTrip() {
        for milliseconds in 0..<1000 {
            let digits = String(String(1000 + milliseconds).dropFirst())
            let text = "2026-11-22T16:50:54.\(digits)Z"
            #expect(Timestamp(text)?.text == text)
        }
    }

    @Test("is written as the formatter writes it, on days from before the epoch to behind the year 9999")
    func formatter() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for day in stride(from: -800.0, to: 2_933_000, by: 1)
        where (10_900..<12_500).contains(day) || Int(day) % 97 == 0 {
            let date = Date(timeIntervalSince1970: day * 86_400 + 45_296.789)
            let time = Timestamp(date)
            #expect(time.text == (time.date + 0.0005).formatted(style))
        }
    }

    @Test("is read alike with milliseconds and without, on every day of several years")
    func everyDay() throws {
        for year in [1970, 1999, 2000, 2027, 2028, 2100, 9999] {
            for month in 1...12 {
                for day in 1...31 {
                    func two(_ number: Int) -> String { String(String(100 + number).dropFirst()) }
                    let date = "\(year)-\(two(month))-\(two(day))T23:59:58"
                    #expect(Timestamp(date + ".000Z")?.date == Timestamp(date + "Z")?.date, "\(date)")
                }
            }
        }
    }

    @Test("reads what other programs write", arguments: ["2026-11-22T16:50:54Z", "2026-11-22T16:50:54.000Z"])
    func reads(_ text: String) {
        #expect(Timestamp(text)?.text == "2026-11-22T16:50:54.000Z")
    }

    @Test("is nothing else", arguments: ["", "yesterday", "2026-11-22", "1234567890"])
    func refused(_ text: String) {
        #expect(Timestamp(text) == nil)
    }
}

@Suite("Spelling")
struct SpellingTests {
    @Test(
        "finds what was meant",
        arguments: [
            ("modle", "model"), ("baseurl", "baseURL"), ("modl", "model"), ("mmodel", "model"),
            ("paramters", "parameters"),
            ("zebra", nil), ("", nil), ("x", nil), (String(repeating: "a", count: 300), nil),
        ] as [(String, String?)])
    func nearest(_ word: String, _ meant: String?) {
        #expect(
            Spelling.nearest(
                to: word, among: ["parameters", "model", "baseURL", "y", String(repeating: "b", count: 300)])
                == meant)
    }

    @Test("counts a swap of neighbours as one mistake")
    func distance() {
        #expect(Spelling.distance(Array("modle"), Array("model")) == 1)
        #expect(Spelling.distance(Array("kitten"), Array("sitting")) == 3)
        #expect(Spelling.distance([], Array("abc")) == 3)
    }
}

@Suite("A session")
struct SessionTests {
    @Test("is called by the first words of its first message")
    func title() {
        #expect(Session.title(from: "  one\n\ttwo\u{1B}[31m  ") == "one two [31m")
        #expect(Session.title(from: String(repeating: "word ", count: 50)).count == 59)
        #expect(Session.title(from: String(repeating: "x", count: 500)).count == 60)
        #expect(Session.title(from: "e" + String(repeating: "\u{301}", count: 100_000)).unicodeScalars.count == 60)
        #expect(Session.title(from: " \n ").isEmpty)
    }

    @Test("counts its turns' messages anew when the system prompt comes or goes")
    func system() {
        var session = Session()
        session.messages = [.user("a"), .assistant("b")]
        session.turns = [TurnRecord(message: 1)]
        session.system = "s"
        #expect(session.turns[0].message == 2)
        session.system = nil
        #expect(session.turns[0].message == 1)
        #expect(session.messages.count == 2)
    }
}
