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
/// Chinese and Japanese break between any two characters, but for punctuation; a word wider than a line is cut.
struct LineWrapper {
    private let first: Int
    private let rest: Int
    private var width: Int { lines.isEmpty ? first : rest }
    private var lines: [StyledLine] = []
    private var line = Run()
    private var word = Run()
    private var spaces = Run()
    private var wordEndsWide = false

    /// - Parameters:
    ///   - width: In columns; at least 2 are taken, as wide characters need them.
    ///   - rest: The width of every line but the first; nil: the same.
    init(width: Int, rest: Int? = nil) {
        first = max(width, 2)
        self.rest = max(rest ?? width, 2)
    }

    /// A stretch of styled characters and the columns that it takes.
    private struct Run {
        var parts: [(text: String, style: Style)] = []
        var width = 0

        mutating func append(_ character: Character, _ style: Style, width: Int) {
            if let last = parts.last, last.style == style {
                parts[parts.count - 1].text.append(character)
            } else {
                parts.append((String(character), style))
            }
            self.width += width
        }

        mutating func append(_ other: Run) {
            var rest = other.parts[...]
            if let last = parts.last, let first = rest.first, last.style == first.style {
                parts[parts.count - 1].text += first.text
                rest.removeFirst()
            }
            parts += rest
            width += other.width
        }
    }

    /// Adds text; a line feed in it is a space.
    mutating func add(_ text: String, _ style: Style) {
        let text = Sanitizer.sanitizeLine(String(text.map { $0 == "\n" || $0 == "\t" || $0 == "\r\n" ? " " : $0 }))
        for character in text {
            if character == " " {
                endWord()
                spaces.append(character, style, width: 1)
                continue
            }
            let width = TextWidth.width(of: character)
            let breaksFreely = width == 2
            if !Self.staysBehind(character), breaksFreely || wordEndsWide { endWord() }
            word.append(character, style, width: width)
            wordEndsWide = breaksFreely && !Self.staysBefore(character)
        }
    }

    /// Ends the line here.
    mutating func breakLine() {
        endWord()
        endLine()
    }

    /// The lines; at least one.
    mutating func finish() -> [StyledLine] {
        endWord()
        if !line.parts.isEmpty || lines.isEmpty { endLine() }
        return lines
    }

    private mutating func endWord() {
        guard !word.parts.isEmpty else { return }
        if line.width + spaces.width + word.width > width, line.width > 0 { endLine() }
        // Blanks at the start of a line are no indentation but where the line was broken.
        if line.width > 0 { line.append(spaces) }
        spaces = Run()
        if word.width > width { cutWord() } else { line.append(word) }
        word = Run()
        wordEndsWide = false
    }

    /// Fills lines with a word that is wider than any.
    private mutating func cutWord() {
        for (text, style) in word.parts {
            for character in text {
                let columns = TextWidth.width(of: character)
                if line.width + columns > width { endLine() }
                line.append(character, style, width: columns)
            }
        }
    }

    private mutating func endLine() {
        lines.append(StyledLine(line.parts.map { StyledText($0.text, $0.style) }))
        line = Run()
        spaces = Run()
    }

    /// Closing punctuation, which doesn't start a line (after JIS X 4051).
    private static func staysBehind(_ character: Character) -> Bool {
        "、。，．・：；？！）］｝」』】〕〉》ー々’”".contains(character)
    }

    /// Opening punctuation, which doesn't end a line.
    private static func staysBefore(_ character: Character) -> Bool { "（［｛「『【〔〈《".contains(character) }
}
