/// The large pastes of an entry, each of which stands in it as one scalar.
///
/// So they are one thing to move over and to delete for every command of libedit, and a key costs nothing more than in a short
/// entry, as libedit's work grows with the length of the line.
///
/// They outlive the entry that they were pasted into, for as long as there is room: what was killed in one entry may be yanked in
/// the next.
struct FoldedPastes: Hashable, Sendable {
    /// The scalars that stand for pastes: the end of the last private use plane, where no font has its symbols.
    static let placeholders: ClosedRange<UInt32> = 0x10F000...0x10FFFD

    /// A paste of more lines is folded.
    static let maximumLines = 20
    /// A paste of more scalars is folded.
    static let maximumScalars = 2000
    /// How many pastes an entry may have.
    static let maximumCount = 250
    /// How many scalars all pastes of an entry may have.
    static let maximumTotal = 16 << 20

    private struct Paste: Hashable {
        var text: [Unicode.Scalar]
        var lines: Int
    }

    private var pastes: [Paste] = []
    /// The number of the first of them; they are counted on from entry to entry, so that a scalar stands for another one only
    /// after thousands.
    private var first = 0
    private var total = 0

    /// What is inserted for a text: itself, or the scalar that stands for it; nil if there is no room for it.
    ///
    /// - Parameters:
    ///   - text: What was pasted or recalled.
    ///   - maximumLines: How many lines stay as they are.
    ///   - maximumScalars: How many scalars stay as they are.
    /// - Returns: What to put into the entry. A text that itself holds a scalar that stands for pastes or keys is always folded.
    mutating func fold(
        _ text: [Unicode.Scalar], maximumLines: Int = Self.maximumLines, maximumScalars: Int = Self.maximumScalars
    ) -> [Unicode.Scalar]? {
        let lines = text.reduce(1) { $0 + ($1 == "\n" ? 1 : 0) }
        guard lines > maximumLines || text.count > maximumScalars || text.contains(where: Self.isTaken) else {
            return text
        }
        if let known = pastes.firstIndex(where: { $0.text == text }) { return [placeholder(at: known)] }
        guard pastes.count < Self.maximumCount, total + text.count <= Self.maximumTotal else { return nil }
        pastes.append(Paste(text: text, lines: lines))
        total += text.count
        return [placeholder(at: pastes.count - 1)]
    }

    /// Forgets the oldest pastes, so that there is room for those of another entry.
    mutating func endEntry() {
        while pastes.count > Self.maximumCount / 2 || total > Self.maximumTotal / 4 {
            total -= pastes.removeFirst().text.count
            first += 1
        }
    }

    /// Whether a scalar means something in an entry, so that as text it must be in a fold.
    static func isTaken(_ scalar: Unicode.Scalar) -> Bool {
        isPlaceholder(scalar) || KeyCode.scalars.contains(scalar)
    }

    static func isPlaceholder(_ scalar: Unicode.Scalar) -> Bool { placeholders.contains(scalar.value) }

    private func placeholder(at index: Int) -> Unicode.Scalar {
        let offset = (first + index) % Self.placeholders.count
        return Unicode.Scalar(Self.placeholders.lowerBound + UInt32(offset)) ?? "\u{FFFD}"
    }

    private func paste(_ scalar: Unicode.Scalar) -> Paste? {
        guard Self.isPlaceholder(scalar) else { return nil }
        let count = Self.placeholders.count
        let index = (Int(scalar.value - Self.placeholders.lowerBound) + count - first % count) % count
        return index < pastes.count ? pastes[index] : nil
    }

    /// How a paste is shown; nil for a scalar that stands for none.
    func label(of scalar: Unicode.Scalar) -> String? {
        guard Self.isPlaceholder(scalar) else { return nil }
        guard let paste = paste(scalar) else { return "[pasted text that is gone]" }
        return paste.lines > 1 ? "[pasted \(paste.lines) lines]" : "[pasted \(paste.text.count) characters]"
    }

    /// The text with every paste in full.
    func unfolded(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard scalars.contains(where: Self.isPlaceholder) else { return scalars }
        var text: [Unicode.Scalar] = []
        for scalar in scalars {
            if Self.isPlaceholder(scalar) { text += paste(scalar)?.text ?? [] } else { text.append(scalar) }
        }
        return text
    }
}
