/// A JSON number, kept as it was spelled.
///
/// `1e400`, a 20-digit integer and `0.10` all survive being read and written again; what they mean to Swift is asked when it
/// matters. Two numbers are equal when they are spelled alike.
public struct JSONNumber: Hashable, Sendable {
    /// The number as it stands in the JSON text.
    public let text: String

    /// A whole number.
    public init(_ value: Int) { text = String(value) }

    /// A floating-point number; nil for infinities and NaN, which JSON doesn't have.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        let whole = value.rounded(.towardZero)
        text = whole == value && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }

    /// The spelling that the parser has checked against the grammar.
    init(unchecked text: String) { self.text = text }

    /// The value, if it is whole and fits; `3`, `3.0` and `3e0` all are.
    public var intValue: Int? {
        Int(text) ?? doubleValue.flatMap { Int(exactly: $0) }
    }

    /// The nearest `Double`; nil when the number is too large for one.
    public var doubleValue: Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }
}
