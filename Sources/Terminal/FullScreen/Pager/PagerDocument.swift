/// What a ``Pager`` shows: a text in numbered parts, each of which is laid out only when it is seen.
package protocol PagerDocument: Sendable {
    /// What a part is called, as in "turn 3 of 12".
    var partName: String { get }
    /// How many parts there are; at least one.
    var partCount: Int { get }
    /// The number that people know the first part by.
    var firstNumber: Int { get }

    /// About how much text a part has, in bytes: how far on it is goes by that.
    func size(ofPart part: Int) -> Int
    /// Lays a part out; an empty line at its end keeps the next one apart.
    func lines(ofPart part: Int, columns: Int) -> [StyledLine]
    /// Whether a search may find something in a part. One that it surely can't isn't laid out to look.
    func mayHold(_ search: FoldedText, inPart part: Int) -> Bool
}
