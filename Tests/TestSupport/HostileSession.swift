/// Files that are no session, or one that no Banter would have written, in the manner of nst/JSONTestSuite: whoever reads them must
/// neither crash, hang nor alter them.
public struct HostileSession: Sendable, CustomStringConvertible {
    /// What is wrong with it, in a word.
    public let name: String
    /// What stands in the file.
    public let bytes: [UInt8]

    /// Its name.
    public var description: String { name }

    private init(_ name: String, _ bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }

    private init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    /// A session of one exchange, with other values for some of its fields; an empty value leaves a field out.
    public static func session(_ fields: [String: String] = [:]) -> String {
        var all = [
            ("format", "1"), ("id", #""20261122-165054-7f3a""#), ("title", #""Letters""#),
            ("created", #""2026-11-22T16:50:54.123Z""#), ("updated", #""2026-11-22T16:51:02.007Z""#),
            ("provider", #""openai""#), ("model", #""m""#), ("parameters", "{}"),
            ("messages", #"[{"role":"user","content":"αβγ?"},{"role":"assistant","content":"Letters."}]"#),
            ("turns", #"[{"message":1,"finishReason":"stop","usage":{"prompt_tokens":3}}]"#), ("branches", "[]"),
            ("forkedFrom", "null"),
        ]
        for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
            if let index = all.firstIndex(where: { $0.0 == key }) {
                all[index].1 = value
            } else {
                all.append((key, value))
            }
        }
        return "{" + all.filter { !$0.1.isEmpty }.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    /// All of them.
    public static let all =
        nested + numbers + strings + encodings + shapes + kinds + messages + turns + branches

    private static let nested: [HostileSession] = [100, 400, 511, 512, 513, 514, 1000, 100_000].flatMap { depth in
        let arrays = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let objects = String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        return [
            HostileSession("\(depth) arrays", session(["x": arrays])),
            HostileSession("\(depth) objects", session(["x": objects])),
            HostileSession("\(depth) arrays without an end", session(["x": String(repeating: "[", count: depth)])),
            HostileSession("\(depth) arrays as the file", arrays),
        ]
    }

    private static let oddNumbers = [
        "1e400", "-1e400", "0e1", "1e-400", "-0", "0.0", "12345678901234567890", "-9223372036854775808",
        "9223372036854775807", "1e18", "1e19", "0.1e1", String(repeating: "9", count: 10_000),
    ]
    private static let noNumbers = ["01", "1.", ".5", "+1", "NaN", "Infinity", "-", "0x10", "1e", "1e+", "1_000", "٣"]

    private static let numbers: [HostileSession] = (oddNumbers + noNumbers).flatMap { number in
        let name = number.utf8.count > 30 ? "ten thousand digits" : number
        return [
            HostileSession(
                "usage of \(name)", session(["turns": #"[{"message":1,"usage":{"prompt_tokens":\#(number)}}]"#])),
            HostileSession("turn of \(name)", session(["turns": #"[{"message":\#(number)}]"#])),
            HostileSession(
                "branch of \(name)",
                session(["branches": #"[{"id":\#(number),"from":\#(number),"at":\#(number),"messages":[],"turns":[]}]"#]
                )),
            HostileSession("parameter of \(name)", session(["parameters": #"{"temperature":\#(number)}"#])),
        ]
    }

    private static let texts: [String] = [
        #"\ud800"#, #"\udc00"#, #"\udc00\ud800"#, #"\ud83d\ud83d\ude00"#, #"\ud83d\u0041"#, #"\u0000"#, #"\u001b[2J"#,
        #"\uFFFF"#, #"\u202e"#, #"\x41"#, #"\u12"#, #"\u12G4"#, #"\'"#, #"\"#, "\u{0}", "\u{1B}[2J", "\n", "\t",
        "\u{7F}", "\u{85}", "\u{FEFF}", "e\u{301}", String(repeating: "\u{301}", count: 5000),
        String(repeating: "x", count: 1 << 20),
    ]

    private static let noText: [(String, [UInt8])] = [
        ("FF", [0xFF]), ("overlong", [0xC0, 0x80]), ("surrogate", [0xED, 0xA0, 0x80]), ("cut", [0xE2, 0x82]),
        ("beyond", [0xF4, 0x90, 0x80, 0x80]), ("lone continuation", [0x80]),
    ]

    private static let strings: [HostileSession] = {
        var all: [HostileSession] = []
        for (number, text) in texts.enumerated() {
            all += [
                HostileSession("string \(number)", session(["messages": #"[{"role":"user","content":"\#(text)"}]"#])),
                HostileSession("title \(number)", session(["title": "\"\(text)\""])),
                HostileSession(
                    "key \(number)", session(["messages": #"[{"role":"user","content":"a","\#(text)":1}]"#])),
            ]
        }
        let parts = session(["title": "\"%\""]).split(separator: "%").map { Array($0.utf8) }
        for (name, bytes) in noText {
            all.append(HostileSession("bytes that are no UTF-8: \(name)", parts[0] + bytes + parts[1]))
        }
        return all
    }()

    private static let encodings: [HostileSession] = {
        let text = session()
        let little = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return [
            HostileSession("byte order mark", mark + Array(text.utf8)),
            HostileSession("two byte order marks", mark + mark + Array(text.utf8)),
            HostileSession("UTF-16LE", [0xFF, 0xFE] + little), HostileSession("UTF-16LE without mark", little),
            HostileSession("UTF-16BE", [0xFE, 0xFF] + big), HostileSession("UTF-16BE without mark", big),
            HostileSession("UTF-32", text.unicodeScalars.flatMap { [UInt8(truncatingIfNeeded: $0.value), 0, 0, 0] }),
            HostileSession("CR LF", text.replacing(",", with: ",\r\n")),
            HostileSession("gzip", [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0]),
        ]
    }()

    private static let files: [String] = [
        "", " ", "\n\n", String(repeating: "\0", count: 64), "[]", "{}", "5", "null", "\"text\"", "{", "}", "{]",
        "[}",
        "{\"format\":1", "{\"format\":1,}", "{,}", "{\"format\" 1}", "{'format':1}", "{format:1}",
        "// note\n" + session(),
        session() + ",", session() + session(), session() + "\0", session() + "x", "<html></html>", "- yaml: 1",
        session(["format": ""]), session(["id": ""]), session(["messages": ""]), session(["created": ""]),
        #"{"format":1,"format":2,"messages":[]}"#,
        #"{"format":1,"messages":[],"messages":[{"role":"user","content":"x"}]}"#,
        #"{"format":1,"messages":[{"role":"user","role":"assistant","content":"a","content":"b"}]}"#,
    ]

    private static let formats = [
        "0", "2", "99", "1.0", "1e0", "-1", "\"1\"", "null", "true", "1e400", "12345678901234567890",
    ]

    private static let shapes: [HostileSession] =
        files.enumerated().map { HostileSession("shape \($0)", $1) }
        + formats.map { HostileSession("format \($0)", session(["format": $0])) }

    private static let keys = [
        "id", "title", "created", "updated", "provider", "model", "parameters", "messages", "turns", "branches",
        "forkedFrom",
    ]
    private static let values = ["5", "\"x\"", "[]", "{}", "true", "null", "[[]]", "\"\""]

    private static let kinds: [HostileSession] = keys.flatMap { key in
        values.map { HostileSession("\(key) is \($0)", session([key: $0])) }
    }

    private static let messages: [HostileSession] =
        [
            "null", "\"hi\"", "{}", #"{"role":5}"#, #"{"role":""}"#, #"{"role":"nobody"}"#, #"{"role":"user"}"#,
            #"{"role":"user","content":5}"#, #"{"role":"user","content":[]}"#, #"{"role":"user","content":[null]}"#,
            #"{"role":"user","content":[{"type":"text"}]}"#, #"{"role":"user","content":[{"type":5,"text":[]}]}"#,
            #"{"role":"assistant","tool_calls":5}"#, #"{"role":"assistant","tool_calls":[{"function":5}]}"#,
            #"{"role":"assistant","content":null,"reasoning_content":{}}"#, #"{"role":"system","content":null}"#,
            #"{"role":"tool","content":"x"}"#,
        ].map { HostileSession("message \($0)", session(["messages": "[\($0)]"])) }

    private static let turns: [HostileSession] =
        [
            "null", "5", "{}", #"{"message":"1"}"#, #"{"message":-1}"#, #"{"message":99}"#,
            #"{"message":1,"usage":"x"}"#,
            #"{"message":1,"seconds":"x","error":5,"model":[]}"#, #"{"message":1},{"message":1},{"message":0}"#,
        ].map { HostileSession("turn \($0)", session(["turns": "[\($0)]"])) }

    private static let branches: [HostileSession] =
        [
            "null", "5", "{}", #"{"at":-1}"#, #"{"at":99,"messages":[{"role":"user","content":"x"}]}"#, #"{"id":0}"#,
            #"{"id":1,"from":1}"#, #"{"id":1,"from":2},{"id":2,"from":1}"#, #"{"id":1},{"id":1}"#,
            #"{"id":1,"from":77}"#,
            #"{"id":1,"at":1,"messages":[5]}"#, #"{"id":1,"at":1,"messages":{}}"#, #"{"id":1,"at":1,"turns":[{}]}"#,
            #"{"id":1,"at":1,"reason":5,"created":5}"#,
        ].map { HostileSession("branch \($0)", session(["branches": "[\($0)]"])) }
}
