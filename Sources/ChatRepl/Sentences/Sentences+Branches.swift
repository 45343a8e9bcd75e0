import ChatApi
import ChatSession
import Terminal
import TerminalMarkdown

/// What is said of turns and branches.
extension Sentences {
    static func noTurn(_ number: String, of count: Int) -> String {
        count == 1 ? "There is only one turn." : "There is no turn \(number): there are \(count)."
    }

    static func retrying(turn: Int, branch: Branch.ID) -> String {
        "Asking turn \(turn) again. What stood there is branch \(branch) now: /branch \(branch) brings it back."
    }

    static func undone(turns: ClosedRange<Int>, branch: Branch.ID) -> String {
        let which =
            turns.count == 1
            ? "Turn \(turns.lowerBound) is" : "Turns \(turns.lowerBound) to \(turns.upperBound) are"
        return "\(which) taken back: /branch \(branch) brings \(turns.count == 1 ? "it" : "them") back."
    }

    static func editing(turn: Int) -> String { "Turn \(turn), to be written anew. Ctrl-C leaves it as it is." }

    static func edited(turn: Int, branch: Branch.ID) -> String {
        "What stood in turn \(turn) is branch \(branch) now, with what followed: /branch \(branch) brings it back."
    }

    static func notEdited(turn: Int) -> String { "Turn \(turn) stays as it is." }

    /// Why there is nothing to go back to, to show or to send.
    static func nothingSaid(in session: Session) -> String {
        session.branches.isEmpty
            ? "Nothing has been said yet."
            : "All turns were taken back; /branches shows them, /branch N brings one back."
    }

    /// What the model is told when it is to go on: a message like any other, as servers disagree on what an answer at the end means.
    static let continuation = "Go on exactly where you stopped, without repeating anything."

    static func noBranch(_ number: Int, of session: Session) -> String {
        let numbers = session.branches.map { String($0.id) }
        switch numbers.count {
        case 0: return "There are no branches; /retry, /undo and /edit make them."
        case 1: return "There is only branch \(numbers[0])."
        default: return "There is no branch \(number). /branches shows those there are."
        }
    }

    static func switched(branch: Branch.ID, left: Branch.ID?, session: Session) -> String {
        let turns = count(session.exchanges.count, "turn")
        let back = left.map { " What it left is branch \($0) now: /branch \($0) goes back." } ?? ""
        return "The conversation is what branch \(branch) was, \(turns) in all.\(back)"
    }

    static func forked(_ title: String) -> String { title.isEmpty ? "" : "\(title) (fork)" }

    static func forked(_ session: Session, from origin: Session) -> String {
        let branches = origin.branches.isEmpty ? "" : ", with its \(count(origin.branches.count, "branch", "branches"))"
        return "This is a session of its own now, \(session.id). "
            + "The other stays as it was\(branches): /resume \(origin.id)."
    }

    static func count(_ number: Int, _ word: String, _ words: String? = nil) -> String {
        "\(number) \(number == 1 ? word : words ?? word + "s")"
    }

    // MARK: The tree

    /// No more branches than these are shown.
    private static let mostBranches = 200

    /// The conversation and its branches as a tree: number, reason, turns, time and first words of each.
    static func tree(of session: Session, look: TerminalLook, columns: Int) -> [StyledLine] {
        guard !session.branches.isEmpty else {
            return StyledLine(noBranch(0, of: session), .dim).wrapped(to: columns)
        }
        let parents = session.branchParents
        let children = Dictionary(grouping: session.branches) { parents[$0.id] }
        let (fork, last, down) = look.isUnicode ? ("├─ ", "└─ ", "│  ") : ("|- ", "`- ", "|  ")
        let first = words(session.messages.first { $0.role == .user })
        let turns = count(session.exchanges.count, "turn")
        var lines = [
            StyledLine([
                StyledText(look.isUnicode ? "● " : "* ", Style().colored(.green)),
                StyledText([turns, "the conversation"].joined(separator: look.separator), .dim),
                StyledText("  " + first),
            ])
        ]
        // Not by recursion: a file may nest them as deep as it likes.
        var open = [(branches: sorted(children[nil]), line: session.messages, indent: "")]
        while let (branches, line, indent) = open.popLast() {
            guard let branch = branches.first else { continue }
            if lines.count > mostBranches { return lines + [StyledLine("…", .dim)] }
            let rest = branches.dropFirst()
            open.append((rest, line, indent))
            let turns = branch.messages.exchanges.count
            let text = [
                name(branch, on: line), turns == 0 ? "" : count(turns, "turn"),
                branch.created.map { day(of: $0) } ?? "",
            ]
            lines.append(
                StyledLine([
                    StyledText(indent + (rest.isEmpty ? last : fork), .dim),
                    StyledText("\(branch.id)  ", Style().colored(.cyan)),
                    StyledText(text.filter { !$0.isEmpty }.joined(separator: look.separator), .dim),
                    StyledText("  " + (branch.messages.first.map(words) ?? "a summary of what is before")),
                ]))
            // A deep one goes on at the same place.
            let deeper = indent.count + 3 < columns / 2 ? indent + (rest.isEmpty ? "   " : down) : indent
            open.append((sorted(children[branch.id]), line.prefix(branch.start) + branch.messages, deeper))
        }
        return lines.map { $0.prefix(columns: columns) }
            + StyledLine("/branch N makes one of them the conversation; nothing is lost by it.", .dim).wrapped(
                to: columns)
    }

    private static func sorted(_ branches: [Branch]?) -> ArraySlice<Branch> {
        (branches ?? []).sorted { ($0.start, $0.id) < ($1.start, $1.id) }[...]
    }

    /// The branches, as Tab offers them.
    static func offers(of branches: [Branch]) -> [CompletionOffer] {
        branches.prefix(mostBranches).map { branch in
            CompletionOffer(String(branch.id), description: words(branch.messages.first), goesOn: false)
        }
    }

    /// What left, in a word, and which turn it left from.
    private static func name(_ branch: Branch, on line: [ChatCompletionRequestMessage]) -> String {
        let isAnswer = branch.messages.first?.role == .assistant
        let turn = line.prefix(branch.start).count { $0.role == .user } + (isAnswer ? 0 : 1)
        switch branch.reason {
        case .retry: return "answer of turn \(turn)"
        case .undo: return "from turn \(turn), taken back"
        case .edit: return "from turn \(turn), as it was"
        case .recovered: return "recovered answer of turn \(turn)"
        case .imported: return "from turn \(turn), imported"
        default: return isAnswer ? "from the answer of turn \(turn)" : "from turn \(turn)"
        }
    }

    /// The first words of a message.
    private static func words(_ message: ChatCompletionRequestMessage?) -> String {
        // No more than may hold them, behind reasoning.
        let text = String(String.UnicodeScalarView((message?.content?.typed ?? "").unicodeScalars.prefix(10_000)))
        return Session.title(from: message?.role == .assistant ? AnswerParts(text).content : text)
    }
}
