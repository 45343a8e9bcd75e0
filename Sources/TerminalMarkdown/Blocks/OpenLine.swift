/// A line that has arrived in part, as it is shown until the rest comes.
///
/// By the letter, `**` that isn't closed yet is two stars. Shown so, most of what a model emphasises would first appear with its
/// marks, and jump when the last one arrives. So the line is completed by a guess at what it will be:
///
/// - emphasis, strikethrough, code and formulas (`\(`) that are open at its end are closed there, as is a link's target;
/// - marks at its very end, which have nothing behind them yet, are left out.
///
/// Where the guess was wrong, the marks appear with the line break.
enum OpenLine {
    /// The line, completed; nil if nothing of it is to be shown yet.
    static func completed(_ line: String) -> String? {
        let bytes = Array(line.utf8)
        let start = endOfMarkers(bytes)
        var end = bytes.count
        while end > start, bytes[end - 1] == .space || bytes[end - 1] == .tab { end -= 1 }
        if mayBecomeMarker(bytes[start..<end], isItem: start > 0) { return nil }
        let content = line.utf8.dropFirst(start)
        if LineShape.fence(content, 0) != nil || FormulaBlock(content, 0) != nil { return line }
        var completion = Completion(bytes: bytes, index: start, end: end)
        completion.run()
        return String(decoding: completion.bytes[..<completion.end] + completion.closing, as: UTF8.self)
    }

    /// The end of white space, quotes' and lists' markers at the start.
    private static func endOfMarkers(_ line: [UInt8]) -> Int {
        var end = 0
        while end < line.count {
            let rest = line[end...]
            guard let byte = rest.first else { break }
            if byte == .space || byte == .tab || byte == UInt8(ascii: ">") {
                end += 1
                continue
            }
            let digits = rest.prefix { $0.isASCIIDigit }.count
            let marker = rest.dropFirst(digits)
            guard let delimiter = marker.first, (digits == 0 ? "-*+" : ".)").utf8.contains(delimiter),
                let blank = marker.dropFirst().first, blank == .space || blank == .tab
            else { break }
            end += digits + 1
        }
        return end
    }

    /// Whether a line's text may still become the marker of a block, or nothing but its markers are there.
    private static func mayBecomeMarker(_ text: ArraySlice<UInt8>, isItem: Bool) -> Bool {
        if text.allSatisfy({ "-=*_+#`~|:> \t".utf8.contains($0) }) { return true }
        switch String(decoding: text.prefix(4), as: UTF8.self) {
        case "$", "\\": return true
        case "[", "[x", "[X", "[ ]", "[x]", "[X]": return isItem
        default: break
        }
        let rest = text.drop { $0.isASCIIDigit }
        return rest.isEmpty || rest.count == 1 && rest.count < text.count && ".)".utf8.contains(rest[rest.startIndex])
    }

    /// Finds what is open at the end.
    private struct Completion {
        let bytes: [UInt8]
        var index: Int
        var end: Int
        var closing: [UInt8] = []
        /// The marks that are open: a character, how many of it, and where they end.
        private var open: [(character: UInt8, count: Int, end: Int)] = []

        init(bytes: [UInt8], index: Int, end: Int) {
            (self.bytes, self.index, self.end) = (bytes, index, end)
        }

        mutating func run() {
            while index < end {
                switch bytes[index] {
                case UInt8(ascii: "\\"): passEscape()
                case UInt8(ascii: "`"): passCode()
                case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): passMarks()
                case UInt8(ascii: "]"): passTarget()
                default: index += 1
                }
            }
            trimEnd()
            while let marks = open.last, marks.end == end {
                open.removeLast()
                end -= marks.count
                trimEnd()
            }
            for marks in open.reversed() {
                closing += Array(repeating: marks.character, count: marks.count)
            }
        }

        private mutating func trimEnd() {
            while end > 0, bytes[end - 1] == .space || bytes[end - 1] == .tab { end -= 1 }
        }

        private mutating func passEscape() {
            guard index + 1 < end else {
                end = index
                return
            }
            let start = index
            let opening = bytes[index + 1]
            index += 2
            guard opening == UInt8(ascii: "(") || opening == UInt8(ascii: "[") else { return }
            let close = opening + (opening == UInt8(ascii: "(") ? 1 : 2)
            var search = index
            while search + 1 < end {
                if bytes[search] == UInt8(ascii: "\\"), bytes[search + 1] == close {
                    index = search + 2
                    return
                }
                search += bytes[search] == UInt8(ascii: "\\") ? 2 : 1
            }
            if search < end, bytes[search] == UInt8(ascii: "\\") { end = search }
            if end == index {
                end = start
            } else {
                closing = [UInt8(ascii: "\\"), close]
            }
            index = end
        }

        private mutating func passCode() {
            let length = count(of: UInt8(ascii: "`"), at: index)
            var search = index + length
            while search < end {
                let found = count(of: UInt8(ascii: "`"), at: search)
                if found == length {
                    index = search + found
                    return
                }
                if found > 0, found < length, search + found == end { end = search }
                search += max(found, 1)
            }
            if index + length >= end {
                end = index
            } else {
                closing = Array(repeating: UInt8(ascii: "`"), count: length)
            }
            index = end
        }

        private mutating func passMarks() {
            let character = bytes[index]
            var length = count(of: character, at: index)
            let before: UInt8? = index > 0 ? bytes[index - 1] : nil
            let after: UInt8? = index + length < end ? bytes[index + length] : nil
            let start = index
            index += length
            if character == UInt8(ascii: "~"), length != 2, after != nil { return }
            if let before, before != .space, before != .tab {
                if after == nil, let last = open.last, last.character == character, length < last.count {
                    end = start
                    return
                }
                while length > 0, let last = open.last, last.character == character {
                    let closed = min(length, last.count)
                    length -= closed
                    open[open.count - 1].count -= closed
                    if open[open.count - 1].count == 0 { open.removeLast() }
                }
            }
            guard length > 0 else { return }
            if after == nil {
                end -= length
            } else if after != .space, after != .tab, !(before.map { $0.isASCIILetter || $0.isASCIIDigit } ?? false) {
                open.append((character, length, index))
            }
        }

        /// A link's target that isn't complete is closed; its title, and what may become one, are left out.
        private mutating func passTarget() {
            index += 1
            guard index < end, bytes[index] == UInt8(ascii: "(") else { return }
            var depth = 0
            var gap: Int?
            for search in index..<end {
                switch bytes[search] {
                case UInt8(ascii: "("): depth += 1
                case UInt8(ascii: ")"):
                    depth -= 1
                    if depth == 0 {
                        index = search + 1
                        return
                    }
                case .space where gap == nil && search > index + 1: gap = search
                default: break
                }
            }
            end = gap ?? end
            closing = Array(repeating: UInt8(ascii: ")"), count: depth)
            index = end
        }

        private func count(of byte: UInt8, at start: Int) -> Int {
            var stop = start
            while stop < end, bytes[stop] == byte { stop += 1 }
            return stop - start
        }
    }
}
