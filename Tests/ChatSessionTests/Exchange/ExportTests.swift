import ChatApi
import TestSupport
import Testing

@testable import ChatSession

@Suite("Sessions as documents", .timeLimit(.minutes(3)))
struct ExportTests {
    private func session(_ messages: [ChatCompletionRequestMessage], title: String? = "A talk") -> Session {
        var session = Session(provider: "openai", model: "m-1")
        session.title = title
        session.messages = messages
        return session
    }

    private var talk: Session {
        session([
            .system("Be brief."), .user("One?"), .assistant("1"), .user("Two?"),
            .assistant("Look:\n\n```swift\nlet two = 2\n```\n"), .user("Three?"), .assistant("3"),
        ])
    }

    private func text(_ session: Session, _ format: ExportFormat, _ turns: String? = nil) throws -> String {
        String(decoding: try session.exported(as: format, turns: turns.flatMap { TurnSelection($0) }), as: UTF8.self)
    }

    // MARK: Turns

    @Test("turns are counted from 1, one or some or all from one on; anything else names none")
    func selections() {
        #expect(["3", "2-5", "4-", "1-1"].map { TurnSelection($0)?.description } == ["3", "2-5", "4-", "1"])
        for text in ["", "-", "0", "-3", "5-2", "1-2-3", "a", "1a", " 1", "+1", "99999999999", "１"] {
            #expect(TurnSelection(text) == nil, "\(text)")
        }
    }

    @Test("some turns are those and no others; the system prompt comes along where they are to be sent")
    func turns() throws {
        let roles = try JSONValue(parsing: try text(talk, .json, "2-3")).arrayValue?.map { $0["role"]?.stringValue }
        #expect(roles == ["system", "user", "assistant", "user", "assistant"])
        let markdown = try text(talk, .markdown, "2")
        #expect(markdown.contains("Two?") && markdown.contains("let two") && markdown.contains("- Turns: 2 of 3"))
        for other in ["Be brief", "One?", "Three?"] { #expect(!markdown.contains(other), "\(other)") }
        let beyond = try #require(TurnSelection("3-4"))
        #expect(throws: ExportProblem.noSuchTurns(beyond, count: 3)) {
            try talk.exported(as: .text, turns: beyond)
        }
        #expect(throws: ExportProblem.isWhole) { try talk.exported(as: .banter, turns: TurnSelection("1")) }
    }

    // MARK: Formats

    @Test("json is what is sent, field for field")
    func json() throws {
        var session = talk
        session.messages[2].fields["reasoning_content"] = "thinking"
        let sent = try JSONValue(parsing: try text(session, .json))
        #expect(sent == .array(session.messages.map { .object($0.fields) }))
    }

    @Test("our own format is the session's file, byte for byte")
    func banter() throws {
        var session = talk
        session.cut(at: 5, reason: .retry)
        let bytes = try session.exported(as: .banter)
        #expect(bytes == SessionFile.encode(session))
        #expect(SessionFile.encode(try SessionFile.decode(bytes)) == bytes)
    }

    @Test("Markdown has a heading for each who speaks, and what was said as it was written")
    func markdown() throws {
        var session = talk
        session.title = "Is *this*\n# a [title](x)? <b>&lt;"
        var record = TurnRecord(message: 6)
        record.finishReason = TurnRecord.interrupted
        session.turns = [record]
        let markdown = try text(session, .markdown)
        #expect(markdown.hasPrefix("# Is \\*this\\* \\# a \\[title\\](x)? \\<b\\>\\&lt;\n\n- Date: "))
        #expect(markdown.contains("\n- Model: openai/m-1\n"))
        let headings = markdown.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(headings == ["## System"] + Array(repeating: ["## User", "## Assistant"], count: 3).flatMap { $0 })
        #expect(markdown.contains("\n```swift\nlet two = 2\n```\n"))
        #expect(markdown.hasSuffix("3\n\n*The answer was stopped here.*\n"))
        // What a message leaves open doesn't take in what follows it.
        session.messages[2] = .assistant("Look:\n```sh\nls\n")
        #expect(try text(session, .markdown).contains("\n```sh\nls\n```\n\n## User\n"))
    }

