/// The large pastes of an entry, each of which stands in it as one scalar.
///
/// So they are one thing to move over and to delete for every command of libedit, and a key costs nothing more than in a short
/// entry, as libedit's work grows with the length of the line.
struct FoldedPastes: Hashable, Sendable {
    /// The scalars that stand for pastes: the end of the last private use plane, where no font has its symbols.
    static let placeholders: ClosedRange<UInt32> = 0x10FF00...0x10FFFD

    /// A paste of more lines is folded.
    static let maximumLines = 20
    /// A paste of more scalars is folded.
    static let maximumScalars = 2000

    private var pastes: [[Unicode.Scalar]] = []
    private var lineCounts: [Int] = []

    /// What is inserted for a paste: itself, or the scalar that stands for it.
    mutating func fold(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let lines = text.reduce(1) { $0 + ($1 == "\n" ? 1 : 0) }
        guard lines > FoldedPastes.maximumLines || text.count > FoldedPastes.maximumScalars,
            pastes.count < FoldedPastes.placeholders.count,
            let scalar = Unicode.Scalar(FoldedPastes.placeholders.lowerBound + UInt32(pastes.count))
        else { return text }
        pastes.append(text)
        lineCounts.append(lines)
        return [scalar]
    }

    private func index(of scalar: Unicode.Scalar) -> Int? {
        guard scalar.value >= FoldedPastes.placeholders.lowerBound else { return nil }
        let index = Int(scalar.value - FoldedPastes.placeholders.lowerBound)
        return index < pastes.count ? index : nil
    }

    /// How a paste is shown; nil for a scalar that stands for none.
    func label(of scalar: Unicode.Scalar) -> String? {
        index(of: scalar).map {
            lineCounts[$0] > 1 ? "[pasted \(lineCounts[$0]) lines]" : "[pasted \(pastes[$0].count) characters]"
        }
    }

    /// The text with every paste in full.
    func unfolded(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        if pastes.isEmpty { return scalars }
        return scalars.flatMap { scalar in index(of: scalar).map { pastes[$0] } ?? [scalar] }
    }
}
