/// Finds what in a request the specification forbids.
///
/// Values are looked at where they are, and a path is only put into words for a violation, so a long conversation costs little.
struct RequestValidator {
    private(set) var violations: [RequestViolation] = []
    private var path: [Step] = []

    /// A step from a value to one inside it.
    enum Step {
        case field(String)
        case element(Int)
        /// Of an object with keys of the caller's choosing.
        case entry(String)
    }

    mutating func check(_ request: CreateChatCompletionRequest) {
        check(request.fields, FieldRule.request)
        checkProse(request)
    }

    /// Checks the fields of an object.
    private mutating func check(_ object: JSONObject, _ rules: [FieldRule]) {
        for rule in rules {
            let value = object[rule.key]
            within(.field(rule.key)) { validator in
                switch (value, rule.presence) {
                case (nil, .optional), (.null?, .optional), (.null?, .requiredOrNull): break
                case (nil, _): validator.report("is required")
                case (.null?, .required): validator.report("is required, and is null")
                case (let value?, _): validator.check(value, rule.rule)
                }
            }
        }
    }

    private mutating func check(_ value: JSONValue, _ rule: ValueRule) {
        switch (rule, value) {
        case (.string(let limit), .string(let text)):
            if let limit { checkLength(of: text, atMost: limit) }
        case (.name, .string(let text)): checkName(text)
        case (.boolean, .bool): break
        case (.integer(let range), .number(let number)): check(number, isWholeIn: range)
        case (.number(let range), .number(let number)):
            guard number.doubleValue.map(range.contains) != true else { break }
            report(mustBe: range.lowerBound.json, range.upperBound.json, is: number)
        case (.array(let rule, let count), .array(let elements)):
            check(elements.count, count, of: "element")
            for (index, element) in elements.enumerated() { within(.element(index)) { $0.check(element, rule) } }
        case (.map(let rule, let count, let limit), .object(let entries)):
            check(entries.count, count, of: "pair")
            for (key, element) in entries {
                within(.entry(key)) { validator in
                    if let limit { validator.checkLength(of: key, atMost: limit, whose: "key") }
                    validator.check(element, rule)
                }
            }
        case (.object(let rules), .object(let fields)): check(fields, rules)
        case (.variants(let tag, let variants), .object(let fields)):
            check(fields, [tag])
            if let name = fields[tag.key]?.stringValue, let rules = variants[name] { check(fields, rules) }
        case (.either(let first, let second), _) where rule.kinds.contains(value.kind):
            check(value, first.kinds.contains(value.kind) ? first : second)
        default:
            let kinds = rule.kinds.map { ["array", "object"].contains($0) ? "an \($0)" : "a \($0)" }
            report("must be \(kinds.joined(separator: " or ")), and is \(article(of: value))\(value.kind)")
        }
    }

    // MARK: Single values

    private mutating func check(_ number: JSONNumber, isWholeIn range: ClosedRange<Int>?) {
        let isPlain = number.text.utf8.allSatisfy {
            $0 == UInt8(ascii: "-") || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
        }
        // What is too large for `Int` must not be rounded into the range by way of `Double`.
        let value = isPlain ? Int(number.text) : number.intValue
        guard isPlain || value != nil || number.doubleValue.map({ $0 == $0.rounded() }) == true else {
            report("must be a whole number, and is \(shortened(number.text))")
            return
        }
        guard let range, value.map(range.contains) != true else { return }
        report(mustBe: range.lowerBound.json, range.upperBound.json, is: number)
    }

    private mutating func check(_ count: Int, _ rule: CountRule, of noun: String) {
        guard let reason = rule.broken(by: count, of: noun) else { return }
        report("\(reason), and has \(count)")
    }

    private mutating func checkLength(of text: String, atMost limit: Int, whose: String? = nil) {
        // Most texts need not be counted: there are never more scalars than bytes.
        guard text.utf8.count > limit else { return }
        let count = text.unicodeScalars.count
        guard count > limit else { return }
        report("must have \(whose.map { "a \($0) of " } ?? "")at most \(limit) characters, and has \(count)")
    }

    private mutating func checkName(_ name: String) {
        if name.isEmpty { report("must not be empty") }
        checkLength(of: name, atMost: 64)
        let odd = name.unicodeScalars.first { scalar in
            !(scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil))
                && scalar != "_" && scalar != "-"
        }
        guard let odd else { return }
        let digits = String(odd.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
        report("must be made of A to Z, a to z, 0 to 9, _ and -, and has \(code)")
    }

    // MARK: Reports

    /// Does something one step further down.
    mutating func within(_ step: Step, _ body: (inout RequestValidator) -> Void) {
        path.append(step)
        body(&self)
        path.removeLast()
    }

    /// Notes a violation here.
    mutating func report(_ reason: String) {
        var text = ""
        for step in path {
            switch step {
            case .field(let key): text += text.isEmpty ? key : ".\(key)"
            case .element(let index): text += "[\(index)]"
            case .entry(let key):
                text += "[\(String(decoding: JSONValue.string(shortened(key)).serialized(), as: UTF8.self))]"
            }
        }
        violations.append(RequestViolation(path: text, reason: reason))
    }

    private mutating func report(mustBe low: JSONValue, _ high: JSONValue, is number: JSONNumber) {
        let limits = [low, high].map { String(decoding: $0.serialized(), as: UTF8.self) }
        report("must be from \(limits[0]) to \(limits[1]), and is \(shortened(number.text))")
    }

    /// Keys and numbers may be of any length; a message needn't be.
    private func shortened(_ text: String) -> String {
        guard text.unicodeScalars.count > 64 else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(64))) + "…"
    }

    private func article(of value: JSONValue) -> String {
        switch value {
        case .null: ""
        case .array, .object: "an "
        default: "a "
        }
    }
}
