import Foundation
import Terminal
import Testing

@testable import TerminalMarkdown

@Suite("Answers of models", .timeLimit(.minutes(5)))
struct AnswerTests {
    struct Answer: CustomTestStringConvertible {
        var name: String
        var text: String

        var testDescription: String { name }
    }

    static let answers: [Answer] = {
        guard let folder = Bundle.module.url(forResource: "Fixtures/answers", withExtension: nil),
            let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        else { return [] }
        return files.sorted { $0.path < $1.path }.compactMap { file in
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
            return Answer(name: file.lastPathComponent, text: text)
        }
    }()

    static let widths = [100, 40]

    @Test("there are thirty") func fixtures() { #expect(Self.answers.count == 30) }

    @Test("the lines are the same character by character", arguments: answers, widths)
    func characters(_ answer: Answer, _ width: Int) {
        #expect(render(answer.text.map(String.init), width: width) == render([answer.text], width: width))
    }

    @Test("the lines are the same at random cuts", arguments: answers, widths)
    func cuts(_ answer: Answer, _ width: Int) {
        let whole = render([answer.text], width: width)
        for seed in 0..<20 {
            var generator = SeededGenerator(state: UInt64(seed))
            #expect(render(parts(of: answer.text, upTo: 60, &generator), width: width) == whole, "seed \(seed)")
        }
    }

    @Test("what is finished stays, and what is open completes it", arguments: answers, widths)
    func open(_ answer: Answer, _ width: Int) {
        var generator = SeededGenerator(state: 1)
        var markdown = StreamingMarkdown(width: width)
        var lines: [StyledLine] = []
        var seen = ""
        for part in parts(of: answer.text, upTo: 150, &generator) {
            seen += part
            markdown.append(part)
            lines += markdown.takeFinished()
            expectOpen(lines + markdown.openLines(), of: seen, width: width)
        }
        markdown.finish()
        #expect(lines + markdown.takeFinished() == render([answer.text], width: width))
    }

    @Test("every line but those of code fits the width", arguments: answers, widths)
    func width(_ answer: Answer, _ width: Int) {
        var markdown = StreamingMarkdown(width: width)
        markdown.append(answer.text)
        markdown.finish()
        let code = CodeBlock.all(in: answer.text).map(\.text).joined().split(separator: "\n")
            .map { $0.filter { $0 > " " } }
        for line in markdown.takeFinished() where line.width > width {
            #expect(code.contains { line.text.filter { $0 > " " }.hasSuffix($0) }, "\(line.text)")
        }
    }

    private func parts(of text: String, upTo length: Int, _ generator: inout SeededGenerator) -> [String] {
        var parts: [String] = []
        var rest = text.unicodeScalars[...]
        while !rest.isEmpty {
            let part = rest.prefix(Int.random(in: 1...length, using: &generator))
            rest = rest.dropFirst(part.count)
            parts.append(String(part))
        }
        return parts
    }
}
