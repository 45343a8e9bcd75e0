/// The arguments of a command that names a code block: `[-f] [N] [REST]`.
struct BlockArguments: Equatable {
    /// The block's number, from 1; nil if the arguments don't begin with one.
    private(set) var number: Int?
    /// What follows, without blanks around it.
    private(set) var rest: String
    /// Whether `-f` stands before all.
    private(set) var isForced = false

    init(_ text: String, takesFlag: Bool = false) {
        var text = Substring(text)
        if takesFlag, text == "-f" || text.hasPrefix("-f ") {
            isForced = true
            text = text.dropFirst(2).drop(while: \.isWhitespace)
        }
        let word = text.prefix { !$0.isWhitespace }
        // Ten digits and more are no number of a block, and too many for an Int in the end.
        if !word.isEmpty, word.utf8.count < 10, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            number = Int(word)
            text = text[word.endIndex...].drop(while: \.isWhitespace)
        }
        rest = String(text)
    }

    // MARK: Completion

    /// Whether what is typed goes on behind a number.
    func isBehindNumber(_ typed: String) -> Bool {
        number != nil && typed.unicodeScalars.contains(where: \.properties.isWhitespace)
    }

    /// Where that is, in Unicode scalars.
    static func offsetBehindNumber(_ typed: String) -> Int {
        let scalars = typed.unicodeScalars
        let number = scalars.prefix { !$0.properties.isWhitespace }
        return number.count + scalars[number.endIndex...].prefix(while: \.properties.isWhitespace).count
    }
}
