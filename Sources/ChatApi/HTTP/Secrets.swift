/// What must not leave this target in an error: the key, and the values of headers that carry one.
struct Secrets {
    private let texts: [[UInt8]]

    init(_ configuration: ChatApiConfiguration, key: String?) {
        let names = ["key", "auth", "token", "secret", "cookie"]
        let values = configuration.headers.filter { name, _ in names.contains { name.lowercased().contains($0) } }
            .values
        // What is shorter than this can't be told from ordinary words, and isn't secret.
        texts = ([key].compactMap { $0 } + values).map { Array($0.utf8) }.filter { $0.count >= 8 }
    }

    /// How much of a body an error keeps.
    static let maximumBodyBytes = 64 << 10

    /// The error with every secret masked, wherever the server put it, and then its body cut to size.
    func mask(in error: ApiError) -> ApiError {
        var error = error
        error.serverMessage = error.serverMessage.map(mask)
        error.serverCode = error.serverCode.map(mask)
        error.serverType = error.serverType.map(mask)
        error.param = error.param.map(mask)
        error.detail = error.detail.map(mask)
        error.redirectTarget = error.redirectTarget.map(mask)
        error.requestID = error.requestID.map(mask)
        error.headers = ApiHeaders(error.headers.map { ($0.name, mask($0.value)) })
        error.body = Array(mask(error.body).prefix(Self.maximumBodyBytes))
        return error
    }

    func mask(_ text: String) -> String { String(decoding: mask(Array(text.utf8)), as: UTF8.self) }

    private func mask(_ bytes: [UInt8]) -> [UInt8] {
        texts.reduce(bytes) { bytes, secret in
            bytes.replacing(secret, with: Array("***".utf8))
        }
    }
}
