import ChatApi
import TestSupport
import Testing

@testable import ChatSession

/// The fixture has the form of a real export of 2025, as `mitkury/chatgpt-export-parser/docs/chatgpt-data-export-format.md` documents it.
@Suite("ChatGPT's data export", .timeLimit(.minutes(1)))
struct OpenAIImportTests {
    /// root → instructions → question → two answers, of which the second goes on; under the first a question was edited twice.
    static let conversations = #"""
        [{
          "title": "Pelicans \u001b[2J and\nmore", "create_time": 1699564800.5, "update_time": 1699568400.25, "moderation_results": [],
          "current_node": "n7", "conversation_id": "6f1c-../../x", "default_model_slug": "gpt-4o", "id": "6f1c-../../x",
          "mapping": {
            "n0": {"id": "n0", "message": null, "parent": null, "children": ["n1"]},
            "n1": {"id": "n1", "parent": "n0", "children": ["n2"], "message": {"author": {"role": "system"}, "content": {"content_type": "text", "parts": [""]},
              "metadata": {"is_user_system_message": true, "user_context_message_data": {"about_user_message": "I am P.", "about_model_message": "Be brief."}}}},
            "n2": {"id": "n2", "parent": "n1", "children": ["n3", "n5"], "message": {"author": {"role": "user"}, "create_time": 1699564801,
              "content": {"content_type": "multimodal_text", "parts": [{"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_1"}, "What bird?"]},
              "metadata": {"attachments": [{"name": "bird.png", "id": "file_1"}]}}},
            "n3": {"id": "n3", "parent": "n2", "children": ["n4", "n8"], "message": {"author": {"role": "assistant"}, "create_time": 1699564802,
              "content": {"content_type": "text", "parts": ["A pelican."]}, "metadata": {"model_slug": "gpt-4", "finish_details": {"type": "stop"}}}},
            "n4": {"id": "n4", "parent": "n3", "children": [], "message": {"author": {"role": "user"}, "create_time": 1699564803,
              "content": {"content_type": "text", "parts": ["Sure?"]}}},
            "n5": {"id": "n5", "parent": "n2", "children": ["n6"], "message": {"author": {"role": "assistant"}, "create_time": 1699564804,
              "content": {"content_type": "thoughts", "thoughts": [{"summary": "Look", "content": "It has a beak."}]}, "metadata": {}}},
            "n6": {"id": "n6", "parent": "n5", "children": ["n7"], "message": {"author": {"role": "assistant"}, "create_time": 1699564805,
              "content": {"content_type": "text", "parts": ["A stork."]}, "metadata": {"model_slug": "o3", "finish_details": {"type": "max_tokens"}}}},
            "n7": {"id": "n7", "parent": "n6", "children": [], "message": {"author": {"role": "tool", "name": "python"}, "create_time": 1699564806,
              "content": {"content_type": "execution_output", "text": "1 ```"}}},
            "n8": {"id": "n8", "parent": "n3", "children": ["n9"], "message": {"author": {"role": "user"}, "create_time": 1699564807,
              "content": {"content_type": "text", "parts": ["Really?"]}}},
            "n9": {"id": "n9", "parent": "n8", "children": [], "message": {"author": {"role": "assistant"}, "create_time": 1699564808, "recipient": "python",
              "content": {"content_type": "code", "language": "python", "text": "print(1)"}}}
          }
        }, {"title": "Nothing", "id": "e", "mapping": {"a": {"message": null, "children": []}}}, {"title": "Broken", "mapping": 7}]
        """#

    private func read(_ text: String) throws -> ImportedFile { try ImportedFile.read(Array(text.utf8)) }

    /// A conversation of nodes: `name: parent`, each of which says its name.
    private func tree(_ nodes: [(String, String?)], current: String? = nil) throws -> Session {
        let mapping = JSONObject(
            nodes.map { name, parent in
                let message: JSONValue = ["author": ["role": "user"], "content": ["parts": [.string(name)]]]
                return (name, ["parent": parent.map(JSONValue.string) ?? .null, "message": message])
            })
        var conversation: JSONObject = ["id": "x", "mapping": .object(mapping)]
        conversation["current_node"] = current.map(JSONValue.string)
        let file = try ImportedFile.read(JSONValue.array([.object(conversation)]).serialized())
        return try #require(file.conversations.first?.session)
    }

    private func texts(_ messages: [ChatCompletionRequestMessage]?) -> String? {
        messages?.map { $0.content?.text ?? "?" }.joined(separator: " ")
    }

    @Test("the current path is the conversation, with titles, times, models, instructions and thoughts")
    func conversation() throws {
        let file = try read(Self.conversations)
        #expect(file.format == .openAI && file.conversations.count == 1)
        #expect(file.skipped.map(\.title) == ["Nothing", "Broken"])
        #expect(file.skipped.map(\.reason) == [.empty, .unusable(.damaged("it has no \"mapping\""))])
        let session = file.conversations[0].session
        #expect(session.title == "Pelicans [2J and more")
        #expect(
            session.created.text == "2023-11-09T21:20:00.500Z" && session.updated.text == "2023-11-09T22:20:00.250Z")
        #expect(session.id.text.hasPrefix("20231109-212000-"))
        #expect(session.model == "o3")
        #expect(session.messages.map { $0.role?.rawValue } == ["system", "user", "assistant", "assistant"])
        #expect(session.system == "I am P.\n\nBe brief.")
        #expect(session.messages[1].content?.text == "[image: bird.png]\n\nWhat bird?")
        #expect(session.messages[2].fields["reasoning_content"] == "Look\n\nIt has a beak.")
        #expect(session.messages[3].content?.text == "[python]\n\n````\n1 ```\n````")
        #expect(session.turns.map(\.message) == [2] && session.turns[0].model == "o3")
        #expect(session.turns[0].finishReason == "length")
        #expect(
            session.layout["importedFrom"] == ["format": "openai", "id": "6f1c-../../x", "version": "1699568400.25"])
    }

    @Test("every other end is a branch, which hangs on the line that it left and keeps what is known of its answers")
    func branches() throws {
        let session = try read(Self.conversations).conversations[0].session
        #expect(session.branches.map(\.parent) == [nil, 1] && session.branches.map(\.start) == [2, 3])
        #expect(session.branches.allSatisfy { $0.reason == .imported })
        let lines = session.branches.map { session.messages(ofBranch: $0.id)?.dropFirst(2).compactMap(\.content?.text) }
        #expect(
            lines == [["A pelican.", "Sure?"], ["A pelican.", "Really?", "[to python]\n\n```python\nprint(1)\n```"]])
        #expect(session.branches[0].turns.map(\.message) == [2] && session.branches[0].turns[0].model == "gpt-4")
        #expect(session.branches[1].turns.map(\.message) == [4])
        #expect(session.branches[0].created?.text == "2023-11-09T21:20:03.000Z")
        // Every branch is a session's branch: it can become the conversation, and back.
        var switched = try SessionFile.decode(SessionFile.encode(session))
        switched.switchTo(branch: 2)
        #expect(texts(switched.messages)?.hasSuffix("print(1)\n```") == true)
        switched.switchTo(branch: 1)
        #expect(switched.messages == session.messages)
    }

    // MARK: Kinds of content

    /// A conversation of messages, one behind the other: their roles, contents and metadata.
    private func line(_ messages: [(role: String, content: JSONValue, metadata: JSONValue)]) throws -> Session {
        let mapping = messages.enumerated().map { index, message -> (String, JSONValue) in
            let value: JSONValue = [
                "author": ["role": .string(message.role)], "content": message.content, "metadata": message.metadata,
            ]
            return ("n\(index)", ["parent": index == 0 ? .null : .string("n\(index - 1)"), "message": value])
        }
        let conversation: JSONValue = [
            "id": "x", "default_model_slug": "auto", "mapping": .object(JSONObject(mapping)),
            "current_node": .string("n\(messages.count - 1)"),
        ]
        return try #require(try ImportedFile.read(conversation.serialized()).conversations.first).session
    }

    @Test("thoughts that no answer came of are kept; a model that ChatGPT chose is none")
    func thoughts() throws {
        func thought(_ text: String) -> (String, JSONValue, JSONValue) {
            ("assistant", ["content_type": "thoughts", "thoughts": [["summary": "", "content": .string(text)]]], [:])
        }
        let question: (String, JSONValue, JSONValue) = ("user", ["parts": ["Q"]], [:])
        let session = try line([
            question, thought("one"), thought("two"), question, thought("three"), ("assistant", ["parts": [""]], [:]),
            question, thought("four"), ("assistant", ["parts": ["A"]], [:]), thought("five"),
            ("assistant", ["content_type": "reasoning_recap", "content": "Thought for 3s"], [:]),
        ])
        let reasoning = session.messages.map { $0.fields["reasoning_content"]?.stringValue ?? "-" }
        #expect(reasoning == ["-", "one\n\ntwo", "-", "three", "-", "four", "five"])
        #expect(session.messages.map { $0.content?.text ?? "?" } == ["Q", "", "Q", "", "Q", "A", ""])
        #expect(session.model == nil)
    }

    @Test("kinds of content that nobody knows give what is text in them")
    func unknownKinds() throws {
        let session = try line([
            ("tool", ["content_type": "citable_code_output", "output_str": "OUT", "response_format_name": "x"], [:]),
            (
                "system", ["content_type": "model_editable_context", "model_set_context": "MEMORY", "repository": nil],
                [:]
            ),
            (
                "tool",
                ["content_type": "sonic_webpage", "url": "https://x.y/", "title": "T", "snippet": "S", "ref_id": "7"],
                [:]
            ),
            ("tool", ["content_type": "new_kind", "language": "z", "number": 7], [:]),
        ])
        let texts = ["[tool]\n\nOUT", "MEMORY", "[tool]\n\nhttps://x.y/\n\nT\n\nS", "[tool]\n\n[new_kind]"]
        #expect(session.messages.map { $0.content?.text ?? "" } == texts)
    }

    @Test("a file is named once; recordings are no numbers")
    func files() throws {
        let parts: JSONValue = [
            ["content_type": "image_asset_pointer", "asset_pointer": "file-service://file-abc"],
            ["content_type": "image_asset_pointer", "asset_pointer": "sediment://file_9#p_0.jpg"], "What?",
            ["content_type": "audio_transcription", "text": "SPOKEN"],
            [
                "content_type": "real_time_user_audio_video_asset_pointer",
                "audio_asset_pointer": ["content_type": "audio_asset_pointer", "asset_pointer": "sediment://file_1"],
            ],
        ]
        let files: JSONValue = [["name": "cat.png", "id": "file-abc"], ["name": "a.txt", "id": "file-d"]]
        let session = try line([("user", ["content_type": "multimodal_text", "parts": parts], ["attachments": files])])
        let texts = [
            "[image: cat.png]", "[image: sediment://file_9#p_0.jpg]", "What?", "SPOKEN", "[audio]", "[file: a.txt]",
        ]
        #expect(session.messages[0].content?.text == texts.joined(separator: "\n\n"))
    }

    @Test(
        "marks that no terminal shows are read, or taken out of an answer, and left to a person",
        arguments: [
            ("a \u{E200}cite\u{E202}turn0search0\u{E201}b", "a b"),
            ("a\u{E200}known\u{E201}", "a([W](https://w.example))"),
            ("\u{E200}entity\u{E202}[\"k\",\"Ada\"]\u{E201}!", "Ada!"),
            ("\u{E200}url\u{E202}T\u{E202}u\u{E201}", "T u"),
            ("x\u{E200}open", "xopen"), ("\u{E201}\u{E200}\u{E201}x", "x"), ("é\u{E3FF}", "é\u{E3FF}"),
        ])
    func marks(text: String, expected: String) throws {
        let references: JSONValue = [["matched_text": "\u{E200}known\u{E201}", "alt": "([W](https://w.example))"]]
        let session = try line([
            ("user", ["parts": [.string(text)]], [:]),
            ("assistant", ["parts": [.string(text)]], ["content_references": references]),
        ])
        #expect(session.messages.map { $0.content?.text ?? "" } == [text, expected])
    }

    // MARK: Broken trees

    @Test("circles, missing parents and wrong ends lose no message, and end")
    func brokenTrees() throws {
        let circle = try tree([("a", "c"), ("b", "a"), ("c", "b")], current: "b")
        #expect(texts(circle.messages) == "c a b" && circle.branches.isEmpty)
        let circleAside = try tree([("a", nil), ("b", "a"), ("x", "y"), ("y", "x")], current: "b")
        #expect(texts(circleAside.messages) == "a b")
        #expect(circleAside.branches.map { texts($0.messages) } == ["y x"] && circleAside.branches[0].start == 0)
        let own = try tree([("a", "a")], current: "a")
        #expect(texts(own.messages) == "a")
        let orphan = try tree([("a", "gone"), ("b", "a"), ("c", "away")], current: "b")
        #expect(texts(orphan.messages) == "a b" && orphan.branches.map { texts($0.messages) } == ["c"])
        let nowhere = try tree([("a", nil), ("b", "a"), ("c", "a")], current: "../../etc/passwd")
        #expect(
            Set([texts(nowhere.messages)] + nowhere.branches.map { texts(nowhere.messages(ofBranch: $0.id)) }) == [
                "a b", "a c",
            ])
    }

    @Test("a path of 20 000 messages and a fan of 5 000 ends are read in one go")
    func large() throws {
        let path = try tree((0..<20_000).map { ("n\($0)", $0 == 0 ? nil : "n\($0 - 1)") }, current: "n19999")
        #expect(path.messages.count == 20_000 && path.branches.isEmpty)
        let fan = try tree([("r", nil)] + (0..<5000).map { ("n\($0)", "r") }, current: "n0")
        #expect(fan.messages.count == 2 && fan.branches.count == 4999)
        #expect(fan.branches.map(\.id) == Array(1...4999))
        let tooMany = JSONValue.array([
            ["mapping": .object(JSONObject((0...ImportedFile.maximumMessages).map { ("n\($0)", [:]) }))]
        ])
        let file = try ImportedFile.read(tooMany.serialized())
        #expect(file.skipped.map(\.reason) == [.unusable(.tooManyMessages(limit: ImportedFile.maximumMessages))])
    }

    @Test(
        "times that are none, or lie beyond any calendar, count as not told",
        arguments: ["null", "-1", "1e300", "\"x\"", "253402300799.9999"])
    func times(time: String) throws {
        let text =
            #"[{"id":"i","create_time":T,"update_time":T,"mapping":{"a":{"message":{"create_time":T,"author":{"role":"user"},"content":{"parts":["q"]}}}}}]"#
        let session = try read(String(text.split(separator: "T").joined(separator: "\(time)"))).conversations[0].session
        #expect(session.created <= Timestamp() && session.created.text > "2026")
        #expect(SessionID(session.id.text) != nil)
        // Nothing changed before it began.
        let turned =
            #"[{"id":"i","create_time":200,"update_time":100,"mapping":{"a":{"message":{"author":{"role":"user"},"content":{"parts":["q"]}}}}}]"#
        #expect(try read(turned).conversations[0].session.updated.text == "1970-01-01T00:03:20.000Z")
    }
}
