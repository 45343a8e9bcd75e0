import TextSearch

/// A session that has what was searched for.
package struct SessionHit: Hashable, Sendable {
    /// How well it fits; the better is the smaller.
    package enum Fit: Int, Hashable, Sendable, Comparable {
        /// The title has everything.
        case title
        /// One message has everything.
        case message
        /// Everything is there, but not in one place.
        case apart

        package static func < (left: Fit, right: Fit) -> Bool { left.rawValue < right.rawValue }
    }

    /// The session.
    package let session: SessionSummary
    package let fit: Fit
    /// The places that have most of what was searched for, in the order of the conversation, branches last; at most
    /// ``maximumMatches``.
    package let matches: [SearchMatch]
    /// How many such places there are.
    package let matchCount: Int

    package static let maximumMatches = 5
}

/// A place in a session where something was found.
package struct SearchMatch: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
        case title
        case system
        /// What the user or the model said in a turn, counted from 1.
        case turn(Int)
    }

    package let place: Place
    /// The branch that has it; nil for the conversation.
    package let branch: Branch.ID?
    package let snippet: SearchSnippet
}

/// A piece of a text with what was found in it, on one line.
package struct SearchSnippet: Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package let text: String
        /// Whether it is what was searched for.
        package let isMatch: Bool
    }

    /// Together, the text; not sanitised.
    package let parts: [Part]
    /// Whether the text begins before it.
    package let isCutBefore: Bool
    /// Whether the text goes on behind it.
    package let isCutBehind: Bool

    private static let bytesBefore = 40
    private static let bytesBehind = 160

    /// What is around the first of some ranges of a text.
    /// - Parameters:
    ///   - text: The text in UTF-8.
    ///   - ranges: What was found in it.
    init(of text: [UInt8], around ranges: [Range<Int>]) {
        let ranges = Self.merged(ranges)
        let first = ranges.first ?? 0..<0
        let start = Self.boundary(in: text, at: max(first.lowerBound - Self.bytesBefore, 0), forward: true)
        // What was found may be a long phrase with a line break in each gap.
        let end = Self.boundary(
            in: text, at: min(first.lowerBound + Self.bytesBehind, text.count), forward: false)
        var parts: [Part] = []
        var place = start
        for range in ranges where range.lowerBound < end {
            let upper = min(range.upperBound, end)
            if place < range.lowerBound { parts.append(Self.part(text[place..<range.lowerBound], isMatch: false)) }
            if range.lowerBound < upper { parts.append(Self.part(text[range.lowerBound..<upper], isMatch: true)) }
            place = max(place, upper)
        }
        if place < end { parts.append(Self.part(text[place..<end], isMatch: false)) }
        self.parts = parts
        isCutBefore = start > 0
        isCutBehind = end < text.count
    }

    /// One line, each run of blanks and line breaks as one blank.
    private static func part(_ bytes: ArraySlice<UInt8>, isMatch: Bool) -> Part {
        var line: [UInt8] = []
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            while index < bytes.count {
                let blank = ByteSearch.blankLength(in: bytes, at: index)
                if blank == 0 { line.append(bytes[index]) } else if line.last != 0x20 { line.append(0x20) }
                index += max(blank, 1)
            }
        }
        return Part(text: String(decoding: line, as: UTF8.self), isMatch: isMatch)
    }

    private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
            if let last = merged.last, range.lowerBound < last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
    }

    /// A place near an index where a word begins or ends, or at least a scalar.
    private static func boundary(in text: [UInt8], at index: Int, forward: Bool) -> Int {
        if index == 0 || index == text.count { return index }
        for distance in 0..<16 {
            let place = forward ? index + distance : index - distance
            guard place > 0, place < text.count else { break }
            if [0x20, 0x09, 0x0A, 0x0D].contains(text[forward ? place - 1 : place]) { return place }
        }
        var place = index
        while place > 0, place < text.count, text[place] & 0xC0 == 0x80 { place += forward ? 1 : -1 }
        return place
    }
}
