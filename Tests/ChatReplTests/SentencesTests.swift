import Terminal
import TestSupport
import Testing

@testable import ChatApi
@testable import ChatRepl
@testable import ChatSession

@Suite("Sentences about errors")
struct SentencesTests {
    /// What must hold of every complaint.
    private func check(_ complaint: Complaint, sourceLocation: SourceLocation = #_sourceLocation) {
        for sentence in [complaint.what, complaint.next].compactMap({ $0 }) {
            #expect(!sentence.isEmpty, sourceLocation: sourceLocation)
            #expect(
                !sentence.contains("nil") && !sentence.contains("Optional("), "\(sentence)",
                sourceLocation: sourceLocation)
            #expect(
                !sentence.contains("..") && !sentence.contains(": ."), "\(sentence)", sourceLocation: sourceLocation)
        }
        #expect(
            [".", "?", "…"].contains { complaint.what.hasSuffix($0) }, "\(complaint.what)",
            sourceLocation: sourceLocation)
        #expect(!complaint.code.isEmpty, sourceLocation: sourceLocation)
        #expect(complaint.status != .success, sourceLocation: sourceLocation)
    }

    static let codes: [(ApiError.Code, ChatRepl.ExitStatus)] = [
        (.invalidConfiguration, .configuration), (.connectionRefused, .unavailable), (.hostNotFound, .unavailable),
        (.unreachable, .unavailable), (.connectTimeout, .unavailable), (.firstEventTimeout, .unavailable),
        (.betweenEventsTimeout, .cutOff), (.totalTimeout, .cutOff), (.tls, .unavailable),
        (.connectionLost, .unavailable),
        (.streamCut, .cutOff), (.notAnEventStream, .unavailable), (.notJSON, .unavailable), (.notHTTP, .unavailable),
        (.invalidRequest, .badInput), (.keyProvider, .keyRefused), (.proxy, .unavailable),
        (.proxyAuthenticationRequired, .unavailable), (.certificateUntrusted, .unavailable),
        (.emptyAnswer, .failure), (.tooLarge, .failure), (.redirect, .failure), (.serverError, .failure),
    ]

    @Test("every failure of the API has a sentence with the host, an exit code and a code", arguments: codes)
    func apiErrors(code: ApiError.Code, status: ChatRepl.ExitStatus) {
        for detail in [nil, "the reason", "the reason."] {
            let error = ApiError(code, host: "example.com:81", detail: detail, limit: .seconds(30))
            let complaint = Sentences.complaint(about: error as any Error)
            check(complaint)
            #expect(complaint.what.contains("example.com:81"))
            #expect(complaint.status == status && complaint.code == code.description)
        }
    }

    @Test(
        "every status has a sentence, the exit code that fits, and the server's own words",
        arguments: [
            (400, .failure), (401, .keyRefused), (402, .failure), (403, .keyRefused), (404, .failure), (408, .failure),
            (418, .failure), (422, .failure), (429, .unavailable), (500, .unavailable), (503, .unavailable),
            (529, .unavailable),
        ] as [(Int, ChatRepl.ExitStatus)])
    func statuses(status: Int, exit: ChatRepl.ExitStatus) {
        for message in [nil, "said the server", "Said the server."] {
            var error = ApiError(.http, host: "example.com")
            error.statusCode = status
            error.serverMessage = message
            let complaint = Sentences.complaint(about: error as any Error)
            check(complaint)
            #expect(complaint.status == exit && complaint.code == "http\(status)")
            #expect(complaint.what.contains("example.com") && complaint.what.contains("\(status)"))
            if let message { #expect(complaint.what.contains(message)) }
            error.serverCode = "its_code"
            #expect(Sentences.complaint(about: error as any Error).code == "its_code")
        }
    }

    @Test("a long speech of a server is cut, and stays on one line")
    func shortened() {
        var error = ApiError(.http, host: "example.com")
        error.statusCode = 400
        error.serverMessage = String(repeating: "many\nwords\r\n", count: 100_000)
        let complaint = Sentences.complaint(about: error as any Error)
        #expect(complaint.what.count < 400 && !complaint.what.contains { $0.isNewline })
    }

    @Test("a server's wait is told")
    func retryAfter() {
        var error = ApiError(.http, host: "example.com")
        error.statusCode = 429
        error.retryAfter = .milliseconds(1500)
        #expect(Sentences.complaint(about: error as any Error).next?.contains("1.5 s") == true)
    }

    @Test("every way to lack a key has a sentence and exit code 77")
    func keyErrors() {
        for error: KeyError in [
            .noVariable("MY_KEY"), .unreadable(FileSystemError("open", "/k", 2)), .fileIsNotPrivate(path: "/k"),
            .noCommand("pass"), .commandFailed("pass", status: 3), .commandFailed("pass", status: -9),
            .commandTimedOut("pass"),
        ] {
            let complaint = Sentences.complaint(about: error as any Error)
            check(complaint)
            #expect(complaint.status == .keyRefused && complaint.code == "noKey")
        }
    }

    @Test("every mistake in the configuration has a sentence with its place, and never the key")
    func configurationErrors() throws {
        let directory = try TemporaryDirectory()
        let key = "sk-canary-99"
        for (text, place) in [
            (#"{"providers":{"x":{"baseURL":"http://x","key":"\#(key)"}}}"#, ":1:"),
            (#"{"providers":{"x":{"baseURL":"http://x","key":{"env":"\#(key)","envv":"\#(key)"}}}}"#, ":1:"),
            ("{\n\"nosuch\": \"\(key)\"}", ":2:"), ("{\n\n\"model\": [\"\(key)\"]}", ":3:"), ("[\"\(key)\"]", ":1:"),
            ("{\"model\": \"\(key)\"", ":1:"), ("{\"editor\": {\"keys\": \"\(key)\"}}", ":1:"), ("", ""),
            ("nonsense \(key)", ":1:"),
        ] {
            let path = try directory.write(text, to: "config.json", permissions: 0o644)
            let complaint = Sentences.complaint(about: try mistake(in: path))
            check(complaint)
            #expect(complaint.status == .configuration)
            #expect(complaint.what.contains(path + place), "\(complaint.what)")
            #expect(!"\(complaint)".contains(key), "\(complaint.what)")
        }
        check(Sentences.complaint(about: try mistake(in: directory.file("nosuch"))))
    }

    private func mistake(in path: String) throws -> any Error {
        do { _ = try ConfigurationFile.load(path, isRequired: true) } catch { return error }
        throw TestFailure(description: "\(path) is read without an error")
    }

    private struct TestFailure: Error, CustomStringConvertible { let description: String }

    @Test("every other error has a sentence, too")
    func others() {
        let session = SessionSummary(id: SessionID(), title: "x")
        let errors: [any Error] = [
            ProviderChoice.Problem.unknownProvider("opnai", nearest: "openai"),
            ProviderChoice.Problem.unknownProvider("x", nearest: nil), ProviderChoice.Problem.noProvider,
            ProviderChoice.Problem.localModelNotInstalled, SessionStoreError.notFound("x"),
            SessionStoreError.ambiguous(query: "x", sessions: [session, session]),
            SessionStoreError.damaged(path: "/s", reason: "it isn't JSON"),
            SessionStoreError.newerFormat(path: "/s", format: 9),
            SessionStoreError.unreadable(FileSystemError("open", "/s", 13)), FileSystemError("write", "/s", 28),
            ServerProcessError.programNotFound("x"), ServerProcessError.notStarted("x", reason: "no memory"),
            ServerProcessError.exited(status: 3, lastLines: []),
            ServerProcessError.exited(status: 3, lastLines: ["a.", "b"]),
            ServerProcessError.notReady(after: .seconds(60), lastLines: ["x"]), ServerProcessError.noFreePort,
            LocalModelError.pythonNotFound, LocalModelError.pythonTooOld(path: "/p", version: "3.9"),
            LocalModelError.pythonWithoutVenv(path: "/p", package: "python3-venv"),
            LocalModelError.diskFull(path: "/d", needed: 400_000_000, available: 1),
            LocalModelError.commandFailed(command: ["pip"], status: 1, lastLines: ["a", "b"]),
            LocalModelError.notLocalModel(path: "/d"), LocalModelError.busy(path: "/d"),
            LocalModelError.notInstalled(path: "/d"),
            LocalModelError.file(path: "/d", reason: "No space left on device"), CancellationError(),
        ]
        for error in errors { check(Sentences.complaint(about: error)) }
    }
}
