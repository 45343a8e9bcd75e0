import Testing

@testable import ChatApi

@Suite("The environment's proxies")
struct ProxyEnvironmentTests {
    private func proxy(_ variables: [String: String], for url: String) throws -> String? {
        try ProxyAddress.proxy(.environment(variables), for: Endpoint(url)).map { "\($0.kind) \($0.authority)" }
    }

    static let choices: [([String: String], String, String?)] = [
        ([:], "https://api.example", nil),
        (["https_proxy": "http://p:1"], "https://api.example", "http p:1"),
        (["HTTPS_PROXY": "http://p:1"], "https://api.example", "http p:1"),
        (["https_proxy": "http://lower:1", "HTTPS_PROXY": "http://upper:2"], "https://api.example", "http lower:1"),
        (["https_proxy": "", "HTTPS_PROXY": "http://upper:2"], "https://api.example", "http upper:2"),
        (["http_proxy": "http://p:1"], "https://api.example", nil),
        (["http_proxy": "http://p:1"], "http://api.example", "http p:1"),
        (["HTTP_PROXY": "http://p:1"], "http://api.example", "http p:1"),
        (["HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET"], "http://api.example", nil),
        (
            ["HTTP_PROXY": "http://p:1", "REQUEST_METHOD": "GET", "ALL_PROXY": "http://a:2"], "http://api.example",
            "http a:2"
        ),
        (["all_proxy": "http://a:2"], "https://api.example", "http a:2"),
        (["ALL_PROXY": "http://a:2"], "https://api.example", "http a:2"),
        (["all_proxy": "http://a:2", "https_proxy": "http://p:1"], "https://api.example", "http p:1"),
        (["https_proxy": "p"], "https://api.example", "http p:1080"),
        (["https_proxy": "p:3128/"], "https://api.example", "http p:3128"),
        (["https_proxy": "socks5://p"], "https://api.example", "socks p:1080"),
        (["https_proxy": "socks5h://p:9"], "https://api.example", "socks p:9"),
        (["https_proxy": "http://[fd00::1]:8080"], "https://api.example", "http [fd00::1]:8080"),
        (["https_proxy": "http://p:1"], "https://localhost", nil),
        (["https_proxy": "http://p:1"], "https://127.0.0.9", nil),
        (["https_proxy": "http://p:1"], "https://[::1]", nil),
    ]

    @Test("the variables are looked at in curl's order", arguments: choices)
    func order(variables: [String: String], url: String, expected: String?) throws {
        #expect(try proxy(variables, for: url) == expected)
    }

    static let exemptions: [(String, String, Bool)] = [
        ("*", "https://api.example.com", true), ("", "https://api.example.com", false),
        ("example.com", "https://api.example.com", true), ("example.com", "https://example.com", true),
        ("example.com", "https://badexample.com", false), ("example.com", "https://example.com.evil.org", false),
        (".example.com", "https://api.example.com", true), (".example.com", "https://example.com", true),
        ("*.example.com", "https://api.example.com", true), ("*.example.com", "https://badexample.com", false),
        ("EXAMPLE.com", "https://api.Example.COM", true), ("example.com.", "https://example.com", true),
        ("api.example.com", "https://example.com", false),
        ("a.org, example.com", "https://example.com", true), ("a.org example.com", "https://example.com", true),
        ("a.org,,example.com,", "https://example.com", true), (" , ", "https://example.com", false),
        ("example.com:8443", "https://example.com:8443", true), ("example.com:8443", "https://example.com", false),
        ("example.com:443", "https://example.com", true), ("example.com:x", "https://example.com", false),
        ("10.0.0.7", "https://10.0.0.7", true), ("10.0.0.7", "https://10.0.0.70", false),
        ("10.0.0.7:8443", "https://10.0.0.7:8443", true), ("10.0.0.7:8443", "https://10.0.0.7", false),
        ("10.0.0.0/8", "https://10.9.8.7", true), ("10.0.0.0/8", "https://11.0.0.1", false),
        ("10.0.0.0/9", "https://10.127.0.1", true), ("10.0.0.0/9", "https://10.128.0.1", false),
        ("10.0.0.0/0", "https://8.8.8.8", true), ("10.0.0.0/32", "https://10.0.0.0", true),
        ("10.0.0.0/33", "https://10.0.0.0", false), ("10.0.0.0/-1", "https://10.0.0.0", false),
        ("10.0.0.0/", "https://10.0.0.0", false), ("10.0.0.0/8/8", "https://10.0.0.0", false),
        ("0.0.7", "https://10.0.0.7", false), ("10.0.0.0/8", "https://10.example.com", false),
        ("fd00::1", "https://[fd00::1]", true), ("[fd00::1]", "https://[fd00:0::1]", true),
        ("[fd00::1]:8443", "https://[fd00::1]:8443", true), ("[fd00::1]:8443", "https://[fd00::1]", false),
        ("fd00::/8", "https://[fd12::1]", true), ("fd00::/8", "https://[fe80::1]", false),
        ("::/0", "https://10.0.0.1", false),
    ]

