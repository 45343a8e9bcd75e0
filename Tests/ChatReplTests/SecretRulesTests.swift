import TestSupport
import Testing

@testable import ChatRepl

@Suite("What looks like a secret")
struct SecretRulesTests {
    private static let jwt = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"

    @Test(
        "is found wherever it stands",
        arguments: [
            "sk-abcdefghijklmnop1234", "sk-ant-api03-AbC_dEf-1234567890", "sk-proj-AAAAbbbbCCCC1111dddd",
            "my key is sk-or-v1-0123456789abcdef, use it", "(ghp_abcdefghijklmnopqrst0123)",
            "gho_16C7e42F292c6912E7710c838347Ae17",
            "github_pat_11ABCDEFG0123456789_abcdef", "xoxb-123456789012-abcdef", "AKIAIOSFODNN7EXAMPLE",
            "AIzaSyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY", "hf_abcdefghijKLMNOPQRST12", "gsk_abcdefghij0123456789AB",
            "glpat-abcdef0123456789-X", jwt, "Authorization: Bearer abcdefghij0123456789", "bearer ABCDEFGHIJKLMNOP1",
            "-----BEGIN PRIVATE KEY-----\nMIIE", "x\n-----BEGIN OPENSSH PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----",
            "api_key=abcd1234", "API-KEY: \"abcd1234\"", "export OPENAI_API_KEY=whatever-it-is", "password=hunter2",
            "password = \"correct horse\"", "{\"password\": \"hunter2\"}", "db_passwd:hunter2",
            "client_secret='abcdef'",
            "https://x/?access_token=abcdef123", "/model x --token=abcdefgh",
        ])
    func found(text: String) {
        #expect(SecretRules().findSecret(in: text))
        #expect(SecretRules().findSecret(in: "世界 \(text)\nmore"))
    }

    @Test(
        "isn't seen in everyday text",
        arguments: [
            "", "hello", "What is an API key?", "password: ask Anna for it", "how do I reset my password?",
            "if password == \"\" { return }", "password = getpass()", "password=$PASSWORD", "api_key=<your key>",
            "API_KEY={}", "password=***", "token=None", "max_tokens=4096", "tokens: 1000",
            "sk-learn and task-force-1234567890abcdef",
            "a risk-assessment-of-the-year-2026", "sk-short1", "the bearer of bad news is not to blame 1",
            "-----BEGIN CERTIFICATE-----", "AKIA is a prefix", "eyJ is how they begin", "eyJhbGciOiJIUzI1NiJ9.x.y",
            "git log --pretty=format:%h", "let secret: String", "a=b; c:d", "ghp_ tokens", "=", ":", "password=",
            "secret:",
        ])
    func notSeen(text: String) { #expect(!SecretRules().findSecret(in: text), "\(text)") }

    @Test("the key in use is one whatever it looks like, if it is long enough")
    func known() {
        let rules = SecretRules(knownKeys: ["just some words", "short", ""])
        #expect(rules.findSecret(in: "xxjust some wordsxx"))
        #expect(!rules.findSecret(in: "just some wor ds, short"))
        let keys = KnownKeys()
        #expect(keys.mayKeep("a plain key phrase"))
        for number in 0..<40 { keys.learn("a plain key phrase \(number)") }
        #expect(!keys.mayKeep("is a plain key phrase 39 here?"))
        #expect(keys.mayKeep("is a plain key phrase 1 here?"))
    }

    @Test(
        "takes no longer than the text is long", .timeLimit(.minutes(1)),
        arguments: ["sk-", "eyJ", "=", "password", "password=", "bearer ", "-----BEGIN ", "a", "\"", "世", " "])
    func linear(piece: String) {
        let text = String(repeating: piece, count: (1 << 17) / piece.utf8.count)
        _ = SecretRules(knownKeys: [String(repeating: "a", count: 200) + "b"]).findSecret(in: text)
    }
}
