/// The formulas in LaTeX within a block: `\( … \)`, `\[ … \]`, `$ … $`, `$$ … $$`.
///
/// They are shown as they were written. Markdown would take `_` and `*` in them for emphasis, and drop the backslash before a
/// bracket; so a character of a private plane stands for each of them while the parser is at work. Code wins: what stands between
/// backticks is no formula.
///
/// A dollar begins a formula only where one could: not behind a letter, a digit or a slash, nor before a blank; and ends it on the
/// same line, before neither letter nor digit and not behind a blank. So `$5 and $10` is money, and `$HOME/$USER` are names.
struct Formulas {
    /// The first of the characters that stand for formulas: of plane 16, which is for private use.
    private static let firstMark: UInt32 = 0x100000
    private static let maximumCount = 0xFFF0

    private var sources: [Substring] = []
    /// Whether the source is free of the characters that stand for something else here.
    private(set) var isPossible = true

    /// The source with a character in place of each formula, between guards, as the delimiters of formulas are punctuation.
    mutating func replace(in source: String) -> String {
        isPossible = source.unicodeScalars.allSatisfy { $0.value < Self.firstMark && $0 != SourceKeeper.guardMark }
        guard isPossible else { return source }
        var scan = Scan(bytes: Array(source.utf8))
        var replaced = ""
        var end = source.utf8.startIndex
        var offset = 0
        while let formula = scan.next(), sources.count < Self.maximumCount,
            let mark = Unicode.Scalar(Self.firstMark + UInt32(sources.count))
        {
            let start = source.utf8.index(end, offsetBy: formula.lowerBound - offset)
            replaced += source[end..<start]
            end = source.utf8.index(start, offsetBy: formula.count)
            offset = formula.upperBound
            sources.append(source[start..<end])
            replaced.unicodeScalars.append(contentsOf: [SourceKeeper.guardMark, mark, SourceKeeper.guardMark])
        }
        return sources.isEmpty ? source : replaced + source[end...]
    }

    /// The formula that a scalar of the parser's text stands for.
    func source(of mark: Unicode.Scalar) -> Substring? {
        guard mark.value >= Self.firstMark else { return nil }
        let index = Int(mark.value - Self.firstMark)
        return index < sources.count ? sources[index] : nil
    }

    /// Finds formulas one after the other.
    private struct Scan {
        let bytes: [UInt8]
        private var index = 0
        /// What isn't found again from here to the end.
        private var missing: Set<[UInt8]> = []

        init(bytes: [UInt8]) { self.bytes = bytes }

        mutating func next() -> Range<Int>? {
            while index < bytes.count {
                let start = index
                switch bytes[index] {
                case UInt8(ascii: "`"): passCode()
                case UInt8(ascii: "\\"):
                    index += 2
                    switch byte(at: start + 1) {
                    case UInt8(ascii: "("): if let end = end(of: Array("\\)".utf8)) { return take(start, end) }
                    case UInt8(ascii: "["): if let end = end(of: Array("\\]".utf8)) { return take(start, end) }
                    default: break
                    }
                case UInt8(ascii: "$"):
                    if let end = endOfDollars() { return take(start, end) }
                default: index += 1
                }
            }
            return nil
        }

        private mutating func take(_ start: Int, _ end: Int) -> Range<Int> {
            index = end
            return start..<end
        }

        private func byte(at index: Int) -> UInt8? { bytes.indices.contains(index) ? bytes[index] : nil }

        private mutating func passCode() {
            var length = 0
            while byte(at: index + length) == UInt8(ascii: "`") { length += 1 }
            index += length
            let fence = Array(repeating: UInt8(ascii: "`"), count: length)
            guard !missing.contains(fence) else { return }
            var run = 0
            for search in index...bytes.count {
                if byte(at: search) == UInt8(ascii: "`") {
                    run += 1
                } else if run == length {
                    index = search
                    return
                } else {
                    run = 0
                }
            }
            missing.insert(fence)
        }

        /// The end of a closing delimiter behind what is between: something, and no escaped delimiter.
        private mutating func end(of closing: [UInt8]) -> Int? {
            guard !missing.contains(closing) else { return nil }
            var search = index
            while search + 1 < bytes.count {
                if bytes[search] == closing[0], bytes[search + 1] == closing[1] {
                    return search > index ? search + 2 : nil
                }
                search += bytes[search] == UInt8(ascii: "\\") ? 2 : 1
            }
            missing.insert(closing)
            return nil
        }

        private mutating func endOfDollars() -> Int? {
            let before = byte(at: index - 1)
            let start = index
            while byte(at: index) == UInt8(ascii: "$") { index += 1 }
            if index - start == 2 { return end(of: Array("$$".utf8)) }
            guard index - start == 1, before.map(canPrecede) ?? true, let first = byte(at: index), !first.isBlank
            else { return nil }
            var search = index
            while let byte = byte(at: search), byte != UInt8(ascii: "\n") {
                if byte == UInt8(ascii: "$") {
                    let after = self.byte(at: search + 1)
                    guard !bytes[search - 1].isBlank, !(after.map(cannotFollow) ?? false) else { return nil }
                    return search + 1
                }
                search += byte == UInt8(ascii: "\\") ? 2 : 1
            }
            return nil
        }

        private func canPrecede(_ byte: UInt8) -> Bool {
            !byte.isASCIILetter && !byte.isASCIIDigit && !"/\\?&.@`%".utf8.contains(byte)
        }

        private func cannotFollow(_ byte: UInt8) -> Bool {
            byte.isASCIILetter || byte.isASCIIDigit || byte == UInt8(ascii: "$")
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == .space || self == .tab || self == UInt8(ascii: "\n") }
}
