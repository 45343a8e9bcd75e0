/// A code block of an answer, as it was written.
package struct CodeBlock: Equatable, Sendable {
    /// The first word behind the opening fence; empty where there is none.
    package var language: String
    /// The code, with a line feed behind every line.
    ///
    /// It isn't sanitised, but a CR within a line is its picture.
    package var text: String

    /// The code blocks of an answer in the order of their numbers: the first is the one that is shown as `[1]`.
    package static func all(in markdown: String) -> [CodeBlock] {
        var collector = Collector()
        var lines = markdown.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for line in lines {
            // Cut as it is to be shown, so that the numbers are the same; then its parts are put together again.
            var cutter = LineCutter()
            for (index, part) in cutter.cut(String(Substring(line)) + "\n").enumerated() {
                collector.goesOn = index > 0
                collector.add(collector.scanner.consume(part))
            }
        }
        collector.add(collector.scanner.finish())
        return collector.blocks
    }

    /// The language in a fence's info string: `swift`, `swift title=…`, `{.swift}`, `swift:main.swift`.
    static func language(in info: String) -> String {
        let start = info.drop { "{. ".contains($0) }
        return String(start.prefix { !" \t,:{}".contains($0) })
    }

    private struct Collector {
        var scanner = BlockScanner()
        var blocks: [CodeBlock] = []
        /// Whether what comes is the rest of a line.
        var goesOn = false

        mutating func add(_ pieces: [BlockScanner.Piece]) {
            for piece in pieces {
                switch piece {
                case .codeStart(let info): blocks.append(CodeBlock(language: CodeBlock.language(in: info), text: ""))
                case .codeLine(let line):
                    if goesOn { blocks[blocks.count - 1].text.unicodeScalars.removeLast() }
                    blocks[blocks.count - 1].text += line + "\n"
                case .gap, .quoteStart, .itemStart, .end, .source, .formulaLine, .unfinishedRow: break
                }
            }
        }
    }
}
