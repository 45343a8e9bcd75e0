import ChatApi

/// What models cost: `prices` and `currency` of `config.json`.
public struct Prices: Hashable, Sendable {
    /// What stands before an amount.
    public var currency = "$"
    /// The prices by `model` or `provider/model`.
    public var models: [String: Price] = [:]

    /// No prices.
    public init() {}

    /// What a million tokens of a model cost.
    public struct Price: Hashable, Sendable {
        /// Of what is sent.
        public var input: Amount
        /// Of the answer, reasoning included.
        public var output: Amount
        /// Of what is sent and was in the provider's cache.
        public var cachedInput: Amount

        /// What an answer cost that took so many tokens.
        func cost(of tokens: TokenCounts) -> Amount {
            let uncached = tokens.input - tokens.cachedInput
            let parts = [(input, uncached), (cachedInput, tokens.cachedInput), (output, tokens.output)]
            return Amount(units: parts.reduce(0) { $0 + $1.0.units / Amount.tokens * Int128($1.1) })
        }
    }

    /// Money, exact: a whole number of millionths of a millionth.
    public struct Amount: Hashable, Sendable {
        fileprivate let units: Int128

        /// Nothing.
        public static let zero = Amount(units: 0)

        fileprivate init(units: Int128) { self.units = units }

        fileprivate static let one: Int128 = 1_000_000_000_000
        fileprivate static let tokens: Int128 = 1_000_000

        /// The sum.
        public static func + (left: Amount, right: Amount) -> Amount { Amount(units: left.units + right.units) }

        /// Reads a decimal number as JSON spells it; nil if it is negative, above a million, or finer than a millionth.
        init?(decimal text: String) {
            let parts = text.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false).flatMap {
                $0.split(separator: "E", maxSplits: 1, omittingEmptySubsequences: false)
            }
            let number = (parts.first ?? "").split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            guard let exponent = parts.count > 1 ? Int(parts[1]) : 0, abs(exponent) <= 100, text.utf8.count <= 100,
                let whole = number.first, whole.first != "-"
            else { return nil }
            var digits = whole + (number.count > 1 ? number[1] : "")
            var places = (number.count > 1 ? number[1].utf8.count : 0) - exponent
            while places > 6, digits.last == "0" {
                digits.removeLast()
                places -= 1
            }
            digits = digits.drop { $0 == "0" }
            if digits.isEmpty { places = 0 }
            guard places <= 6, digits.utf8.count <= 13 + max(places, 0), digits.utf8.count <= 19,
                var value = digits.isEmpty ? 0 : Int128(digits)
            else { return nil }
            while places < 12 {
                value *= 10
                places += 1
                guard value <= Self.tokens * Self.one else { return nil }
            }
            units = value
        }
    }

    init(_ node: ConfigurationNode) throws(ConfigurationError) {
        for (name, price) in try node.fields() {
            try price.checkKeys(["input", "output", "cachedInput"])
            guard let input = price["input"], let output = price["output"] else {
                throw price.error(
                    .invalidValue("it needs \"input\" and \"output\", each the price of a million tokens"))
            }
            models[name] = Price(
                input: try input.amount(), output: try output.amount(),
                cachedInput: try (price["cachedInput"] ?? input).amount())
        }
    }

    // MARK: What it comes to

    /// What an answer cost; nil if nothing says, or its tokens weren't counted.
    ///
    /// The model is found by the name that the server gave, without the date at its end, or by the one that it is asked for.
    public func cost(of record: TurnRecord, in session: Session) -> Amount? {
        guard !models.isEmpty, let usage = record.usage else { return nil }
        var names: [String] = []
        if let answered = record.model { names += [answered, Self.withoutDate(answered)] }
        // Other answers may be other models'.
        if record.model == session.turns.last?.model, let asked = session.model { names.append(asked) }
        let provider = session.provider ?? ""
        let price = names.lazy.compactMap { models["\(provider)/\($0)"] ?? models[$0] }.first
        return price?.cost(of: TokenCounts(usage))
    }

    /// The name of a model without the date of its version: `-2025-08-07`, `-20250807`, `-0613`.
    private static func withoutDate(_ name: String) -> String {
        let words = name.split(separator: "-", omittingEmptySubsequences: false)
        for lengths in [[4, 2, 2], [8], [4]] where words.count > lengths.count {
            let date = words.suffix(lengths.count)
            let isDate = zip(date, lengths).allSatisfy { word, length in
                word.utf8.count == length && word.utf8.allSatisfy { (0x30...0x39).contains($0) }
            }
            if isDate { return words.dropLast(lengths.count).joined(separator: "-") }
        }
        return name
    }

    /// An amount to a hundredth of a cent.
    public func text(of amount: Amount) -> String {
        let step = Amount.one / 10_000
        let rounded = (amount.units + step / 2) / step
        if rounded == 0, amount.units > 0 { return "<\(currency)0.0001" }
        let fraction = String(Int(rounded % 10_000))
        return "\(currency)\(rounded / 10_000)." + String(repeating: "0", count: 4 - fraction.utf8.count) + fraction
    }
}

extension ConfigurationNode {
    /// The price of a million tokens.
    fileprivate func amount() throws(ConfigurationError) -> Prices.Amount {
        guard case .number(let number) = value else { throw error(.wrongKind(expected: "number", found: value.kind)) }
        guard let amount = Prices.Amount(decimal: number.text) else {
            throw error(.invalidValue("it must be from 0 to 1000000, with at most six digits behind the point"))
        }
        return amount
    }

    /// The sign of a currency.
    func currency() throws(ConfigurationError) -> String {
        let sign = try string()
        let isSign = sign.unicodeScalars.allSatisfy { scalar in
            scalar == " " || scalar.properties.isAlphabetic || scalar.properties.generalCategory == .currencySymbol
        }
        guard isSign, (1...8).contains(sign.unicodeScalars.count) else {
            throw error(.invalidValue("it must be a sign or a short name, such as \"€\" or \"EUR \""))
        }
        return sign
    }
}
