import ChatApi
import FoundationEssentials
import TestSupport
import Testing

@testable import ChatSession

@Suite("The configuration file")
struct ConfigurationFileTests {
    private func load(_ text: String, permissions: Int = 0o600) throws -> ConfigurationFile {
        let directory = try TemporaryDirectory()
        let path = try directory.write(text, to: "config.json", permissions: permissions)
        return try ConfigurationFile.load(path, isRequired: true)
    }

    private func mistake(in text: String, permissions: Int = 0o600) -> ConfigurationError? {
        do {
            _ = try load(text, permissions: permissions)
            return nil
        } catch { return error as? ConfigurationError }
    }

    @Test("that is given as an example loads")
    func example() throws {
        let top = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let file = try ConfigurationFile.load(top.appending(path: "config.example.json").path, isRequired: true)
        #expect(file.provider == "openai")
        #expect(file.providers.map(\.name) == ["openai", "work", "azure", "home"])
        #expect(file.providers[0].baseURL == "https://api.openai.com/v1")
        #expect(file.providers[1].key == .command(["pass", "show", "llm/work"]))
        #expect(file.providers[1].timeouts.firstEvent == .seconds(120))
        #expect(file.providers[2].network.keyHeader == "api-key")
        #expect(file.providers[3].serve?.first == "llama-server")
        #expect(file.prompts.map(\.name) == ["reviewer", "plain words"])
        #expect(file.parameters["temperature"]?.doubleValue == 0.7)
        #expect(file.editor.prompt?.parts.contains(.placeholder(.model)) == true && file.display.setsWindowTitle)
        #expect(file.display.reasoning == .fold)
        #expect(file.prices.models.keys.sorted() == ["gpt-5-mini", "work/qwen3-32b"] && file.prices.currency == "$")
    }

    @Test("may be missing, unless somebody named it")
    func missing() throws {
        #expect(try ConfigurationFile.load("/no/such/file", isRequired: false) == ConfigurationFile())
        #expect(
            throws: ConfigurationError(
                path: "/no/such/file", problem: .unreadable(FileSystemError("open", "/no/such/file", 2)))
        ) {
            try ConfigurationFile.load("/no/such/file", isRequired: true)
        }
    }

    typealias Mistake = (text: String, line: Int, column: Int, key: String?, problem: ConfigurationError.Problem)

    @Test(
        "J14, J15: names line, column and key of a mistake",
        arguments: [
            ("{\n  \"modle\": \"x\"\n}", 2, 3, "modle", .unknownKey(nearest: "model")),
            ("{\n  \"zzz\": 1}", 2, 3, "zzz", .unknownKey(nearest: nil)),
            ("{\"model\": 5}", 1, 2, "model", .wrongKind(expected: "string", found: "number")),
            ("{\"providers\": []}", 1, 2, "providers", .wrongKind(expected: "object", found: "array")),
            (
                "{\"providers\": {\"a\": {\n\"baseUrl\": \"https://x\"}}}", 2, 1, "providers.a.baseUrl",
                .unknownKey(nearest: "baseURL")
            ),
            (
                "{\"providers\": {\"a\": {\n\"baseURL\": \"x\"}}}", 2, 1, "providers.a.baseURL",
                .invalidValue("it must begin with https:// or http://")
            ),
            (
                "{\"providers\": {\"a\": {}}}", 1, 16, "providers.a",
                .invalidValue("it needs a \"baseURL\", or a \"serve\" command")
            ),
            (
                "{\"providers\": {\"a\": {\"serve\": [\"x\", 5]}}}", 1, 37, "providers.a.serve[1]",
                .wrongKind(expected: "string", found: "number")
            ),
            (
                "{\"providers\": {\"a\": {\"serve\": []}}}", 1, 22, "providers.a.serve",
                .invalidValue("the command is empty")
            ),
            (
                "{\"providers\": {\"openai\": {\"key\": {\"env\": \"A\", \"file\": \"b\"}}}}", 1, 27,
                "providers.openai.key",
                .invalidValue("it needs one of \"env\", \"command\" and \"file\"")
            ),
            (
                "{\"providers\": {\"openai\": {\"timeouts\": {\"connect\": 0}}}}", 1, 40,
                "providers.openai.timeouts.connect", .invalidValue("it must be seconds, from 0.001 to 86400")
            ),
            (
                "{\"provider\": \"opnai\"}", 1, 2, "provider",
                .invalidValue("there is no provider of this name; did you mean \"openai\"?")
            ),
            (
                "{\"parameters\": {\"messages\": []}}", 1, 17, "parameters.messages",
                .invalidValue("it is no parameter: Banter sets it itself")
            ),
            ("{\"editor\": {\"keys\": \"ed\"}}", 1, 13, "editor.keys", .invalidValue("it must be \"emacs\" or \"vi\"")),
            (
                "{\"editor\": {\"history\": 1}}", 1, 13, "editor.history",
                .wrongKind(expected: "boolean", found: "number")
            ),
            ("{\n\"model\" \"x\"}", 2, 9, nil, .syntax("a colon is expected after the key")),
        ] as [Mistake])
    func mistakes(_ mistake: Mistake) throws {
        let error = try #require(self.mistake(in: mistake.text))
        #expect(error.line == mistake.line)
        #expect(error.column == mistake.column)
        #expect(error.key == mistake.key)
        #expect(error.problem == mistake.problem)
        #expect(error.path.hasSuffix("/config.json"))
    }

    @Test("gives a provider no name that leads out of a directory", arguments: ["../x", "a/b", ".x", "", "a b"])
    func providerNames(_ name: String) {
        #expect(mistake(in: "{\"providers\": {\"\(name)\": {\"baseURL\": \"https://x\"}}}")?.key == "providers.\(name)")
    }

    @Test("may hold a key only if nobody else can read it, and never shows it")
    func inlineKey() throws {
        let text = "{\"providers\": {\"openai\": {\"key\": \"sk-canary\", \"headers\": {\"X\": \"sk-canary\"}}}}"
        let file = try load(text)
        var shown = "\(file) \(String(reflecting: file.providers)) "
        dump(file, to: &shown)
        #expect(!shown.contains("canary"))
        for permissions in [0o640, 0o604, 0o620] {
            #expect(mistake(in: text, permissions: permissions)?.key == "providers.openai.key")
        }
    }

    @Test("J16: has its commands run only if not everybody may write to it")
    func commands() throws {
        let text = "{\"providers\": {\"a\": {\"serve\": [\"x\"]}}}"
        #expect(throws: Never.self) { try load(text, permissions: 0o664) }
        #expect(mistake(in: text, permissions: 0o666)?.key == "providers.a.serve")
    }
}
