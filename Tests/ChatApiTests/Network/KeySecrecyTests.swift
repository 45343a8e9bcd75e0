import ChatApi
import Logging
import TestSupport
import Testing

@Suite("The key stays secret")
struct KeySecrecyTests {
    static let half = "sk-canary"

    static let echoes: [(String, [(String, String)], String)] = [
        ("in a message", [], #"{"error":{"message":"Incorrect API key: \#(canary)."}}"#),
        (
            "in every field", [],
            #"{"error":{"message":"\#(canary)","type":"\#(canary)","code":"\#(canary)","param":"\#(canary)"}}"#
        ),
        ("percent-encoded", [], "key=sk-canary-0123456789abcdef%20"),
        ("in headers", [("X-Key", canary), ("X-Request-ID", canary), ("Set-Cookie", "k=\(canary)")], "{}"),
        ("in a title", [("Content-Type", "text/html")], "<html><title>Bad key \(canary)</title>"),
        ("in HTML", [("Content-Type", "text/html")], "<html><p>Bearer \(canary)</p>"),
        ("cut by an excerpt", [], String(repeating: "x", count: 110) + canary + " is wrong"),
        ("cut by a title", [], "<title>" + String(repeating: "x", count: 110) + canary + "</title>"),
        ("cut by the cap", [], String(repeating: "x", count: (64 << 10) - 9) + canary + "y"),
        ("cut by what is read", [], String(repeating: "x", count: (128 << 10) - 9) + canary + "y"),
        ("many times, cut by what is read", [], String(repeating: canary + " ", count: (128 << 10) / 27 + 9)),
        ("at the end, halved", [], "you sent sk-canary-01"),
        (
            "with its middle left out", [],
            #"{"error":{"message":"no: sk-canary-****cdef, sk-canary-0...ef sk-canary…abcdef."}}"#
        ),
    ]

    @Test("K08: an error doesn't show a key that the server echoes", arguments: echoes.indices)
    func echoed(index: Int) async throws {
        let (_, headers, body) = Self.echoes[index]
        for status in [401, 500, 200] {
            let server = try LoopbackServer { $0.respond(status: status, headers: headers, body: body) }
            let log = CollectedLog()
            var configuration = canaryConfiguration(server.baseURL)
            configuration.logger = log.logger(level: .trace)
            let api = ChatApi(configuration: configuration)
            for error in [
                await failure { try await api.createChatCompletion(question) },
                await failure {
                    for try await _ in try await api.createChatCompletionStream(question) {}
                },
            ] {
                // An answer of success isn't an error even if it is empty.
                guard let error else { continue }
                var text = "\(error) \(String(reflecting: error)) \(String(decoding: error.body, as: UTF8.self))"
                dump(error, to: &text)
                #expect(!text.contains(Self.half))
            }
            #expect(!log.lines.joined().contains(Self.half))
        }
    }

    @Test("a key with slashes is masked as well where JSON escapes them")
    func escapedSlashes() async throws {
        let body = #"{"error":{"message":"no sk-can\/ary+01\/23456789=="}}"#
        let server = try LoopbackServer { $0.respond(status: 401, body: body) }
        var configuration = canaryConfiguration(server.baseURL)
        configuration.apiKey = "sk-can/ary+01/23456789=="
        let log = CollectedLog()
        configuration.logger = log.logger(level: .trace)
        let error = await failure(of: configuration)
        #expect(error?.serverMessage == "no ***")
        #expect(String(decoding: error?.body ?? [], as: UTF8.self) == #"{"error":{"message":"no ***"}}"#)
        #expect(!log.lines.joined().contains("23456789"))
    }

    @Test("a message in a stream is cut at 64 KiB, and a key that the cut goes through is masked before")
    func longMessage() async throws {
        let text = String(repeating: "x", count: (64 << 10) - 9) + canary + String(repeating: "y", count: 3 << 20)
        let server = try LoopbackServer { exchange in
            exchange.startEvents()
            exchange.send(event: #"{"error":{"message":"\#(text)"}}"#)
            exchange.endBody()
        }
        let api = ChatApi(configuration: canaryConfiguration(server.baseURL), transport: HTTPTransport())
        let error = await failure {
            for try await _ in try await api.createChatCompletionStream(question) {}
        }
        #expect(error?.code == .serverError)
        #expect(error?.serverMessage == text.prefix((64 << 10) - 9) + "***yyyyyy…")
    }

    @Test("no byte of a key, password or certificate's key is logged, described or dumped, however a call ends")
    func everywhere() async throws {
        let authority = try TestAuthority()
        let echo = try LoopbackServer { exchange in
            let status = exchange.request.path.contains("fail") ? 500 : 200
            let isChat = exchange.request.method == "POST" && status == 200
            let body =
                isChat ? #"{"choices":[{"message":{"content":"yes"}}]}"# : #"{"error":"\#(canary) other-secret-2"}"#
            exchange.respond(
                status: status, headers: [("Set-Cookie", "s=\(canary)"), ("X-Echo", "other-secret-2")], body: body)
        }
        let tls = try await TLSFront(before: echo, identity: try .selfSigned())
        let login = try await ConnectProxy(.opens(authorization: "Basic xyz"))
        let mine = try authority.identity()
        let log = CollectedLog()
        var plain = canaryConfiguration(echo.baseURL)
        plain.logger = log.logger(level: .trace)
        plain.headers = ["X-Api-Key": "other-secret-2", "Cookie": "session=\(canary)"]
        plain.query = ["api_key": "other-secret-2"]
        var failing = plain
        failing.baseURL += "/fail?token=\(canary)"
        var untrusted = plain
        untrusted.baseURL = tls.baseURL()
        var nowhere = plain
        nowhere.baseURL = "https://banter.invalid/v1"
        var proxied = untrusted
        proxied.proxy = .configured(login.url("user:proxy-secret-3@"))
        proxied.proxy.includesLoopback = true
        proxied.tls.clientCertificate = .init(chain: mine.certificate, privateKey: mine.privateKey)
        var provided = plain
        provided.apiKeyProvider = { throw Unavailable() }
        var basic = failing
        basic.authentication = .basic(user: "user", password: "basic-secret-4")

        let transport = HTTPTransport()
        var text = ""
        let codes: [(ChatApiConfiguration, ApiError.Code?)] = [
            (plain, nil), (failing, .http), (untrusted, .certificateUntrusted), (nowhere, .hostNotFound),
            (proxied, .proxyAuthenticationRequired), (provided, .keyProvider), (basic, .http),
        ]
        var options = RequestOptions()
        options.headers = ["Authorization-Extra": "option-secret-5"]
        options.query = ["secret": "option-secret-5"]
        for (configuration, code) in codes {
            let api = ChatApi(configuration: configuration, transport: transport)
            let error = await failure { try await api.createChatCompletion(question, options: options) }
            #expect(error?.code == code)
            text +=
                "\(configuration) \(api) \(options) \(String(reflecting: configuration)) \(String(reflecting: error))"
            dump(error, to: &text)
            dump(api, to: &text)
            dump(configuration, to: &text)
            dump(options, to: &text)
            dump(configuration.tls, to: &text)
            dump(configuration.proxy, to: &text)
            dump(configuration.authentication, to: &text)
            let stream = try? await api.createChatCompletionStream(question, options: options)
            dump(stream, to: &text)
        }
        dump(transport, to: &text)
        text += log.lines.joined(separator: "\n")
        #expect(log.lines.count > 20)
        let secrets = ["canary", "other-secret", "proxy-secret", "basic-secret", "option-secret", "PRIVATE KEY"]
        #expect(secrets.filter { text.contains($0) } == [])
    }

    private struct Unavailable: Error, CustomStringConvertible {
        let description = "the vault refuses \(canary)"
    }

    @Test("requests are logged by level: the line at debug, headers and bodies at trace")
    func levels() async throws {
        let server = try LoopbackServer.chat(replies: ["the-answer"])
        var configuration = canaryConfiguration(server.baseURL)
        let debug = CollectedLog()
        configuration.logger = debug.logger(level: .debug)
        _ = try await answer(configuration)
        let url = "\(server.baseURL)/chat/completions"
        #expect(debug.lines.count == 1)
        #expect(debug.lines.first?.hasPrefix("debug: POST \(url): HTTP 200 after ") == true)
        let trace = CollectedLog()
        configuration.logger = trace.logger(level: .trace)
        _ = try await answer(configuration)
        let text = trace.lines.joined(separator: "\n")
        #expect(text.contains("Authorization: ***") && text.contains("Content-Type: application/json"))
        #expect(text.contains("\"messages\"") && text.contains("the-answer"))
        let info = CollectedLog()
        configuration.logger = info.logger(level: .info)
        _ = try await answer(configuration)
        #expect(info.lines.isEmpty)
    }

    @Test("a log line is one line, and acts on no terminal")
    func hostileLog() async throws {
        let server = try LoopbackServer { exchange in
            exchange.respond(status: 400, body: #"{"error":"a\u001b]0;evil\u0007\nb\u009b31m"}"#)
        }
        var configuration = canaryConfiguration(server.baseURL)
        let log = CollectedLog()
        configuration.logger = log.logger(level: .trace)
        _ = await failure(of: configuration)
        #expect(log.lines.contains { $0.contains(#"evil"#) })
        #expect(log.lines.joined().unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    }
}
