/// What the specification says of a JSON value.
indirect enum ValueRule: Sendable {
    /// A string, of at most so many Unicode scalars.
    case string(atMost: Int? = nil)
    /// A name of a function or format: 1 to 64 of A–Z, a–z, 0–9, `_` and `-`.
    case name
    case boolean
    /// A whole number, of any size if there is no range.
    case integer(ClosedRange<Int>? = nil)
    case number(ClosedRange<Double>)
    case array(of: ValueRule, count: CountRule = CountRule())
    /// An object with keys of the caller's choosing.
    case map(of: ValueRule, count: CountRule = CountRule(), keysAtMost: Int? = nil)
    case object([FieldRule])
    /// An object whose other fields depend on the text of one; where that text is unknown, nothing is said of them.
    case variants(by: FieldRule, [String: [FieldRule]])
    /// The rule that fits the kind of value.
    case either(ValueRule, ValueRule)

    /// Some object, whatever is in it.
    static let anyObject = ValueRule.object([])

    /// The kinds of JSON value that the rule is for.
    var kinds: [String] {
        switch self {
        case .string, .name: ["string"]
        case .boolean: ["boolean"]
        case .integer, .number: ["number"]
        case .array: ["array"]
        case .map, .object, .variants: ["object"]
        case .either(let first, let second): first.kinds + second.kinds
        }
    }
}

/// What the specification says of one field of an object.
struct FieldRule: Sendable {
    enum Presence: Sendable {
        case optional
        case required
        /// It must be there, and may be null.
        case requiredOrNull
    }

    let key: String
    let rule: ValueRule
    let presence: Presence

    static func optional(_ key: String, _ rule: ValueRule) -> Self { Self(key: key, rule: rule, presence: .optional) }
    static func required(_ key: String, _ rule: ValueRule) -> Self { Self(key: key, rule: rule, presence: .required) }
    static func requiredOrNull(_ key: String, _ rule: ValueRule) -> Self {
        Self(key: key, rule: rule, presence: .requiredOrNull)
    }
}

/// How many elements there may be.
struct CountRule: Sendable {
    var atLeast = 0
    var atMost: Int?

    /// The rule in words, if the count breaks it: "must have 1 to 4 elements".
    func broken(by count: Int, of noun: String) -> String? {
        guard count < atLeast || count > atMost ?? .max else { return nil }
        guard let atMost else { return "must have at least \(atLeast) \(noun)\(atLeast == 1 ? "" : "s")" }
        return "must have \(atLeast == 0 ? "at most" : "\(atLeast) to") \(atMost) \(noun)s"
    }
}
