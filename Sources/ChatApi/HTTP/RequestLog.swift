import AsyncHTTPClient
import Logging
import NIOHTTP1

/// What is logged of one try: the request line, the status and the duration at level debug; headers and bodies at level trace.
///
/// Secrets are masked, headers that carry them left out altogether.
struct RequestLog {
    private let logger: Logger?
    private let line: String
    private let request: HTTPHeaders
    private let body: [UInt8]?
    private let secrets: Secrets
    private let isVerified: Bool
    private let start: ContinuousClock.Instant

    /// How much of a body is logged.
    private static let maximumBodyBytes = 4 << 10

    init(_ logger: Logger?, _ prepared: PreparedRequest, _ next: PreparedRequest.Try) {
        self.logger = logger
        line = "\(prepared.method.rawValue) \(Endpoint.maskingSecrets(prepared.url))"
        request = next.request.headers
        body = prepared.body
        secrets = next.secrets
        isVerified = next.settings.tls.verifiesCertificates
        start = .now
    }

    func begin() {
        if !isVerified {
            logger?.warning(
                "\(masked(line)): certificates are not verified; anyone on the way can read the key and the conversation"
            )
        }
        logger?.trace("\(masked(line)): headers \(text(of: request)) body \(text(of: body ?? []))")
    }

    func received(_ head: HTTPResponseHead) {
        logger?.debug("\(masked(line)): HTTP \(head.status.code) after \(duration)")
        logger?.trace("\(masked(line)): headers \(text(of: head.headers))")
    }

    func received(body: [UInt8]) {
        logger?.trace("\(masked(line)): \(body.count) bytes after \(duration): \(text(of: body))")
    }

    @discardableResult
    func failed(_ error: ApiError) -> ApiError {
        logger?.debug("\(masked(line)): \(masked("\(error)")) after \(duration)")
        return error
    }

    func cancelled() { logger?.debug("\(masked(line)): cancelled after \(duration)") }

    private var duration: String { "\(Int((ContinuousClock.now - start) / .milliseconds(1))) ms" }

    private func masked(_ text: String) -> String { Self.printable(secrets.mask(text)) }

    private func text(of headers: HTTPHeaders) -> String {
        let fields = headers.map { name, value in
            "\(name): \(Secrets.isSecret(name: name) ? "***" : secrets.mask(value))"
        }
        return Self.printable("{\(fields.joined(separator: "; "))}")
    }

    private func text(of body: [UInt8]) -> String {
        // More than is shown is masked, so that no part of a secret is left at the cut.
        let start = secrets.mask(cut: Array(body.prefix(2 * Self.maximumBodyBytes)))
        let text = String(decoding: start.prefix(Self.maximumBodyBytes), as: UTF8.self)
        return Self.printable(text) + (body.count > Self.maximumBodyBytes ? "…" : "")
    }

    /// One line that acts on no terminal, whatever a server put into it.
    static func printable(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
            result += isControl ? scalar.escaped(asASCII: true) : String(scalar)
        }
        return result
    }
}