    @Test("attachments are named: files with their text left out, images, audio, and files of the API")
    func attachments() throws {
        let own = MessageContent(
            "See these",
            with: [
                AttachedFile(name: "notes `1`.txt", content: .text("secret words\n")),
                AttachedFile(name: "cat.png", content: .image([0x89, 0x50], mediaType: "image/png")),
            ])
        let foreign: MessageContent = [
            .text("And"), .imageURL("https://e.example/a.png"), .inputAudio([1], format: "wav"), .file(id: "file-7"),
        ]
        let session = session([.user(own), .user(foreign)])
        let markdown = try text(session, .markdown)
        #expect(markdown.contains("See these\n\n- File: \"notes \\`1\\`.txt\"\n- Image: cat.png\n"))
        #expect(markdown.contains("- Image: https://e.example/a.png\n- Audio: wav\n- File: file-7\n"))
        #expect(!markdown.contains("secret words"))
        let html = try text(session, .html)
        #expect(html.contains("<img alt=\"cat.png\" src=\"data:image/png;base64,iVA=\">"))
        #expect(!html.contains("<img alt=\"https"))
        // No name gets out of its attribute.
        let odd = AttachedFile(name: #"a" onerror="b()'.png"#, content: .image([0x89, 0x50], mediaType: "image/png"))
        let page = try text(self.session([.user(MessageContent("See", with: [odd]))]), .html)
        #expect(page.contains(#"<img alt="&quot;a\&quot; onerror=\&quot;b()&#39;.png&quot;" src="data:"#))
        // Of what else a data URI may hold, a browser might make more than an image.
        for type in ["image/svg+xml", "text/html"] {
            let html = try text(self.session([.user([.imageURL("data:\(type);base64,AAAA")])]), .html)
            #expect(html.contains("<figcaption>Image: \(type)</figcaption>") && !html.contains("<img"), "\(type)")
        }
    }

    @Test("reasoning and tools: the one stays out of documents, the others are told")
    func tools() throws {
        let call = ChatCompletionMessageToolCall(fields: [
            "id": "c", "type": "function", "function": ["name": "now`", "arguments": "{\"a\": \"```\"}"],
        ])
        let session = session([
            .user("When?"), .assistant(toolCalls: [call]), .tool("12", toolCallID: "c"),
            .assistant("<think>hm</think>Noon"),
        ])
        for format in [ExportFormat.markdown, .html, .text] {
            let document = try text(session, format)
            #expect(document.contains("Noon") && document.contains("now`") == (format != .markdown), "\(format)")
            #expect(!document.contains("hm<") && !document.contains("think"), "\(format)")
        }
        #expect(try text(session, .markdown).contains("Calls now\\`:\n\n````json\n{\"a\": \"```\"}\n````\n"))
    }

    // MARK: HTML

    @Test("whatever is said, HTML has no tag, no attribute and no address of it", arguments: HostilePayload.all)
    func hostile(payload: HostilePayload) throws {
        let evil =
            payload.text + #"<script>alert(1)</script><img src=x onerror=a()>"' onload='x [a](javascript:b) &lt;"#
        var session = session(
            [.user(evil), .assistant(evil + "\n```\"><b>\n</code>\(evil)\n```\n")], title: evil)
        session.model = evil
        session.messages.append(.user([.imageURL("data:image/png;base64,AA\"><script>"), .imageURL(evil)]))
        session.messages[0].name = evil
        let html = try text(session, .html)
        // By scalars, as a mark that follows makes another character of a bracket.
        let tags = Set(
            html.unicodeScalars.split(separator: "<").dropFirst().map { tag in
                String(String.UnicodeScalarView(tag.prefix { $0 != ">" && $0 != " " }))
            })
        let ours = Set(
            """
            !DOCTYPE html /html head /head meta title /title style /style body /body header /header h1 /h1 dl /dl dt /dt dd /dd main /main \
            article /article h2 /h2 div /div pre /pre code /code figure /figure figcaption /figcaption
            """.split(separator: " ").map(String.init))
        #expect(tags.subtracting(ours) == [])
        #expect(html.contains("default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'"))
        #expect(!html.contains("http://") && !html.contains("https://") || evil.contains("http"))
        #expect(
            html.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control || "\n\t\r".unicodeScalars.contains($0)
            })
    }

    // MARK: Names

    @Test("a file's name has the title's words, and nothing that a shell, a path or a terminal minds")
    func names() {
        let names = [
            ("What is Swift?", "What-is-Swift"), ("../../etc/passwd", "etc-passwd"),
            ("-rf ~ $(x) \u{1B}[2J\n.", "rf-x-2J"),
            ("日本語 の テスト", "日本語-の-テスト"), ("a\u{202E}b\u{200B}c\u{FE0F}", "a-b-c"), ("naïve", "naïve"),
        ]
        for (title, name) in names { #expect(session([.user("x")], title: title).fileName == name, "\(name)") }
        let nameless = session([.user("?!")], title: nil)
        #expect(nameless.fileName == nameless.id.text)
        let long = session([.user("x")], title: String(repeating: "長い", count: 300) + " b").fileName
        #expect(long.utf8.count < 200)
        #expect(ExportFormat(endingOf: "a/b.HTML") == .html && ExportFormat(endingOf: "x.md/y") == nil)
        #expect(ExportFormat(endingOf: ".md") == nil && ExportFormat(endingOf: "a.banter") == nil)
    }

    @Test("megabytes of signs and controls are written in one pass")
    func long() throws {
        // What copies the page at each sign doesn't get through this.
        let code = String(repeating: "<a b='\u{85}'>&\u{1}\"é", count: 1 << 18)
        let html = try text(session([.assistant("```html\n\(code)\n```")]), .html)
        let sign = "&lt;a b=&#39;\u{FFFD}&#39;&gt;&amp;\u{FFFD}&quot;é"
        #expect(html.utf8.count > sign.utf8.count << 18)
        #expect(html.contains("<code>\(sign)\(sign)"))
    }
}
