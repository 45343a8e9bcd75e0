package import Terminal

extension StyledLine {
    /// The line broken between words to a width; blanks at its start are kept, and every further line gets as many or more.
    ///
    /// - Parameters:
    ///   - width: In columns.
    ///   - hanging: How far further lines of an indented line are indented; nil: as far as the first.
    /// - Returns: At least one line.
    package func wrapped(to width: Int, hanging: Int? = nil) -> [StyledLine] {
        if self.width <= width { return [self] }
        let indentation = min(text.prefix { $0 == " " }.count, width / 2)
        let rest = indentation == 0 ? 0 : min(hanging ?? indentation, width / 2)
        var wrapper = LineWrapper(width: width - indentation, rest: width - rest)
        for run in runs { wrapper.add(run.text, run.style) }
        return wrapper.finish().enumerated().map { index, line in
            let blanks = index == 0 ? indentation : rest
            return blanks == 0 ? line : StyledLine([StyledText(String(repeating: " ", count: blanks))] + line.runs)
        }
    }
}

/// Breaks styled text into lines of a width, between words.
///
/// Chinese and Japanese break between any two characters, but for punctuation; a word wider than a line is cut, behind
/// punctuation where that isn't far.
struct LineWrapper {
    private let first: Int
    private let rest: Int
    private var width: Int { lines.isEmpty ? first : rest }
    private var lines: [StyledLine] = []
    /// The text since the last break, in UTF-8.
    private var text: [UInt8] = []
    /// Its stretches in one style, by their ends.
    private var spans: [(end: Int, style: Style)] = []
    /// The columns of the widest word so far.
    private(set) var widestWord = 0

    /// - Parameters:
    ///   - width: In columns; at least 2 are taken, as wide characters need them.
    ///   - rest: The width of every line but the first; nil: the same.
    init(width: Int, rest: Int? = nil) {
        first = max(width, 2)
        self.rest = max(rest ?? width, 2)
    }

    /// Adds text; a line feed in it is a space.
    mutating func add(_ part: String, _ style: Style) {
        text += Sanitizer.sanitizeLine(part.withBlanksForBreaks()).utf8
        if spans.last?.style != style { spans.append((text.count, style)) }
        spans[spans.count - 1].end = text.count
    }

    /// Ends the line here.
    mutating func breakLine() { layOut(isEnd: false) }

    /// The lines; at least one.
    mutating func finish() -> [StyledLine] {
        layOut(isEnd: true)
        return lines
    }

    /// Fills lines with the text since the last break.
    ///
    /// What they show of it is contiguous but for the blanks where it is broken.
    private mutating func layOut(isEnd: Bool) {
        var words = Words(text)
        var spans = spans[...]
        // Blanks at the start of a line are no indentation but where the line was broken.
        var line = Words.Word()
        while let word = words.next() {
            widestWord = max(widestWord, word.columns)
            let blanks = line.range.isEmpty ? 0 : word.range.lowerBound - line.range.upperBound
            if !line.range.isEmpty, line.columns + blanks + word.columns > width {
                endLine(line, &spans)
                line = Words.Word()
            }
            if line.range.isEmpty {
                line = word
            } else {
                line.range = line.range.lowerBound..<word.range.upperBound
                line.columns += blanks + word.columns
            }
            if word.columns > width {
                for piece in words.pieces(of: word, width: width, rest: rest) {
                    if piece.range.upperBound < word.range.upperBound { endLine(piece, &spans) }
                    line = piece
                }
            }
        }
        if !line.range.isEmpty || !isEnd || lines.isEmpty { endLine(line, &spans) }
        text.removeAll(keepingCapacity: true)
        self.spans.removeAll(keepingCapacity: true)
    }

    private mutating func endLine(_ word: Words.Word, _ spans: inout ArraySlice<(end: Int, style: Style)>) {
        var line = StyledLine()
        var start = word.range.lowerBound
        let stop = word.range.upperBound
        while start < stop, let span = spans.first {
            let end = min(span.end, stop)
            if end > start {
                line.runs.append(StyledText(String(decoding: text[start..<end], as: UTF8.self), span.style))
                start = end
            }
            if span.end <= stop { spans.removeFirst() }
        }
        lines.append(line)
    }
}

extension String {
    /// The text with a blank for every line break and tab.
    func withBlanksForBreaks() -> String {
        guard utf8.contains(where: { $0 < .space }) else { return self }
        return String(map { $0 == "\n" || $0 == "\t" || $0 == "\r\n" ? " " : $0 })
    }
}
