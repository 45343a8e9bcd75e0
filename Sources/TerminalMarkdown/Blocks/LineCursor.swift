/// A place in a line, and the column that it stands in.
///
/// The markers of quotes and lists are taken off a line one after the other; a tab behind one may belong to it in part.
struct LineCursor {
    /// What follows, without the columns that are left of a tab.
    private var rest: Substring.UTF8View
    private var column = 0
    /// The columns of a tab that are left when the others were taken.
    private var blanks = 0

    init(_ line: String) { rest = line.utf8[...] }

    /// What follows.
    var text: String { String(repeating: " ", count: blanks) + String(Substring(rest)) }

    /// What follows behind the white space.
    var content: Substring.UTF8View { rest.drop { $0 == .space || $0 == .tab } }

    /// The columns of white space that follow.
    var indentation: Int {
        var end = column + blanks
        for byte in rest {
            guard byte == .space || byte == .tab else { break }
            end += byte == .tab ? 4 - end % 4 : 1
        }
        return end - column
    }

    /// Takes white space, no more than so many columns.
    mutating func skipBlanks(_ columns: Int = .max) {
        var columns = columns
        while columns > 0 {
            if blanks == 0 {
                guard let byte = rest.first, byte == .space || byte == .tab else { return }
                blanks = byte == .tab ? 4 - column % 4 : 1
                rest.removeFirst()
            }
            let taken = min(blanks, columns)
            blanks -= taken
            column += taken
            columns -= taken
        }
    }

    /// Takes the white space and so many bytes behind it.
    mutating func skip(_ bytes: Int) {
        skipBlanks()
        rest = rest.dropFirst(bytes)
        column += bytes
    }
}

extension LineCursor {
    /// Takes the box of a task, which an item begins with.
    ///
    /// - Returns: Whether it is ticked; nil where there is none.
    mutating func takeTaskMark() -> Bool? {
        let mark = Array(content.prefix(4))
        guard mark.count == 4, indentation < 4, mark[3] == .space || mark[3] == .tab else { return nil }
        let isDone: Bool
        switch String(decoding: mark[..<3], as: UTF8.self) {
        case "[ ]": isDone = false
        case "[x]", "[X]": isDone = true
        default: return nil
        }
        skip(3)
        skipBlanks()
        return isDone
    }
}

extension String {
    /// The line without up to so many columns of white space at its start; a tab that is cut leaves blanks.
    func removingIndentation(_ columns: Int) -> String {
        var line = LineCursor(self)
        line.skipBlanks(columns)
        return line.text
    }
}

extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")

    var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}

extension Substring.UTF8View {
    /// How often a byte stands at the start.
    func count(while byte: UInt8) -> Int { prefix { $0 == byte }.count }

    func trimmingBlanks() -> Substring.UTF8View {
        var trimmed = drop { $0 == .space || $0 == .tab }
        while let last = trimmed.last, last == .space || last == .tab { trimmed.removeLast() }
        return trimmed
    }
}
