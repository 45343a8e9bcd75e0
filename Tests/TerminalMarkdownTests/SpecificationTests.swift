import Foundation
import Terminal
import Testing

@testable import TerminalMarkdown

@Suite("The examples of the Markdown specifications")
struct SpecificationTests {
    struct Example: Decodable, CustomTestStringConvertible {
        var example: Int
        var section: String
        var markdown: String
        var html: String

        var testDescription: String { "\(example) \(section)" }

        /// Whether it has what Banter shows as its source: HTML, definitions of links and what refers to them.
        var isShownAsSource: Bool {
            (try? #/<[A-Za-z\/!?](?![a-z.+-]+:)(?![^\s>]*@)|\]:/#.firstMatch(in: markdown)) != nil
        }
    }

    static func examples(_ name: String) -> [Example] {
        guard let file = Bundle.module.url(forResource: "Fixtures/spec/\(name)", withExtension: "json"),
            let data = try? Data(contentsOf: file)
        else { return [] }
        return (try? JSONDecoder().decode([Example].self, from: data)) ?? []
    }

    static let commonMarkExamples = examples("commonmark-0.31.2")
    static let gitHubExamples = examples("gfm-0.29")

    /// Examples whose text has other marks than the specification gives it, by number, with the reason.
    static let commonMarkExceptions = [
        12: "\\[ and \\] are the delimiters of a formula",
        25: "entities that Banter doesn't know stay as they are",
        354: "md4c knows version 0.30, in which currency signs are no punctuation",
        484: "a link without a text shows its target", 581: "an image without a text shows its target",
        608: "bare links are links, as on GitHub", 611: "bare links are links", 612: "bare links are links",
    ]
    static let gitHubExceptions = [204: "cells beyond the header's are shown"]

    static let theme = {
        var theme = MarkdownTheme.standard
        // Nothing else is reversed: what isn't content can be told from the rest.
        (theme.quiet, theme.listMarker) = (.reversed, .reversed)
        theme.code = [:]
        return theme
    }()

    static func shown(_ source: String, width: Int) -> [StyledLine] {
        var markdown = StreamingMarkdown(width: width, theme: theme)
        markdown.append(source)
        markdown.finish()
        return markdown.takeFinished()
    }

    @Test("the examples are there") func fixtures() {
        #expect(Self.commonMarkExamples.count == 652)
        #expect(Self.gitHubExamples.count == 23)
    }

    @Test("every character is on the screen, in its marks, at any width", arguments: commonMarkExamples)
    func commonMark(_ example: Example) {
        if !example.isShownAsSource, Self.commonMarkExceptions[example.example] == nil { check(example) }
    }

    @Test(
        "every character of GitHub's extensions is on the screen, in its marks, at any width", arguments: gitHubExamples
    )
    func gitHub(_ example: Example) {
        if !example.isShownAsSource, Self.gitHubExceptions[example.example] == nil { check(example) }
    }

    private func check(_ example: Example) {
        let expected = ExpectedHTML(example.html).glyphs
        for width in [100, 40, 13] {
            let shown = Self.shown(example.markdown, width: width).flatMap { $0.glyphs(without: Self.theme.quiet) }
            #expect(shown == expected, "\(example.markdown.debugDescription) in \(width) columns")
        }
    }

    @Test(
        "every word is on the screen where the source is shown on purpose, too",
        arguments: commonMarkExamples + gitHubExamples)
    func words(_ example: Example) {
        let expected = ExpectedHTML(example.html).words.map(\.text)
        for width in [100, 40, 13] {
            let shown = Self.shown(example.markdown, width: width).map(\.text).joined(separator: "\n")
            let isInOrder = shown.hasInOrder(expected) || shown.hasInOrder(example.markdown.words)
            // Narrow tables are lists of their cells, by row. 25 has entities of both kinds, known and not.
            let isThere = example.html.contains("<table>") && expected.allSatisfy(shown.contains)
            #expect(isInOrder || isThere || example.example == 25, "\(shown)")
        }
    }

    /// Examples in which a block stands in other quotes or items than the specification says, with the reason.
    static let pathExceptions = [
        297: "a bullet that is indented by two columns is within a numbered item"
    ]

    @Test("every block stands in its quotes and items", arguments: commonMarkExamples)
    func containers(_ example: Example) {
        // The scanner leaves entities to the parser.
        guard !example.isShownAsSource, !example.markdown.contains("&#"), example.example != 25,
            Self.pathExceptions[example.example] == nil
        else { return }
        var scanner = BlockScanner()
        var cutter = LineCutter()
        var pieces: [BlockScanner.Piece] = []
        for line in cutter.cut(example.markdown) + cutter.finish() { pieces += scanner.consume(line) }
        pieces += scanner.finish()
        var outline = Outline()
        for piece in pieces { outline.add(piece) }
        let expected = ExpectedHTML(example.html).words
        #expect(outline.hasInOrder(expected), "\(outline) for \(expected)")
    }

    /// The words of pieces, with the quotes and items around them.
    private struct Outline {
        private var words: [(text: String, path: [String])] = []
        private var path: [String] = []

        mutating func add(_ piece: BlockScanner.Piece) {
            switch piece {
            case .quoteStart: path.append("quote")
            case .itemStart: path.append("item")
            case .end: path.removeLast()
            case .source(let text), .codeLine(let text), .formulaLine(let text):
                words += text.words.map { ($0, path) }
            case .gap, .codeStart, .unfinishedRow: break
            }
        }

        func hasInOrder(_ expected: [(text: String, path: [String])]) -> Bool {
            var rest = words[...]
            for word in expected {
                let path = word.path.map { $0.hasPrefix("item") ? "item" : $0 }
                while let next = rest.first, next.text != word.text || next.path != path { rest.removeFirst() }
                if rest.popFirst() == nil { return false }
            }
            return true
        }
    }
}
