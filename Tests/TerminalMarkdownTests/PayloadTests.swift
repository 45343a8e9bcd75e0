import Terminal
import TerminalMarkdown
import TestSupport
import Testing

/// Every payload in every place that Markdown has for a text.
@Suite("Payloads in every place of Markdown")
struct PayloadTests {
    struct Place: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var wrap: @Sendable (String) -> String
        var isSource = false
    }

    static let places = [
        Place(testDescription: "prose") { "before \($0) after\n\nend" },
        Place(testDescription: "heading") { "# before \($0) after\n\nend" },
        Place(testDescription: "emphasis") { "**be \($0) af** *be \($0) af* ~~\($0)~~ `be \($0) af`\n\nend" },
        Place(testDescription: "list") { "- before \($0) after\n  1. \($0)\n- [ ] \($0)\n\nend" },
        Place(testDescription: "quote") { "> before \($0) after\n> > \($0)\n\nend" },
        Place(testDescription: "table") { "| a | \($0) |\n|---|:-:|\n| \($0) | b |\n\nend" },
        Place(testDescription: "code") { "```\nbefore \($0) after\n```\n\n    indented \($0)\n\nend" },
        Place(testDescription: "code in a language") { "```swift\nlet a = \"\($0)\" // \($0)\n```\n\nend" },
        Place(testDescription: "the info of a fence") { "```sh \($0)\necho\n```\n\nend" },
        Place(testDescription: "link") {
            "[be \($0) af](http://e.example/\($0) \"\($0)\") ![\($0)](\($0)) <http://a/\($0)>\n\nend"
        },
        Place(testDescription: "link reference") {
            "[a][b] [^1]\n\n[b]: http://e.example/\($0) '\($0)'\n\n[^1]: \($0)\n\nend"
        },
        Place(testDescription: "HTML and entities") {
            "<b \($0)> &#27;[31m &#x9b; &#x202e; \($0)\n\n<div>\n\($0)\n</div>\n\nend"
        },
        Place(testDescription: "source", wrap: { "# a \($0)\n\nend" }, isSource: true),
    ]

    private func lines(_ parts: [String], _ place: Place) -> [StyledLine] {
        var markdown = StreamingMarkdown(width: 60, rendersSource: place.isSource)
        var lines: [StyledLine] = []
        for part in parts {
            markdown.append(part)
            lines += markdown.takeFinished()
        }
        markdown.finish()
        return lines + markdown.takeFinished()
    }

    private func cut(_ text: String, at index: Int) -> [String] {
        let scalars = text.unicodeScalars
        let place = scalars.index(scalars.startIndex, offsetBy: index)
        return [String(scalars[..<place]), String(scalars[place...])]
    }

    private func expectHarmless(_ lines: [StyledLine], _ payload: HostilePayload) {
        var screen = TerminalScreen(rows: 500, columns: 4000)
        screen.feed(lines.map { $0.text + "\r\n" }.joined().utf8)
        #expect(screen.foreignSequences == [], "\(payload)")
    }

    @Test(
        "E01: nothing of any payload gets to the terminal in any place, and all that follows is there",
        arguments: places)
    func harmless(place: Place) {
        for payload in HostilePayload.all {
            let text = place.wrap(payload.text)
            let lines = lines([text], place)
            expectHarmless(lines, payload)
            #expect(lines.last?.text == "end", "\(payload)")
            // What is still open is shown, too.
            var open = StreamingMarkdown(width: 60, rendersSource: place.isSource)
            open.append(String(text.unicodeScalars.prefix(text.unicodeScalars.count - 5)))
            expectHarmless(open.takeFinished() + open.openLines(), payload)
        }
    }

    @Test("E02: wherever a payload is cut, it comes to the same lines", arguments: places)
    func cuts(place: Place) {
        for payload in HostilePayload.all + HostilePayload.welcome {
            let text = place.wrap(payload.text)
            let whole = lines([text], place)
            let count = text.unicodeScalars.count
            for index in stride(from: 1, to: count, by: max(count / 40, 1)) {
                #expect(lines(cut(text, at: index), place) == whole, "\(payload), cut at \(index)")
            }
            if count < 300 { #expect(lines(text.unicodeScalars.map { String($0) }, place) == whole, "\(payload)") }
        }
    }

    @Test("E13: what people write is the same in every place", arguments: places)
    func welcome(place: Place) {
        for payload in HostilePayload.welcome {
            let text = lines([place.wrap(payload.text)], place).map(\.text).joined(separator: "\n")
            #expect(contains(text, payload.text), "\(payload)")
        }
    }

    private func contains(_ text: String, _ part: String) -> Bool {
        let (text, part) = (Array(text.utf8), Array(part.utf8))
        return text.indices.contains { text[$0...].starts(with: part) }
    }

    @Test("E08: a target with ESC in it is shown harmlessly")
    func target() {
        let lines = lines(["[x](http://e.example/\u{1B}\\\u{1B}]0;owned\u{7})\n"], Self.places[0])
        #expect(lines.map(\.text).joined().contains("http://e.example/"))
    }

    @Test("E14: a paragraph of ten thousand marks is shown, with eight of them")
    func marks() {
        let text = "a" + String(repeating: "\u{301}", count: 10_000) + "b\n"
        let shown = lines([text], Self.places[0]).map(\.text).joined()
        #expect(shown.unicodeScalars.count == 10)
    }
}
