import Testing

@testable import ChatApi

@Suite("JSON")
struct JSONTests {
    private func parse(_ text: String) throws(JSONSyntaxError) -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    @Test(
        "what the grammar allows is read, and written again as it was",
        arguments: [
            "null", "true", "false", "0", "-0", "1", "-12", "1.5", "1e400", "1E+2", "0.10",
            "123456789012345678901234567890",
            #""""#, #""a""#, #""ü😀""#, "[]", "[1,2]", "{}", #"{"a":1,"b":[{"c":null}]}"#, #"{"z":1,"a":2}"#,
            #""\"\\\n\r\t""#,
            #""\u0001\u007f""#,
        ])
    func roundTrip(text: String) throws {
        #expect(String(decoding: try parse(text).serialized(), as: UTF8.self) == text)
        #expect(try "\(parse(text))" == text && JSONValue(parsing: text) == parse(text))
        #expect(try parse(" \n\t\r\(text)\r\n ") == parse(text))
        #expect(try parse("\u{FEFF}" + text) == parse(text))
        #expect(try JSONValue(parsing: parse(text).serialized(.indented)) == parse(text))
    }

    @Test(
        "what the grammar forbids is refused",
        arguments: [
            "", " ", "nul", "nulll", "tru", "True", "01", "-", "+1", ".5", "1.", "1e", "1e+", "--1", "0x1", "NaN",
            "Infinity",
            "'a'", #"""#, #""a"#, #""\x""#, #""\u12""#, #""\u12g4""#, "\"\u{1}\"", "\"\n\"", "[", "]", "[1", "[1,",
            "[1,]", "[,1]", "[1 2]",
            "{", "}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#, #"{"a":1 "b":2}"#, "1 2", "{}x", "// c\n1",
            "/**/1", "\u{A0}1",
            #""\ud83d\u12""#,
        ])
    func refused(text: String) {
        #expect(throws: JSONSyntaxError.self) { try parse(text) }
    }

    @Test("every truncation of an object is refused")
    func truncations() {
        let bytes = Array(#"{"a":[1.5e3,-2,true,null,"\u00fc\ud83d\ude00\n",{"b":{}}],"ü":false}"#.utf8)
        #expect(throws: Never.self) { try JSONValue(parsing: bytes) }
        for count in bytes.indices {
            #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: Array(bytes[..<count])) }
        }
    }

    @Test(
        "escapes are joined, and half a surrogate pair becomes U+FFFD",
        arguments: [
            (#""\u00fc""#, "ü"), (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00x""#, "😀x"), (#""\ud83d""#, "\u{FFFD}"),
            (#""\ude00""#, "\u{FFFD}"), (#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"),
            (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
            (#""\ud83dx""#, "\u{FFFD}x"), (#""\ud83d\n""#, "\u{FFFD}\n"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
            (#""\/\b\f""#, "/\u{8}\u{C}"), (#""\u0000""#, "\0"),
        ])
    func escapes(text: String, value: String) throws {
        #expect(Array(try #require(parse(text).stringValue).unicodeScalars) == Array(value.unicodeScalars))
    }

    @Test("bytes that aren't UTF-8 become U+FFFD")
    func badBytes() throws {
        #expect(try JSONValue(parsing: [0x22, 0x61, 0xFF, 0x22]) == "a\u{FFFD}")
    }

    @Test("nesting is capped, so that no input exhausts the stack")
    func depth() throws {
        let deepest = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(throws: Never.self) { try parse(deepest) }
        #expect(throws: JSONSyntaxError.self) { try parse("[\(deepest)]") }
        #expect(throws: JSONSyntaxError.self) { try parse(String(repeating: "[", count: 1_000_000)) }
        // What came from the wire can be saved in a file where it lies deeper.
        let wire = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
        #expect(throws: Never.self) { try JSONValue(parsingWire: Array(wire.utf8)) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsingWire: Array("[\(wire)]".utf8)) }
        #expect(throws: JSONSyntaxError.self) { try parse(String(repeating: #"{"a":"#, count: 1_000_000)) }
    }

    @Test("the first of two fields with the same name counts, also in large objects")
    func duplicates() throws {
        #expect(try parse(#"{"a":1,"a":2}"#) == ["a": 1])
        let fields = (0..<40).map { #""k\#($0)":\#($0)"# }.joined(separator: ",")
        let value = try parse("{\(fields),\(fields)}")
        #expect(value.objectValue?.count == 40)
        #expect(value["k39"] == 39)
    }

    @Test(
        "numbers mean what they say, as far as Swift can hold it",
        arguments: [
            ("3", 3, 3), ("3.0", 3, 3), ("3e0", 3, 3), ("-1", -1, -1), ("1.5", nil, 1.5), ("1e400", nil, nil),
            ("9223372036854775807", Int.max, 9.223372036854775807e18),
            ("9223372036854775808", nil, 9.223372036854775808e18),
        ] as [(String, Int?, Double?)])
    func numbers(text: String, int: Int?, double: Double?) throws {
        #expect(try parse(text).intValue == int)
        #expect(try parse(text).doubleValue == double)
    }

    @Test(
        "a mistake is named by line and column",
        arguments: [
            ("{\n  \"a\": 1\n  \"b\": 2\n}", 3, 3), ("[1,\n2,\n]", 3, 1), ("{\"a\": tru}", 1, 7), ("", 1, 1),
        ])
    func locations(text: String, line: Int, column: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try parse(text) }
        #expect(error?.location.line == line && error?.location.column == column)
    }

    @Test("a document knows where its values stand")
    func document() throws {
        let document = try JSONDocument(parsing: Array("{\n  \"a\": [1,\n    {\"b\": 2}]\n}".utf8))
        let place = document.location(of: [.key("a"), .index(1), .key("b")])
        #expect(place.line == 3 && place.column == 6)
        let above = document.location(of: [.key("a"), .key("nothing")])
        #expect(above.line == 2 && above.column == 3)
    }

    @Test("what a server sends may hold so many values and no more")
    func values() {
        func parse(_ count: Int) -> JSONValue? {
            var parser = JSONParser(
                Array("[\(Array(repeating: "1", count: count).joined(separator: ","))]".utf8), maximumValues: 10)
            return try? parser.parse()
        }
        #expect(parse(9)?.arrayValue?.count == 9)
        #expect(parse(10) == nil)
    }

    @Test("a text that is known to be UTF-8 is read as any other")
    func knownText() throws {
        let pieces = [
            "", "a", "naïve ", "日本語", "👩‍👩‍👧", "\u{7F}\u{85}", #"\n"#, #"\""#, #"\u00e9"#, #"\ud83d\ude00"#, #"\ud83d"#,
            #"\\"#,
        ]
        for first in pieces {
            for second in pieces {
                for length in [0, 3, 20, 600] {
                    let string = "\(first)\(String(repeating: "x", count: length))\(second)"
                    let text = Array(#"{"\#(string)": ["\#(string)", "\#(second)"]}"#.utf8)
                    let (known, other) = (try JSONValue.reading(utf8: text).value, try JSONValue(parsing: text))
                    // As bytes, as two strings that are equal may differ in them.
                    #expect(known.serialized() == other.serialized() && known == other)
                    // One that is taken for ASCII wrongly has the right bytes, and counts them as characters.
                    for text in try #require(known.objectValue?.keys) {
                        #expect(text.utf16.count == String(decoding: Array(text.utf8), as: UTF8.self).utf16.count)
                    }
                }
            }
        }
    }
}
