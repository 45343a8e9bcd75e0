import TestSupport
import Testing

@testable import ChatApi

/// Every error body that chat-spec.md §4 and §7 name.
@Suite("Error bodies")
struct ErrorBodyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let status: Int
        let body: String
        let message: String?
        let type: String?
        let code: String?
        let param: String?
        /// Whether it is worth another try.
        let passes: Bool

        init(
            _ status: Int, _ body: String, _ message: String? = "m", type: String? = nil, code: String? = nil,
            param: String? = nil, passes: Bool = false
        ) {
            (self.status, self.body, self.message, self.type) = (status, body, message, type)
            (self.code, self.param, self.passes) = (code, param, passes)
        }

        var testDescription: String { "\(status) \(body)" }
    }

    private static func openAI(
        _ status: Int, _ type: String, _ code: String?, param: String? = nil, message: String = "m",
        passes: Bool = false
    ) -> Case {
        let fields: JSONValue = [
            "error": [
                "message": .string(message), "type": .string(type), "param": param.map { .string($0) } ?? .null,
                "code": code.map { .string($0) } ?? .null,
            ]
        ]
        let body = String(decoding: fields.serialized(), as: UTF8.self)
        return Case(status, body, message, type: type, code: code, param: param, passes: passes)
    }

    /// The table of §4.
    static let openAI = [
        openAI(400, "invalid_request_error", "context_length_exceeded", param: "messages"),
        openAI(400, "invalid_request_error", "unsupported_parameter", param: "max_tokens"),
        openAI(400, "invalid_request_error", "unsupported_value", param: "messages[0].role"),
        openAI(400, "invalid_request_error", "unsupported_value", param: "stream"),
        openAI(400, "invalid_request_error", "invalid_value"), openAI(400, "invalid_request_error", nil),
        openAI(401, "invalid_request_error", "invalid_api_key"), openAI(401, "invalid_request_error", nil),
        openAI(403, "request_forbidden", "unsupported_country_region_territory"),
        openAI(404, "invalid_request_error", "model_not_found"), openAI(413, "server_error", nil),
        openAI(429, "tokens", "rate_limit_exceeded", passes: true),
        openAI(429, "requests", "rate_limit_exceeded", passes: true),
        openAI(
            429, "tokens", "rate_limit_exceeded",
            message: "Request too large for gpt-4 in organization o: Limit 1, Requested 2."),
        openAI(429, "rate_limit_error", "slow_down", passes: true),
        openAI(429, "insufficient_quota", "insufficient_quota"),
        openAI(429, "insufficient_quota", "credit_balance_exhausted"),
        openAI(429, "insufficient_quota", nil), openAI(429, "x", "organization_spend_limit_exceeded"),
        openAI(429, "x", "project_spend_limit_exceeded"), openAI(429, "x", "organization_usage_limit_exceeded"),
        openAI(500, "server_error", nil, passes: true),
        openAI(503, "service_unavailable_error", "server_is_overloaded", passes: true),
        openAI(408, "x", nil, passes: true), openAI(409, "x", nil, passes: true),
    ]

    /// The shapes of the servers of §7.
    static let others = [
        // Azure
        Case(404, #"{"error":{"code":"DeploymentNotFound","message":"m"}}"#, code: "DeploymentNotFound"),
        Case(
            400,
            #"{"error":{"message":"m","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"x"}}}"#,
            type: "400", code: "content_filter", param: "prompt"),
        Case(401, #"{"statusCode":401,"message":"m"}"#),
        // Ollama, llama.cpp, vLLM
        Case(
            404, #"{"error":{"message":"m","type":"not_found_error","param":null,"code":null}}"#,
            type: "not_found_error"),
        Case(
            400,
            #"{"error":{"code":400,"message":"m","type":"exceed_context_size_error","n_prompt_tokens":9,"n_ctx":8}}"#,
            type: "exceed_context_size_error", code: "400"),
        Case(
            503, #"{"error":{"code":503,"message":"Loading model","type":"unavailable_error"}}"#, "Loading model",
            type: "unavailable_error", code: "503", passes: true),
        Case(
            501, #"{"error":{"code":501,"message":"m","type":"not_supported_error"}}"#, type: "not_supported_error",
            code: "501", passes: true),
        Case(
            400, #"{"object":"error","message":"m","type":"BadRequestError","param":null,"code":400}"#,
            type: "BadRequestError", code: "400"),
        Case(
            404, #"{"error":{"message":"m","type":"NotFoundError","param":null,"code":404}}"#, type: "NotFoundError",
            code: "404"),
        // LM Studio, OpenRouter, DeepSeek
        Case(400, #"{"error":"m"}"#), Case(400, #"{"error":{"message":"m"},"message":"n"}"#),
        Case(402, #"{"error":{"code":402,"message":"m","metadata":{"x":1}},"user_id":"u"}"#, code: "402"),
        Case(502, #"{"error":{"code":502,"message":"m"}}"#, code: "502", passes: true),
        Case(
            402,
            #"{"error":{"message":"Insufficient Balance","type":"unknown_error","param":null,"code":"invalid_request_error"}}"#,
            "Insufficient Balance", type: "unknown_error", code: "invalid_request_error"),
        // Mistral's three, FastAPI
        Case(
            422, #"{"detail":[{"type":"extra_forbidden","loc":["body","store"],"msg":"m","input":false},{"msg":"n"}]}"#,
            "body.store: m; n"),
        Case(
            422,
            #"{"object":"error","message":{"detail":[{"loc":["body","messages",0],"msg":"m"}]},"type":"invalid_request_error","param":null,"code":null}"#,
            "body.messages.0: m", type: "invalid_request_error"),
        Case(
            422, #"{"object":"Error","detail":[],"message":[{"loc":["body"],"msg":"m"}],"code":3001}"#, "body: m",
            code: "3001"),
        Case(401, #"{"detail":"m"}"#), Case(401, #"{"message":"m","request_id":"r"}"#),
        // Groq, Gemini, xAI, DashScope, Cloudflare, Hugging Face
        Case(
            400,
            #"{"error":{"message":"m","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"{}"}}"#,
            type: "invalid_request_error", code: "tool_use_failed"),
        Case(
            400, #"[{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}]"#, type: "INVALID_ARGUMENT",
            code: "400"),
        Case(
            403, #"{"code":"The caller does not have permission","error":"m"}"#,
            code: "The caller does not have permission"),
        Case(401, #"{"code":"InvalidApiKey","message":"m","request_id":"r"}"#, code: "InvalidApiKey"),
        Case(403, #"{"success":false,"errors":[{"code":10000,"message":"m"}],"messages":[]}"#, code: "10000"),
        Case(503, #"{"error":"m","error_type":"overloaded"}"#, type: "overloaded", passes: true),
        // Nothing that can be read
        Case(500, #"{"error":{}}"#, nil, passes: true),
        Case(500, #"{"error":{"code":7}}"#, nil, code: "7", passes: true),
        Case(400, "{}", nil), Case(400, #"{"error":null}"#, nil), Case(400, "[]", nil), Case(400, "7", nil),
        Case(400, #"{"error":7}"#, "7"),
        Case(502, "<html><head><title>502 Bad Gateway</title></head></html>", nil, passes: true),
        Case(400, "{\"error\":", nil), Case(404, "", nil), Case(504, "upstream timed out", nil, passes: true),
    ]

    @Test("every shape gives its message, type, code and param, and whether it may pass", arguments: openAI + others)
    func shapes(test: Case) async throws {
        let headers = [("X-Request-Id", "r-7"), ("Content-Type", "application/json")]
        let server = try RecordingServer(status: test.status, headers: headers, body: Array(test.body.utf8))
        let error = try #require(await server.refusal())
        #expect(error.code == .http && error.statusCode == test.status)
        #expect(error.serverMessage == test.message)
        #expect(error.serverType == test.type)
        #expect(error.serverCode == test.code)
        #expect(error.param == test.param)
        #expect(error.requestID == "r-7" && error.headers["content-type"] == "application/json")
        #expect(error.body == Array(test.body.utf8))
        #expect((RetryPolicy.delay(after: error, mayRepeat: false, retry: 0, random: 0) != nil) == test.passes)
        let isTooLarge = test.message?.hasPrefix("Request too large") ?? false
        #expect(error.isQuotaExceeded == (test.status == 429 && !test.passes && !isTooLarge))
    }

    @Test("what has no message of the server says what it is")
    func excerpts() async throws {
        for (body, detail) in [
            ("<html><head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway"),
            ("upstream timed out", "upstream timed out"),
            ("", nil), ("{}", "{}"),
        ] {
            let server = try RecordingServer(status: 502, headers: [], body: Array(body.utf8))
            #expect(try #require(await server.refusal()).detail == detail)
        }
    }

    @Test("recorded errors give all they hold, streamed or not", arguments: Fixture.errors)
    func recordings(fixture: Fixture) async throws {
        // As the body of a stream, at every kind of cut.
        let fault = try #require(ServerFault(errorBody: JSONValue(parsing: fixture.bytes)))
        var generator = SeededGenerator(seed: 20_261_122)
        for number in 0..<300 {
            let bytes = fixture.bytes.replacing([0x0A], with: [[0x0A], [0x0D, 0x0A], [0x0D]][number % 3])
            #expect(StreamOutcome(bytes.pieces(&generator, upTo: [1, 4, 40, 400][number % 4])).fault == fault)
        }
        let server = try RecordingServer(fixture, headers: [("x-request-id", "r-7")])
        for isStream in [false, true] {
            let error = try #require(await server.refusal(isStream: isStream))
            #expect(error.code == (fixture.status == 200 ? .serverError : .http))
            #expect(error.statusCode == fixture.status && error.requestID == "r-7")
            #expect(error.headers["content-type"] == fixture.contentType)
            if fixture.status != 200 { #expect(error.body == fixture.bytes) }
            let expected = try #require(fixture.expected["error"])
            if let violations = expected["detail"]?.arrayValue {
                let places = violations.map {
                    ($0["loc"]?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ".")
                }
                #expect(places.allSatisfy { error.serverMessage?.contains($0) == true })
            } else {
                #expect(error.serverMessage == expected.stringValue ?? expected["message"]?.stringValue)
            }
            #expect(error.serverType == (expected["type"] ?? expected["status"])?.stringValue)
            #expect(error.serverCode == expected["code"].flatMap { $0.stringValue ?? $0.intValue.map(String.init) })
            #expect(error.param == expected["param"]?.stringValue)
        }
    }
}

extension RecordingServer {
    /// The error of a request, which must fail.
    func refusal(isStream: Bool = false) async -> ApiError? {
        do {
            if isStream {
                for try await _ in try await api.createChatCompletionStream(request) {}
            } else {
                _ = try await api.createChatCompletion(request)
            }
            return nil
        } catch {
            return error as? ApiError
        }
    }
}
