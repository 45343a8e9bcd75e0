extension Sanitizer {
    /// How many characters of a text can't be seen, or act on a terminal: what is shown otherwise than it is.
    package static func unsafeCount(in text: String) -> Int {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }) { return 0 }
        let scalars = Array(text.unicodeScalars)
        var controls = 0
        for (index, scalar) in scalars.enumerated() where scalar.value < 0x20 || scalar.value == 0x7F {
            let endsLine = scalar == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
            if scalar != "\n", scalar != "\t", !endsLine { controls += 1 }
        }
        return controls + HiddenCharacters(in: scalars).total
    }
}
