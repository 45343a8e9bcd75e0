import ChatApi
import ChatSession

extension Sentences {
    /// What to tell of a request that failed.
    static func complaint(about error: ApiError) -> Complaint {
        let host = error.host
        func because(_ text: String?) -> String { text.map { ": " + sentence($0) } ?? "." }
        func complaint(_ what: String, _ next: String? = nil, _ status: ExitStatus = .unavailable) -> Complaint {
            Complaint(what, next: next, status: status, code: error.code.description)
        }
        let limit = error.limit.map { "\(tenths($0.inSeconds)) s" } ?? "a while"
        switch error.code {
        case .http: return statusComplaint(error)
        case .serverError:
            return complaint(
                "\(host) reports an error" + because(error.serverMessage ?? error.serverCode), nil, .failure)
        case .invalidConfiguration:
            return complaint("The request to \(host) can't be sent" + because(error.detail), nil, .configuration)
        case .invalidRequest:
            return complaint("The request breaks a rule of \(host)" + because(error.detail), nil, .badInput)
        case .keyProvider: return complaint("There is no key for \(host)" + because(error.detail), nil, .keyRefused)
        case .connectionRefused:
            return complaint("Nothing listens at \(host).", "Is the server running, and the address right?")
        case .hostNotFound: return complaint("There is no host \(host).", "Check the address, and the network.")
        case .unreachable: return complaint("\(host) can't be reached" + because(error.detail), "Check the network.")
        case .connectTimeout:
            return complaint("\(host) didn't take the connection within \(limit).", "Check the network.")
        case .firstEventTimeout: return complaint("\(host) didn't begin to answer within \(limit).")
        case .betweenEventsTimeout: return complaint("\(host) fell silent in mid-answer for \(limit).", nil, .cutOff)
        case .totalTimeout: return complaint("The answer of \(host) took more than \(limit).", nil, .cutOff)
        case .proxy:
            return complaint(
                "There is no way to \(host) through the proxy" + because(error.detail),
                "HTTPS_PROXY, NO_PROXY or \"proxy\" in config.json says which is used.")
        case .proxyAuthenticationRequired:
            return complaint(
                "The proxy on the way to \(host) wants a login" + because(error.detail),
                "Write user:password@ before its host, in HTTPS_PROXY or in \"proxy\" in config.json.")
        case .certificateUntrusted:
            return complaint(
                "The certificate of \(host) can't be trusted" + because(error.detail),
                "For a server of your own, name its authority under \"certificateAuthorities\" in config.json.")
        case .tls: return complaint("No secure connection to \(host)" + because(error.detail))
        case .connectionLost: return complaint("The connection to \(host) was lost" + because(error.detail))
        case .streamCut: return complaint("\(host) cut the answer off.", nil, .cutOff)
        case .notAnEventStream, .notJSON:
            return complaint(
                "What \(host) answers is no chat answer" + because(error.detail),
                "Is the address right? It usually ends in /v1. A login page of the network looks like this too.")
        case .notHTTP: return complaint("\(host) doesn't speak HTTP" + because(error.detail), "Is the port right?")
        case .emptyAnswer: return complaint("\(host) answered nothing.", nil, .failure)
        case .tooLarge: return complaint("The answer of \(host) is too large" + because(error.detail), nil, .failure)
        case .redirect:
            return complaint(
                "\(host) sends the request on to \(error.redirectTarget ?? "another address"), where Banter doesn't follow with your key.",
                "If that is the right address, set it as the base URL.", .failure)
        default: return complaint("The request to \(host) failed" + because(error.detail), nil, .failure)
        }
    }

    private static func statusComplaint(_ error: ApiError) -> Complaint {
        let status = error.statusCode ?? 0
        // A body such as {} says nothing.
        let said =
            (error.serverMessage ?? error.detail.flatMap { $0.contains(where: \.isLetter) ? $0 : nil }).map {
                ": " + sentence($0)
            } ?? "."
        let host = error.host
        func complaint(_ what: String, _ next: String?, _ exit: ExitStatus) -> Complaint {
            Complaint(what, next: next, status: exit, code: error.serverCode ?? "http\(status)")
        }
        switch status {
        case 401, 403:
            return complaint(
                "\(host) refuses the key (\(status))" + said, "Check the key, and that it belongs to this provider.",
                .keyRefused)
        case 402: return complaint("\(host) wants to be paid first (402)" + said, nil, .failure)
        case 404:
            return complaint(
                "\(host) knows no such model or address (404)" + said,
                "/models lists the models; the address usually ends in /v1.",
                .failure)
        case 429 where error.isQuotaExceeded:
            return complaint("The account at \(host) has nothing left to spend (429)" + said, nil, .failure)
        case 429:
            let wait = error.retryAfter.map { "It says to wait \(tenths($0.inSeconds)) s." }
            return complaint("\(host) takes no more for now (429)" + said, wait, .unavailable)
        case 500...:
            return complaint("\(host) has trouble of its own (\(status))" + said, "Try again in a while.", .unavailable)
        default: return complaint("\(host) refuses the request (\(status))" + said, nil, .failure)
        }
    }

    /// What somebody else said, shortened and with a full stop.
    static func sentence(_ text: String) -> String {
        let text = shortened(text)
        return [".", "!", "?", "…"].contains { text.hasSuffix($0) } ? text : text + "."
    }

    /// At most three hundred characters of what a server said, on one line.
    ///
    /// Characters are counted as Unicode scalars, as one that the reader sees may be made of a million of them.
    static func shortened(_ text: String) -> String {
        // Enough for three hundred behind the line breaks that go.
        let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(4000)))
        let line = start.split(whereSeparator: \.isNewline).joined(separator: " ").unicodeScalars
        return line.count > 300 ? String(String.UnicodeScalarView(line.prefix(300))) + "…" : String(line)
    }
}
