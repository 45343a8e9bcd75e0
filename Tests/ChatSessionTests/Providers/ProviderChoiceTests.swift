import Testing

@testable import ChatSession

@Suite("The choice of provider and model")
struct ProviderChoiceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var flag: String?
        var modelFlag: String?
        var session: String?
        var sessionModel: String?
        var environment: [String: String] = [:]
        var provider: String?
        var model: String?
        var configured = ["work", "home"]
        let expected: String
    }

    private static func choice(_ row: Case) -> ProviderChoice {
        var file = ConfigurationFile()
        file.provider = row.provider
        file.model = row.model
        file.providers = row.configured.map { name in
            var provider = Provider(name: name, baseURL: "https://\(name).example/v1")
            provider.model = "\(name)-model"
            return provider
        }
        var choice = ProviderChoice(
            environment: row.environment, file: file, localModel: LocalModel(directory: "/nonexistent"))
        choice.providerFlag = row.flag
        choice.modelFlag = row.modelFlag
        return choice
    }

    @Test(
        "goes by command line, session, file and environment",
        arguments: [
            Case(
                testDescription: "the flag over all", flag: "home", session: "work", sessionModel: "s",
                provider: "work", model: "f", expected: "home home-model"),
            Case(
                testDescription: "both flags, the model literally", flag: "home", modelFlag: "work/x",
                expected: "home work/x"),
            Case(
                testDescription: "the flag that names the session's provider keeps its model", flag: "work",
                session: "work", sessionModel: "s", expected: "work s"),
            Case(
                testDescription: "a model flag with a provider", modelFlag: "home/a/b", session: "work",
                sessionModel: "s", expected: "home a/b"),
            Case(
                testDescription: "a model flag with a slash but no provider", modelFlag: "qwen/a", session: "home",
                expected: "home qwen/a"),
            Case(
                testDescription: "a model flag stays with the session's provider", modelFlag: "x", session: "home",
                sessionModel: "s", provider: "work", expected: "home x"),
            Case(
                testDescription: "the session over the file", session: "home", sessionModel: "s", provider: "work",
                model: "f", expected: "home s"),
            Case(
                testDescription: "a session without a model takes its provider's", session: "home", provider: "work",
                model: "f", expected: "home home-model"),
            Case(
                testDescription: "a session without a model takes the file's for its provider", session: "work",
                provider: "work", model: "f", expected: "work f"),
            Case(
                testDescription: "a session without a provider keeps its model", sessionModel: "s", provider: "home",
                expected: "home s"),
            Case(
                testDescription: "the file over the environment",
                environment: ["OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://e/v1"], provider: "home",
                expected: "home home-model"),
            Case(testDescription: "the file's model names both", model: "home/x", expected: "home x"),
            Case(
                testDescription: "an address in the environment over the file's first provider",
                environment: ["OPENAI_BASE_URL": "https://e/v1"], expected: "openai -"),
            Case(
                testDescription: "the file's first provider over a key in the environment",
                environment: ["OPENAI_API_KEY": "k"], expected: "work work-model"),
            Case(testDescription: "the file's model for its first provider", model: "f", expected: "work f"),
            Case(
                testDescription: "a key in the environment", environment: ["OPENAI_API_KEY": "k"], model: "f",
                configured: [], expected: "openai f"),
        ])
    func order(_ row: Case) throws {
        let decision = try Self.choice(row).decide(sessionProvider: row.session, sessionModel: row.sessionModel)
        #expect("\(decision.provider.name) \(decision.model ?? "-")" == row.expected)
    }

    @Test("never sends a session to another provider because its own is gone")
    func goneProvider() {
        let choice = Self.choice(Case(testDescription: "", provider: "work", expected: ""))
        #expect(throws: ProviderChoice.Problem.unknownProvider("hone", nearest: "home")) {
            try choice.decide(sessionProvider: "hone", sessionModel: "m")
        }
        #expect(throws: ProviderChoice.Problem.localModelNotInstalled) { try choice.decide(sessionProvider: "local") }
    }

    private static func openAI(
        _ environment: [String: String], baseURL: String? = nil, key: KeySource? = nil
    ) throws -> Provider {
        var file = ConfigurationFile()
        if let baseURL {
            var provider = Provider(name: "openai", baseURL: baseURL, key: key)
            provider.headers = ["X-Secret": "s"]
            file.providers = [provider]
        }
        let choice = ProviderChoice(
            environment: environment, file: file, localModel: LocalModel(directory: "/nonexistent"))
        return try choice.provider(named: "openai")
    }

    private static let variable = KeySource.environment("OPENAI_API_KEY")
    private static let inline = KeySource.inline(KeySource.Secret(text: "sk-file"))

    @Test("sends the variable's key to OpenAI, or to the address in the variable")
    func variables() throws {
        let plain = try Self.openAI(["OPENAI_API_KEY": "k", "OPENAI_ORG_ID": "o", "OPENAI_PROJECT_ID": "p"])
        #expect(plain.key == Self.variable)
        #expect(plain.baseURL == "https://api.openai.com/v1")
        #expect(plain.organization == "o" && plain.project == "p")
        let elsewhere = try Self.openAI(["OPENAI_API_KEY": "k", "OPENAI_BASE_URL": "https://e/v1"])
        #expect(elsewhere.key == Self.variable)
        #expect(elsewhere.baseURL == "https://e/v1")
        #expect(try Self.openAI(["OPENAI_BASE_URL": "https://e/v1"]).key == nil)
        #expect(try Self.openAI([:]).key == Self.variable)
    }

    @Test("never sends the file's key or headers to the address in the variable")
    func fileKeyStays() throws {
        for address in [
            "https://e/v1", "https://f.example:8443/v1", "http://f.example/v1", "https://f.example.evil/v1",
        ] {
            let provider = try Self.openAI(
                ["OPENAI_BASE_URL": address], baseURL: "https://f.example/v1", key: Self.inline)
            #expect(provider.key == nil)
            #expect(provider.headers.isEmpty)
            #expect(provider.baseURL == address)
        }
        let same = try Self.openAI(
            ["OPENAI_BASE_URL": "https://F.example/v2"], baseURL: "https://f.example/v1", key: Self.inline)
        #expect(same.key == Self.inline)
    }

    @Test("never sends the variable's key to the file's address, unless the file says so")
    func variableKeyStays() throws {
        let environment = ["OPENAI_API_KEY": "k", "OPENAI_ORG_ID": "o"]
        #expect(try Self.openAI(environment, baseURL: "https://f.example/v1").key == nil)
        #expect(try Self.openAI(environment, baseURL: "https://f.example/v1").organization == nil)
        #expect(try Self.openAI(environment, baseURL: "https://f.example/v1", key: Self.inline).key == Self.inline)
        #expect(try Self.openAI(environment, baseURL: "https://f.example/v1", key: Self.variable).key == Self.variable)
        #expect(
            try Self.openAI(environment, baseURL: "https://api.openai.com/v1", key: Self.inline).key == Self.variable)
    }
}
