import Foundation
import Terminal

/// A visible character and how it is set apart from others.
struct Glyph: Equatable, CustomStringConvertible {
    struct Marks: OptionSet, Hashable {
        let rawValue: Int
        static let bold = Marks(rawValue: 1)
        static let italic = Marks(rawValue: 2)
        static let struckThrough = Marks(rawValue: 4)
        static let code = Marks(rawValue: 8)
        static let link = Marks(rawValue: 16)
    }

    var character: Unicode.Scalar
    var marks: Marks

    var description: String { "\(character)\(marks.isEmpty ? "" : String(marks.rawValue))" }
}

/// What the HTML of a specification's example shows.
struct ExpectedHTML {
    private(set) var glyphs: [Glyph] = []
    /// The words, each with the quotes and items around it: `quote`, `item1`.
    private(set) var words: [(text: String, path: [String])] = []

    private var tags: [String] = []
    private var path: [String] = []
    private var itemCounts: [Int] = []

    init(_ html: String) {
        var rest = html[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            add(rest[..<start])
            handle(tag: String(rest[rest.index(after: start)..<end]))
            rest = rest[rest.index(after: end)...]
        }
        add(rest)
    }

    private var marks: Glyph.Marks {
        var marks: Glyph.Marks = []
        for tag in tags {
            switch tag {
            case "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6": marks.insert(.bold)
            case "em": marks.insert(.italic)
            case "del": marks.insert(.struckThrough)
            case "code" where !tags.contains("pre"): marks.insert(.code)
            case "a": marks.insert(.link)
            default: break
            }
        }
        return marks
    }

    private mutating func add(_ text: Substring) {
        let text = Self.resolved(String(text))
        let marks = marks
        glyphs += text.unicodeScalars.filter { !$0.properties.isWhitespace }.map { Glyph(character: $0, marks: marks) }
        words += text.words.map { ($0, path) }
    }

    private mutating func handle(tag: String) {
        let name = String(tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
        if tag.hasPrefix("/") {
            if let index = tags.lastIndex(of: name) { tags.removeSubrange(index...) }
            if ["blockquote", "li"].contains(name) { path.removeLast() }
            if ["ul", "ol"].contains(name) { itemCounts.removeLast() }
        } else if name == "img" {
            // Its text is in an attribute; Banter shows it, as that of a link.
            tags.append("a")
            if let start = tag.range(of: "alt=\""), let end = tag[start.upperBound...].firstIndex(of: "\"") {
                add(tag[start.upperBound..<end])
            }
            tags.removeLast()
        } else if !["br", "hr", "input"].contains(name) {
            tags.append(name)
            if name == "blockquote" { path.append("quote") }
            if name == "li" {
                itemCounts[itemCounts.count - 1] += 1
                path.append("item\(itemCounts[itemCounts.count - 1])")
            }
            if name == "ul" || name == "ol" { itemCounts.append(0) }
        }
    }

    private static func resolved(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].reduce(text) {
            $0.replacingOccurrences(of: $1.0, with: $1.1)
        }
    }
}

extension String {
    /// Its runs of letters and digits.
    var words: [String] {
        unicodeScalars.split { !$0.properties.isAlphabetic && !("0"..."9").contains($0) }.map { String($0) }
    }

    /// Whether the words occur one after the other, apart or joined.
    func hasInOrder(_ words: [String]) -> Bool {
        var rest = Array(String.UnicodeScalarView(self.words.joined().unicodeScalars))[...]
        for word in words {
            let word = Array(word.unicodeScalars)
            while !rest.starts(with: word) { if rest.popFirst() == nil { return false } }
            rest = rest.dropFirst(word.count)
        }
        return true
    }
}

extension StyledLine {
    /// The visible characters but for those in the quiet style, which aren't content.
    func glyphs(without quiet: Style) -> [Glyph] {
        runs.filter { $0.style != quiet }.flatMap { run in
            var marks: Glyph.Marks = []
            if run.style.isBold { marks.insert(.bold) }
            if run.style.isItalic { marks.insert(.italic) }
            if run.style.isStruckThrough { marks.insert(.struckThrough) }
            if run.style.isUnderlined { marks.insert(.link) }
            if run.style.foreground != nil { marks.insert(.code) }
            return run.text.unicodeScalars.filter { !$0.properties.isWhitespace }
                .map { Glyph(character: $0, marks: marks) }
        }
    }
}
