import ChatApi
import Testing

@testable import ChatSession

@Suite("A session file")
struct SessionFileTests {
    /// Format 1, as it must open for ever.
    static let golden = #"""
        {
          "format": 1,
          "x-before": [
            1e400,
            0.10,
            12345678901234567890
          ],
          "id": "20261122-165054-7f3a",
          "title": "Greek \u001b letters",
          "updated": "2026-11-22T16:51:02.007Z",
          "created": "2026-11-22T16:50:54.123Z",
          "provider": "openai",
          "model": "gpt-5-mini",
          "parameters": {
            "temperature": 0.70
          },
          "messages": [
            {
              "role": "system",
              "content": "Be brief."
            },
            {
              "role": "user",
              "content": "αβγ?"
            },
            {
              "role": "assistant",
              "x-kept": null,
              "content": "Letters."
            }
          ],
          "turns": [
            {
              "message": 2,
              "finishReason": "stop",
              "usage": {
                "prompt_tokens": 3
              },
              "x-turn": true
            }
          ],
          "branches": [
            {
              "at": 1,
              "id": 7,
              "anything": [],
              "from": null,
              "reason": "whim",
              "created": "2026-11-22T16:50:54.123Z",
              "turns": [],
              "messages": [
                {
                  "role": "user",
                  "content": "left"
                }
              ]
            }
          ],
          "forkedFrom": null,
          "x-after": {}
        }

        """#

    @Test("of format 1 is read, and written again byte for byte: unknown keys, their order and the spelling of numbers")
    func golden() throws {
        let bytes = Array(Self.golden.utf8)
        let session = try SessionFile.decode(bytes)
        #expect(session.id.text == "20261122-165054-7f3a")
        #expect(session.title == "Greek \u{1B} letters")
        #expect(session.messages.map(\.role) == [.system, .user, .assistant])
        #expect(session.messages[1].content?.text == "αβγ?")
        #expect(session.parameters["temperature"]?.doubleValue == 0.7)
        #expect(session.turns[0].message == 2)
        #expect(session.turns[0].usage?.promptTokens == 3)
        #expect(session.created < session.updated)
        #expect(String(decoding: SessionFile.encode(session), as: UTF8.self) == Self.golden)
    }

    @Test("that ends too early is an error wherever it ends")
    func truncated() {
        let bytes = Array(Self.golden.utf8)
        // The last byte is the line break behind the object.
        for count in 0..<bytes.count - 1 {
            #expect(throws: SessionFile.Problem.self, "cut after \(count) bytes") {
                try SessionFile.decode(Array(bytes[..<count]))
            }
        }
    }

    @Test(
        "with something of the wrong kind says what",
        arguments: [
            ("[]", "it holds array, not an object"),
            ("{}", "it has no \"format\" that Banter knows"),
            (#"{"format":"1"}"#, "it has no \"format\" that Banter knows"),
            (#"{"format":1}"#, "it has no session \"id\""),
            (#"{"format":1,"id":"../../etc/passwd"}"#, "it has no session \"id\""),
            (#"{"format":1,"id":"20261122-165054-7f3a"}"#, "it has no \"messages\""),
            (#"{"format":1,"id":"20261122-165054-7f3a","messages":{}}"#, "\"messages\" is not an array"),
            (#"{"format":1,"id":"20261122-165054-7f3a","messages":["hi"]}"#, "message 0 has no \"role\""),
            (#"{"format":1,"id":"20261122-165054-7f3a","messages":[],"title":5}"#, "\"title\" is not a string"),
            (
                #"{"format":1,"id":"20261122-165054-7f3a","messages":[],"turns":[{}]}"#,
                "turn 0 has no number \"message\""
            ),
            (#"{"format":1,"id":"20261122-165054-7f3a","messages":[],"branches":{}}"#, "\"branches\" is not an array"),
            (
                #"{"format":1,"id":"20261122-165054-7f3a","messages":[],"created":"yesterday"}"#,
                "\"created\" is not a time like 2026-11-22T16:50:54.123Z"
            ),
        ])
    func wrongKinds(_ text: String, _ reason: String) {
        #expect(throws: SessionFile.Problem.damaged(reason)) { try SessionFile.decode(Array(text.utf8)) }
    }

    @Test("with bytes that are no text is damaged, as they would be lost at the next save")
    func notText() {
        let bytes = Array(Self.golden.utf8) + [0xFF]
        #expect(throws: SessionFile.Problem.damaged("it holds bytes that are no UTF-8 text")) {
            try SessionFile.decode(bytes)
        }
    }

    @Test("of a newer format is told from a damaged one")
    func newer() {
        #expect(throws: SessionFile.Problem.newerFormat(2)) {
            try SessionFile.decode(Array(#"{"format":2,"messages":"elsewhere"}"#.utf8))
        }
    }

    @Test("without times begins when its id says")
    func withoutTimes() throws {
        let session = try SessionFile.decode(
            Array(#"{"format":1,"id":"20261122-165054-7f3a","messages":[]}"#.utf8))
        #expect(session.created.text == "2026-11-22T16:50:54.000Z")
    }

    @Test("holds the messages exactly as they are sent")
    func messagesAreWhatIsSent() throws {
        let session = try SessionFile.decode(Array(Self.golden.utf8))
        let file = try JSONValue(parsing: SessionFile.encode(session))
        let request = session.request(streams: true)
        #expect(request.fields["messages"]?.serialized() == file["messages"]?.serialized())
        #expect(request.fields["model"] == file["model"])
        #expect(request.fields["temperature"] == file["parameters"]?["temperature"])
    }
}
