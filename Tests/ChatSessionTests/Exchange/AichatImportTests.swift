import ChatApi
import FoundationEssentials
import TestSupport
import Testing

@testable import ChatSession

/// The fixture is what serde_yaml writes for `src/config/session.rs` and `src/client/message.rs` of sigoden/aichat (0.30).
@Suite("Sessions of aichat")
struct AichatImportTests {
    static let session = #"""
        model: openai:gpt-4o
        temperature: 0.7
        save_session: true
        role_name: '%code%'
        compressed_messages:
        - role: system
          content: Be kind.
        - role: user
          content: |-
            First line

              indented: # no comment
            - no item
        messages:
        - role: assistant
          content: "tab\tand \u263A \"quoted\"\nline"
        - role: user
          content:
          - type: text
            text: 'it''s "this"'
          - type: image_url
            image_url:
              url: data:image/png;base64,iVBORw0KGgo=
        - role: tool
          content:
            tool_results:
            - call:
                name: now
                arguments:
                  zone: UTC
                  depth: 3
                id: null
              output:
                hour: 12
            text: Wait.
        - role: assistant
          content: >-
            folded
            text
        - role: user
          content: '42'
        data_urls:
          abc: /home/x/cat.png
        """#

    private func read(_ yaml: String) throws -> Session {
        try #require(try ImportedFile.read(Array(yaml.utf8), name: "chat.yaml").conversations.first).session
    }

    private func problem(_ yaml: String) -> ImportProblem? {
        do throws(ImportProblem) {
            _ = try ImportedFile.read(Array(yaml.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test("every kind of text that YAML knows is read, and tools become those of the API")
    func everything() throws {
        let session = try read(Self.session)
        #expect(session.title == "chat" && session.provider == "openai" && session.model == "gpt-4o")
        #expect(session.parameters == ["temperature": .number(JSONNumber(0.7) ?? JSONNumber(0))])
        let roles = session.messages.map { $0.role?.rawValue }
        #expect(roles == ["system", "user", "assistant", "user", "assistant", "tool", "assistant", "user"])
        #expect(session.messages[1].content?.text == "First line\n\n  indented: # no comment\n- no item")
        #expect(session.messages[2].content?.text == "tab\tand ☺ \"quoted\"\nline")
        #expect(session.messages[3].content?.text == "it's \"this\"")
        guard case .parts(let parts) = session.messages[3].content else { return #expect(Bool(false)) }
        #expect(parts[1].imageURL?.url == "data:image/png;base64,iVBORw0KGgo=")
        let call = try #require(session.messages[4].toolCalls?.first)
        #expect(session.messages[4].content?.text == "Wait." && call.name == "now" && call.id == "call_1")
        #expect(call.arguments == #"{"zone":"UTC","depth":3}"#)
        #expect(session.messages[5].toolCallID == "call_1" && session.messages[5].content?.text == #"{"hour":12}"#)
        #expect(session.messages[6].content?.text == "folded text")
        #expect(session.messages[7].content?.text == "42")
    }

    @Test(
        "the client before a model is its provider",
        arguments: [
            ("ollama:llama3:8b", "ollama", "llama3:8b"), ("gpt-4o", nil, "gpt-4o"), (":x", nil, ":x"),
            ("x:", nil, "x:"),
        ] as [(String, String?, String)])
    func models(model: String, provider: String?, name: String) throws {
        let session = try read("model: '\(model)'\nmessages:\n- role: user\n  content: Q\n")
        #expect(session.provider == provider && session.model == name)
    }

    @Test("settings that the API doesn't take, and results that are nothing, are left out")
    func settings() throws {
        for (temperature, topP, count) in [("0.5", "1", 2), ("7", "-0.1", 0), ("1e999", "nan", 0), ("2", "1.5", 1)] {
            let settings = "model: m\ntemperature: \(temperature)\ntop_p: \(topP)\n"
            let session = try read(settings + "messages:\n- role: user\n  content: Q\n")
            #expect(session.parameters.count == count, "\(temperature) \(topP)")
        }
        let call =
            "messages:\n- role: tool\n  content:\n    text: ''\n    tool_results:\n    - call: {name: f, arguments: {}, id: a}\n"
        #expect(try read(call + "      output: null\n").messages.last?.content?.text == "")
    }

    @Test("a session that aichat named has its time in its name; others are as old as their files")
    func times() throws {
        let bytes = Array("messages:\n- role: user\n  content: Q\n".utf8)
        let modified = try #require(Timestamp("2025-03-01T00:00:00.000Z"))
        func session(_ name: String) throws -> Session {
            try #require(try ImportedFile.read(bytes, name: name, modified: modified).conversations.first).session
        }
        let named = try session("20250101T101010-rust-help.yaml")
        let noon = try #require(Timestamp("2025-01-01T10:10:10.000Z"))
        // By the clock of this machine, wherever that is.
        #expect(abs(named.created.date.timeIntervalSince(noon.date)) <= 14 * 3600)
        #expect(named.created.text.hasSuffix(":10.000Z") && named.updated == modified && named.title == "rust-help")
        #expect(try session("20250101T101010.yaml").title == "Q")
        #expect(try session("temp.yaml").created == modified)
        #expect(try session("20250101T1010-x.v2.yaml").title == "20250101T1010-x.v2")
    }

    @Test(
        "what can't be read names its line",
        arguments: [
            ("messages:\n- role: user\n  content: *x\n", 3), ("messages:\n- role: \"abc\n", 3),
            ("messages:\n\t- x\n", 2),
            ("messages: [\n{a: 1,\n", 3), ("messages:\n- role: user\n  role: x\n  content: a\n", 3),
            ("messages:\n- ? [a]\n  : b\n", 2), ("messages: []\n---\nmessages: []\n", 2),
            ("messages:\n- a: \u{1}\n", 2),
        ])
    func lines(yaml: String, line: Int) {
        guard case .yaml(let found, let reason)? = problem(yaml) else {
            Issue.record("\(yaml) gives \(String(describing: problem(yaml)))")
            return
        }
        #expect(found == line && !reason.isEmpty, "\(reason)")
    }

    @Test("anchors that multiply, depth without end and other YAML are refused")
    func hostile() {
        let laughs = "messages: []\na: &a [x, x]\nb: &b [*a, *a]\n"
        guard case .yaml(3, _)? = problem(laughs) else {
            return #expect(Bool(false), "\(String(describing: problem(laughs)))")
        }
        let deep = "messages: " + String(repeating: "[", count: 5000)
        guard case .yaml(1, "it nests too deeply")? = problem(deep) else { return #expect(Bool(false)) }
        #expect(problem("model: x\nname: no session\n") == .unknownFormat)
        #expect(problem("messages:\n- role: pope\n  content: x\n") == nil)
        #expect(problem("just: yaml\n") == .unknownFormat)
    }
}
