import ChatApi
import ChatSession

/// A parameter of the request that a person can set, and how its value is written.
struct RequestParameter: Sendable {
    enum Kind: Sendable {
        case number
        case boolean
        /// One of these words, or another that the provider knows.
        case word([String])
        case text
        /// A text, or a JSON array of texts.
        case texts
        case json
    }

    /// Its name in the API.
    let name: String
    let kind: Kind
    /// What it does, in a few words.
    let summary: String
    /// Values that may be wanted, for Tab.
    var values: [(value: String, description: String)] = []

    /// Those that are offered and explained; any other can be set, too.
    static let all: [RequestParameter] = [
        RequestParameter(
            name: "temperature", kind: .number, summary: "how adventurous the words are, 0 to 2",
            values: [
                ("0", "the likeliest words"), ("0.2", "for facts and code"), ("0.7", "for prose"), ("1", "as trained"),
                ("1.5", "for odd ideas"),
            ]),
        RequestParameter(
            name: "top_p", kind: .number, summary: "the share of likely words to choose from, 0 to 1",
            values: [("0.1", "only the likeliest"), ("0.9", "without the unlikely"), ("1", "all")]),
        RequestParameter(
            name: "max_tokens", kind: .number, summary: "the most tokens that the answer may have"),
        RequestParameter(
            name: "max_completion_tokens", kind: .number,
            summary: "the same with the tokens of reasoning, for newer models"),
        RequestParameter(
            name: "reasoning_effort", kind: .word(["none", "minimal", "low", "medium", "high", "xhigh", "max"]),
            summary: "how long a reasoning model thinks"),
        RequestParameter(
            name: "verbosity", kind: .word(["low", "medium", "high"]), summary: "how wordy the answer is"),
        RequestParameter(
            name: "frequency_penalty", kind: .number, summary: "against words that came often, -2 to 2"),
        RequestParameter(name: "presence_penalty", kind: .number, summary: "against words that came, -2 to 2"),
        RequestParameter(name: "seed", kind: .number, summary: "makes answers repeatable, where the provider can"),
        RequestParameter(name: "stop", kind: .texts, summary: "ends the answer before this text"),
        RequestParameter(
            name: "response_format", kind: .json, summary: "text, or JSON",
            values: [
                (#"{"type":"text"}"#, "text"), (#"{"type":"json_object"}"#, "any JSON object"),
            ]),
        RequestParameter(
            name: "service_tier", kind: .word(["auto", "default", "flex", "scale", "priority", "fast"]),
            summary: "how the request is processed and billed"),
        RequestParameter(name: "logprobs", kind: .boolean, summary: "whether the tokens' probabilities are sent"),
        RequestParameter(name: "top_logprobs", kind: .number, summary: "of how many tokens at each place, 0 to 20"),
        RequestParameter(name: "store", kind: .boolean, summary: "whether the provider keeps the answer"),
        RequestParameter(
            name: "parallel_tool_calls", kind: .boolean, summary: "whether several tools may be called at once"),
        RequestParameter(name: "user", kind: .text, summary: "who asks, for the provider's statistics"),
    ]

    static func named(_ name: String) -> RequestParameter? { all.first { $0.name == name } }

    /// The name in the API of what somebody wrote: `max-tokens` and `--max-tokens` are `max_tokens`.
    static func name(written: String) -> String {
        let name = written.hasPrefix("--") ? String(written.dropFirst(2)) : written
        return String(String.UnicodeScalarView(name.unicodeScalars.map { $0 == "-" ? "_" : $0 }))
    }

    /// Reads the value of a parameter, known or not, and checks it by the API's rules.
    /// - Throws: `Complaint` for a value that can't be right.
    static func value(of name: String, written: String) throws(Complaint) -> JSONValue {
        let value = try parse(written, of: name)
        var request = CreateChatCompletionRequest(model: "", messages: [])
        // Only what is wrong with the value itself counts: what it needs may be set before it is sent.
        request.fields["logprobs"] = true
        request.fields["stream"] = true
        request.fields[name] = value
        let wrong = request.violations.first { violation in
            let parts = violation.path.split(whereSeparator: { ".[".contains($0) })
            return parts.first.map(String.init) == name
        }
        if let wrong { throw mistake("\(wrong.path) \(wrong.reason).") }
        return value
    }

    private static func parse(_ text: String, of name: String) throws(Complaint) -> JSONValue {
        let json = try? JSONValue(parsing: Array(text.utf8))
        switch named(name)?.kind {
        case .number?:
            guard case .number? = json else { throw mistake("\(name) is a number, not \(text).") }
        case .boolean?:
            switch text.lowercased() {
            case "on", "yes": return true
            case "off", "no": return false
            default: guard case .bool? = json else { throw mistake("\(name) is true or false, not \(text).") }
            }
        case .word?, .text?:
            if case .string? = json { break }
            return .string(text)
        case .texts?:
            if case .string? = json { break }
            if case .array? = json { break }
            return .string(text)
        case .json?, nil: break
        }
        if let json { return json }
        do {
            return try JSONValue(parsing: Array(text.utf8))
        } catch {
            throw mistake("/set \(name): \(error.reason). (Text is JSON in double quotes.)")
        }
    }

    private static func mistake(_ what: String) -> Complaint { Complaint(what, status: .usage, code: "usage") }
}

extension RequestParameter {
    /// The values that Tab offers.
    var offers: [CompletionOffer] {
        switch kind {
        case .boolean: ["true", "false"].map { CompletionOffer($0) }
        case .word(let words): words.map { CompletionOffer($0) }
        case .number, .text, .texts, .json: values.map { CompletionOffer($0.value, description: $0.description) }
        }
    }
}