    @Test("no_proxy exempts what it names", arguments: exemptions)
    func exempt(list: String, url: String, isExempt: Bool) throws {
        for name in ["no_proxy", "NO_PROXY"] {
            #expect(try proxy(["https_proxy": "http://p:1", name: list], for: url) == (isExempt ? nil : "http p:1"))
        }
    }

    @Test("no_proxy in lower case comes before NO_PROXY")
    func lowerFirst() throws {
        let variables = ["https_proxy": "http://p:1", "no_proxy": "a.org", "NO_PROXY": "b.org"]
        #expect(try proxy(variables, for: "https://a.org") == nil)
        #expect(try proxy(variables, for: "https://b.org") == "http p:1")
    }

    static let unusable: [String] = [
        "https://p:1", "ftp://p:1", "socks4://p:1", "http://", "http://p:0", "http://p:99999", "http://p:x",
        "http://us:er%zz@p:1", "http://us%3Aer:secret@p:1", "socks5://user:secret@p:1", "http://p q:1", "http://p\u{1}",
        "http://user:secret@", "http://[::1", "http://ü:1",
    ]

    @Test("a proxy that can't be used is an error that quotes none of it", arguments: unusable)
    func errors(url: String) throws {
        let endpoint = try Endpoint("https://api.example")
        let error = #expect(throws: EndpointError.self) { try ProxyAddress.proxy(.configured(url), for: endpoint) }
        #expect(error?.reason.contains("secret") == false)
    }

    static let credentials: [(String, String?, String?, String)] = [
        ("http://user:pass@p:1", "user", "pass", "p:1"), ("http://user@p:1", "user", "", "p:1"),
        ("user:pass@p:1", "user", "pass", "p:1"), ("http://a%40b:c%3Ad%2F@p:1", "a@b", "c:d/", "p:1"),
        ("http://user:p@ss@p:1", "user", "p@ss", "p:1"), ("http://:pass@p:1", "", "pass", "p:1"),
        ("http://p:1", nil, nil, "p:1"), ("http://user:a:b@p:1", "user", "a:b", "p:1"),
    ]

    @Test("user name and password stand before the last @, percent-encoded", arguments: credentials)
    func userInfo(url: String, user: String?, password: String?, authority: String) throws {
        let address = try ProxyAddress(url)
        #expect(address.user == user && address.password == password && address.authority == authority)
    }

    @Test("descriptions show no password, and keep no variable that doesn't matter")
    func masked() {
        let settings = ProxySettings.environment([
            "https_proxy": "http://user:secret@p:1", "OPENAI_API_KEY": "secret", "ALL_PROXY": "user:secret@p",
        ])
        var configuration = ChatApiConfiguration()
        configuration.proxy = settings
        var dumped = ""
        dump(configuration, to: &dumped)
        dump(settings, to: &dumped)
        let texts = [dumped, "\(settings)", String(reflecting: settings), "\(configuration)"]
        #expect(texts.allSatisfy { !$0.contains("secret") && $0.contains("https_proxy=http://***@p:1") })
    }
}
