import TestSupport
import Testing

@testable import ChatSession

@Suite("A prompt in the configuration")
struct PromptTemplateTests {
    private func load(_ json: String) throws -> ConfigurationFile {
        let directory = try TemporaryDirectory()
        return try ConfigurationFile.load(
            try directory.write(json, to: "config.json", permissions: 0o600), isRequired: true)
    }

    @Test("is text, placeholders and looks; a doubled brace is one")
    func parts() throws {
        let template = try PromptTemplate("{{x}} {green}{model}{/}#{turn} 世 ")
        #expect(
            template.parts == [
                .text("{x} "), .look(.green), .placeholder(.model), .reset, .text("#"), .placeholder(.turn),
                .text(" 世 "),
            ])
        #expect(template.hasLooks)
        #expect(try !PromptTemplate("{title}{provider}").hasLooks)
        #expect(try PromptTemplate("").parts == [])
    }

    @Test(
        "with a mistake in it is named with its line and column",
        arguments: [
            ("{modle}", "there is no {modle}; did you mean {model}?"),
            ("{zzzzzzzz}", "there is no {zzzzzzzz}; there are {model}, {provider}, {title}, {turn}, and colours"),
            ("{", "a { stands alone; a brace that is meant as one is doubled"),
            ("a}b", "a } stands alone; a brace that is meant as one is doubled"),
            ("a\\nb", "it must be one line"), (String(repeating: "x", count: 201), "it is longer than 200 characters"),
        ])
    func mistakes(text: String, reason: String) throws {
        for key in ["prompt", "continuation"] {
            do {
                _ = try load("{\n  \"editor\": {\n    \"\(key)\": \"\(text)\"}}")
                Issue.record("no mistake")
            } catch let error as ConfigurationError {
                #expect(error.line == 3 && error.column == 5 && error.key == "editor.\(key)")
                #expect(error.problem == .invalidValue(reason))
            }
        }
    }

    @Test("the limit of the history and the window's name are read, and checked")
    func settings() throws {
        let file = try load(#"{"editor": {"historyLimit": 5}, "display": {"windowTitle": true}}"#)
        #expect(file.editor.historyLimit == 5 && file.display.setsWindowTitle)
        #expect(ConfigurationFile().editor.historyLimit == 10_000 && !ConfigurationFile().display.setsWindowTitle)
        for value in ["0", "1.5", "1e9", "-1"] {
            #expect(throws: ConfigurationError.self) { try load("{\"editor\": {\"historyLimit\": \(value)}}") }
        }
    }
}
