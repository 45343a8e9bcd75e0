import ChatApi

/// The text of a session's file as it was read or written last, so that a save writes only what changed since, and copies the rest.
///
/// Of a long session the next save changes one message. To write the others anew would take longer than the disk does.
struct SessionText: Sendable {
    private var messages = WrittenArray<ChatCompletionRequestMessage>()
    private var turns = WrittenArray<TurnRecord>()
    private var branches = WrittenArray<Branch>()
    /// Whether the file that was read says no more than the session: what is kept of its text is gone once a message moves.
    let isLossless: Bool

    /// Nothing is written yet.
    init() { isLossless = true }

    /// A session that was read.
    /// - Parameters:
    ///   - session: What the file says.
    ///   - bytes: The file.
    ///   - reading: What it was read as.
    init(_ session: Session, in bytes: [UInt8], _ reading: JSONValue.Reading) {
        isLossless = reading.isLossless
        messages = WrittenArray(session.messages, in: bytes, at: reading.elements["messages"] ?? [])
        turns = WrittenArray(session.turns, in: bytes, at: reading.elements["turns"] ?? [])
        // Branches may have got their numbers only now.
    }

    /// The text of the session's file: the fields in the order in which they were read, new ones behind them.
    mutating func encode(_ session: Session) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var text = Array("{".utf8)
        for (index, (key, value)) in SessionFile.fields(of: session).enumerated() {
            text += Array(index == 0 ? "\n  ".utf8 : ",\n  ".utf8)
            JSONValue.string(key).write(to: &text, .indented, indentation: 1)
            text += Array(": ".utf8)
            var array: [ArraySlice<UInt8>]?
            switch key {
            case "messages": array = messages.encode(session.messages) { .object($0.fields) }
            case "turns": array = turns.encode(session.turns, json: \.json)
            // What can't be read as a branch is kept behind those that can.
            case "branches" where value.arrayValue?.isEmpty != false:
                array = branches.encode(session.branches, json: \.json)
            case "branches":
                JSONValue.array(session.branches.map(\.json) + (value.arrayValue ?? [])).write(
                    to: &text, .indented, indentation: 1)
            default: value.write(to: &text, .indented, indentation: 1)
            }
            if let array {
                pieces.append(text[...])
                pieces += array
                text = []
            }
        }
        text += Array("\n}\n".utf8)
        pieces.append(text[...])
        return pieces
    }
}

/// An array of a file with its text, of which the beginning that stays the same is kept.
private struct WrittenArray<Element: Written>: Sendable {
    private var elements: [Element] = []
    /// The file that was read, of which a part is the text of the first elements.
    private var file: [UInt8] = []
    private var ranges: ArraySlice<Range<Int>> = []
    /// The text of those behind them, each with a comma before it, and where each ends.
    private var added: [UInt8] = []
    private var ends: [Int] = []

    init() {}

    init(_ elements: [Element], in file: [UInt8], at ranges: [Range<Int>]) {
        guard ranges.count == elements.count else { return }
        self.elements = elements
        self.file = file
        self.ranges = ranges[...]
    }

    /// The text of the array.
    mutating func encode(_ new: [Element], json: (Element) -> JSONValue) -> [ArraySlice<UInt8>] {
        var same = 0
        let most = min(elements.count, new.count)
        while same < most, new[same].isUnchangedCopy(of: elements[same]) { same += 1 }
        if same < ranges.count {
            ranges = ranges.prefix(same)
            (added, ends) = ([], [])
        } else {
            ends.removeSubrange((same - ranges.count)...)
            added.removeSubrange((ends.last ?? 0)...)
        }
        for element in new[same...] {
            added += Array(",\n    ".utf8)
            json(element).write(to: &added, .indented, indentation: 2)
            ends.append(added.count)
        }
        elements = new
        if new.isEmpty { return [Array("[]".utf8)[...]] }
        var pieces = [Array("[\n    ".utf8)[...]]
        if let first = ranges.first, let last = ranges.last { pieces.append(file[first.lowerBound..<last.upperBound]) }
        // Without elements of the file before them, the first needs no comma.
        pieces.append(ranges.isEmpty ? added[6...] : added[...])
        pieces.append(Array("\n  ]".utf8)[...])
        return pieces
    }
}

/// What stands in the arrays of a file.
///
/// `==` won't do to tell what changed: to it, é in one scalar is é in two.
private protocol Written: Sendable {
    func isUnchangedCopy(of other: Self) -> Bool
}

extension ChatCompletionRequestMessage: Written {
    fileprivate func isUnchangedCopy(of other: Self) -> Bool { fields.isUnchangedCopy(of: other.fields) }
}

extension TurnRecord: Written {
    fileprivate func isUnchangedCopy(of other: Self) -> Bool {
        message == other.message && fields.isUnchangedCopy(of: other.fields)
    }
}

extension Branch: Written {
    fileprivate func isUnchangedCopy(of other: Self) -> Bool {
        id == other.id && parent == other.parent && start == other.start && reason == other.reason
            && created == other.created && messages.isUnchangedCopy(of: other.messages)
            && turns.isUnchangedCopy(of: other.turns)
    }
}

extension Array where Element: Written {
    fileprivate func isUnchangedCopy(of other: Self) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.isUnchangedCopy(of: $1) }
    }
}
