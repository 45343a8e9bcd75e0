/// Whether a place in Markdown is in code, as far as it can be said byte by byte: between fences (CommonMark §4.5), or behind an odd
/// number of backtick strings in its line.
struct CodeTracker: Sendable {
    /// Whether nothing but blanks has come in this line.
    private(set) var isAtStart = true
    private var fence: (mark: UInt8, length: Int)?
    private var indentation = 0
    /// The string of backticks or tildes that the line begins with.
    private var mark: UInt8 = 0
    private var length = 0
    private var isMarkOver = false
    private var hasInfo = false
    private var backtickStrings = 0
    private var last: UInt8 = 0

    private static let backtick = UInt8(ascii: "`")

    /// Whether a fence is open.
    var isInFence: Bool { fence != nil }

    /// Whether what comes next is code; at the start of a line fences don't count, as those of a sketch are often left open.
    var isInCode: Bool { !isAtStart && (isInFence || backtickStrings % 2 == 1) }

    /// Whether the line is no fence, whatever it goes on with.
    var isProse: Bool { !isAtStart && isMarkOver && length == 0 }

    /// Takes the next byte.
    mutating func take(_ byte: UInt8) {
        if byte == UInt8(ascii: "\n") { return endLine() }
        defer { last = byte }
        if byte == Self.backtick, last != byte { backtickStrings += 1 }
        let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0D
        if isAtStart {
            if isBlank {
                indentation += 1
                return
            }
            isAtStart = false
            let canFence = indentation < 4 && (byte == Self.backtick || byte == UInt8(ascii: "~"))
            (mark, length, isMarkOver) = (byte, canFence ? 1 : 0, !canFence)
        } else if !isMarkOver, byte == mark {
            length += 1
        } else {
            isMarkOver = true
            // The info string of backticks has none; then it is inline code.
            if byte == Self.backtick, mark == byte { length = 0 }
            if !isBlank { hasInfo = true }
        }
    }

    private mutating func endLine() {
        if length >= 3 {
            if let open = fence {
                if mark == open.mark, length >= open.length, !hasInfo { fence = nil }
            } else {
                fence = (mark, length)
            }
        }
        let fence = fence
        self = CodeTracker()
        self.fence = fence
    }
}
