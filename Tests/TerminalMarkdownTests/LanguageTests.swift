import Terminal
import Testing

@testable import TerminalMarkdown

/// Each language is tried on a snippet with the kinds of its parts marked: `«key|let»`, by the first three letters of a kind.
@Suite("Languages of our own")
struct LanguageTests {
    @Test("a language is read as it is meant", arguments: programming + data)
    func language(name: String, marked: String) {
        let expected = marked.split(separator: "\n").map(String.init)
        #expect(kinds(in: expected.map(Self.withoutMarks), language: name) == expected)
    }

    @Test("every language can be read, and is found by its name")
    func definitions() {
        for definition in CodeLanguage.definitions {
            #expect(HighlightingState.start(.own(definition)) != nil, "\(definition.name)")
            guard case .own(let found)? = CodeLanguage(named: definition.name.uppercased()) else {
                Issue.record("\(definition.name) isn't found")
                continue
            }
            #expect(found.name == definition.name)
        }
        #expect(Set(CodeLanguage.definitions.map(\.name)).count == CodeLanguage.definitions.count)
    }

    /// The lines with the kinds of their parts.
    private func kinds(in lines: [String], language: String) -> [String] {
        var state = CodeLanguage(named: language).flatMap(HighlightingState.start)
        return lines.map { line in
            guard let step = state?.after(line) else { return "plain: \(line)" }
            state = step.state
            var rest = Substring(line).utf8
            return step.runs.map { run in
                defer { rest = rest.dropFirst(run.length) }
                let text = String(Substring(rest.prefix(run.length)))
                return run.kind == "normal" ? text : "«\(run.kind.prefix(3))|\(text)»"
            }.joined()
        }
    }

    private static func withoutMarks(_ line: String) -> String {
        var parts = line.split(separator: "«", omittingEmptySubsequences: false)
        for index in parts.indices.dropFirst() { parts[index] = parts[index].dropFirst(4) }
        return parts.joined().filter { $0 != "»" }
    }
}
