/// Finds what somebody probably meant to write.
public enum Spelling {
    private static let longest = 64

    /// The candidate that is nearest to a word, if one is near enough to be meant.
    public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
        // Nobody misspells a word this long, and the work grows with the product of the lengths.
        guard word.utf8.count <= longest else { return nil }
        // A word of one letter is near to every other.
        let allowed = word.count <= 1 ? 0 : max(1, word.count / 3)
        return candidates.lazy
            .filter { $0.utf8.count <= longest }
            .map { (candidate: $0, distance: distance(Array(word.lowercased()), Array($0.lowercased()))) }
            .filter { $0.distance <= allowed }
            .min { $0.distance < $1.distance }?.candidate
    }

    /// How many characters must be added, dropped, changed or swapped with their neighbour (optimal string alignment).
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
        var rows = [Array(0...right.count)]
        for i in 1...left.count {
            var row = [i]
            for j in 1...right.count {
                let change = left[i - 1] == right[j - 1] ? 0 : 1
                var best = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + change)
                if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                    best = min(best, rows[i - 2][j - 2] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
