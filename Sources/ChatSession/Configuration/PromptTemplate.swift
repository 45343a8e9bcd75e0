/// A prompt as it is written in `config.json`: text with `{model}`, `{provider}`, `{title}` and `{turn}`, and with colours.
///
/// `{green}` sets a colour or an attribute until `{/}`; a brace that is meant as one is doubled.
public struct PromptTemplate: Hashable, Sendable {
    /// What is put in.
    public enum Placeholder: String, Hashable, Sendable, CaseIterable {
        case model, provider, title, turn
    }

    /// How what follows looks, until the next ``Part/reset``; several add up.
    public enum Look: String, Hashable, Sendable, CaseIterable {
        case bold, dim, italic, underlined
        case black, red, green, yellow, blue, magenta, cyan, white
    }

    /// A part of a template.
    public enum Part: Hashable, Sendable {
        case text(String)
        case placeholder(Placeholder)
        case look(Look)
        /// The terminal's own look from here on.
        case reset
    }

    /// The parts in their order.
    public let parts: [Part]

    /// Whether the template says anything about looks itself.
    public var hasLooks: Bool {
        parts.contains {
            switch $0 {
            case .look, .reset: true
            case .text, .placeholder: false
            }
        }
    }

    /// What is wrong with a template.
    struct Mistake: Error {
        /// A clause for ``ConfigurationError/Problem/invalidValue(_:)``.
        let reason: String
    }

    /// Reads a template.
    init(_ text: String) throws(Mistake) {
        guard text.unicodeScalars.count <= 200 else { throw Mistake(reason: "it is longer than 200 characters") }
        var parts: [Part] = []
        var plain = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\n" || scalar == "\r" { throw Mistake(reason: "it must be one line") }
            guard scalar == "{" || scalar == "}" else {
                plain.append(scalar)
                continue
            }
            if rest.first == scalar {
                plain.append(rest.removeFirst())
                continue
            }
            guard scalar == "{", let end = rest.firstIndex(of: "}") else {
                throw Mistake(reason: "a \(scalar) stands alone; a brace that is meant as one is doubled")
            }
            if !plain.isEmpty { parts.append(.text(String(plain))) }
            plain = String.UnicodeScalarView()
            parts.append(try Self.part(String(rest[..<end])))
            rest = rest[rest.index(after: end)...]
        }
        if !plain.isEmpty { parts.append(.text(String(plain))) }
        self.parts = parts
    }

    private static func part(_ name: String) throws(Mistake) -> Part {
        if name == "/" { return .reset }
        if let placeholder = Placeholder(rawValue: name) { return .placeholder(placeholder) }
        if let look = Look(rawValue: name) { return .look(look) }
        let names = Placeholder.allCases.map(\.rawValue) + Look.allCases.map(\.rawValue)
        let hint = Spelling.nearest(to: name, among: names).map { "; did you mean {\($0)}?" }
        throw Mistake(
            reason: "there is no {\(name)}\(hint ?? "; there are {model}, {provider}, {title}, {turn}, and colours")")
    }
}

extension ConfigurationNode {
    /// A prompt with its placeholders.
    func promptTemplate() throws(ConfigurationError) -> PromptTemplate {
        do { return try PromptTemplate(try string()) } catch let mistake as PromptTemplate.Mistake {
            throw error(.invalidValue(mistake.reason))
        } catch let error as ConfigurationError {
            throw error
        } catch {
            // There are no other errors.
            throw self.error(.invalidValue("it can't be read"))
        }
    }
}
