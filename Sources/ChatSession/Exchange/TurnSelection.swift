package import ChatApi

/// Some turns of a conversation, counted from 1: `3`, `2-5`, `4-`.
package struct TurnSelection: Hashable, Sendable, CustomStringConvertible {
    /// The first turn.
    package let first: Int
    /// The last one; nil for that of the conversation.
    package let last: Int?

    /// What a person wrote; nil unless it is a selection.
    package init?(_ text: String) {
        let ends = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        func number(_ digits: Substring.UTF8View) -> Int? {
            // Ten digits and more are no turn of any conversation, and too many for an Int in the end.
            guard (1..<10).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return Int(Substring(digits))
        }
        guard (1...2).contains(ends.count), let first = number(ends[0]), first > 0 else { return nil }
        if ends.count == 1 {
            last = first
        } else if ends[1].isEmpty {
            last = nil
        } else {
            guard let number = number(ends[1]), number >= first else { return nil }
            last = number
        }
        self.first = first
    }

    /// As a person writes it.
    package var description: String { last == first ? "\(first)" : "\(first)-\(last.map(String.init) ?? "")" }

    /// Where the turns lie in a line of messages; nil if it hasn't all that are named.
    package func range(in messages: [ChatCompletionRequestMessage]) -> Range<Int>? {
        let turns = messages.exchanges
        let last = last ?? turns.count
        guard first <= last, last <= turns.count else { return nil }
        return turns[first - 1].lowerBound..<turns[last - 1].upperBound
    }
}
