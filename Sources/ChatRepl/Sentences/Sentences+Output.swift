import ChatApi
import ChatSession
import Terminal
import TerminalMarkdown

/// What is said of code blocks, and of where they went.
extension Sentences {
    static let noAnswer = "There is no answer yet."

    /// Which code blocks there are, when one was asked for that isn't among them.
    static func codeBlocks(_ blocks: [CodeBlock]) -> String {
        if blocks.isEmpty { return "The last answer has no code block." }
        let most = 20
        let list = blocks.prefix(most).enumerated().map { index, block in
            block.language.isEmpty ? "[\(index + 1)]" : "[\(index + 1)] \(block.language)"
        }
        let count = blocks.count == 1 ? "one code block" : "\(blocks.count) code blocks"
        return "The last answer has \(count): \(list.joined(separator: ", "))\(blocks.count > most ? ", …" : "")."
    }

    /// How a command is to be typed that was typed otherwise.
    static func usage(of name: String) -> String {
        guard let command = CommandRegistry.command(named: name) else { return "" }
        return "\(usage(of: command)): \(command.summary)."
    }

    private static func name(of part: Repl.AnswerPart) -> String { part.number.map { "block \($0)" } ?? "the answer" }

    private static func size(of part: Repl.AnswerPart) -> String {
        let text = part.text.utf8
        let lines = text.count { $0 == UInt8(ascii: "\n") } + (text.isEmpty || text.last == UInt8(ascii: "\n") ? 0 : 1)
        return lines == 1 ? "1 line" : "\(lines) lines"
    }

    private static func characters(_ count: Int) -> String {
        count == 1
            ? "1 character that can't be seen or acts on a terminal"
            : "\(count) characters that can't be seen or act on a terminal"
    }

    // MARK: Copied

    static func copied(_ part: Repl.AnswerPart, _ outcome: Clipboard.Outcome, isSent: Bool) -> String {
        let what = "\(name(of: part)), \(size(of: part)),"
        let failed = outcome.failed.isEmpty ? "" : " \(outcome.failed.joined(separator: " and ")) failed."
        if let program = outcome.program { return "Copied \(what) with \(program)." + failed }
        if isSent {
            return "Sent \(what) to the terminal's clipboard (OSC 52); not every terminal takes it." + failed
        }
        let limit = TerminalClipboard.maximumBytes
        if part.text.utf8.count > limit {
            return "Not copied: of \(size(part.text.utf8.count)) a terminal takes no more than \(size(limit))." + failed
                + " A program such as wl-copy, xclip or xsel takes all"
                + (part.number.map { ", and /write \($0) PATH saves it." } ?? ".")
        }
        return
            "Not copied: this terminal can't be asked, and there is no wl-copy, xclip, xsel or pbcopy with a display."
            + failed
    }

    static func copiedUnsafe(_ part: Repl.AnswerPart, isRaw: Bool) -> String {
        let has = "It has \(characters(part.unsafeCount)), "
        if isRaw { return has + "copied as they are: look before you paste." }
        let command = part.number.map { "/copy \($0) raw" } ?? "/copy raw"
        return has + "copied as they are shown here. \(command) copies them as they are."
    }

    // MARK: Written

    static func written(_ part: Repl.AnswerPart, to path: String) -> String {
        "Wrote \(name(of: part)), \(size(of: part)), to \(path)."
    }

    static func writtenUnsafe(_ part: Repl.AnswerPart) -> String { "It has \(characters(part.unsafeCount))." }

    static func notWritten(_ part: Repl.AnswerPart, to path: String, _ problem: ExportedFile.Problem) -> Complaint {
        notWritten(to: path, problem, replacing: "/write -f \(part.number ?? 1) \(path)")
    }

    /// Why a file isn't written that somebody asked for, and the command that has it replaced.
    static func notWritten(to path: String, _ problem: ExportedFile.Problem, replacing command: String) -> Complaint {
        func complaint(_ what: String, _ next: String? = nil) -> Complaint {
            Complaint(what, next: next, status: .cannotSave, code: "cannotWrite")
        }
        switch problem {
        case .exists(.file):
            return complaint(
                "\(path) is there already, and was left alone.", "\(command) replaces it.")
        case .exists(.directory): return complaint("\(path) is a directory.", "Name a file in it.")
        case .exists(.link): return complaint("\(path) is a link, which isn't followed.", "Name what it leads to.")
        case .exists(.special): return complaint("\(path) is a pipe or a device, and only files are written.")
        case .failed(let error): return complaint("Can't write \(path): \(error.reason).")
        }
    }

    static let exportTookTooLong = Complaint(
        "The session couldn't be exported in time.",
        next: "banter sessions export takes as long as it needs.", status: .cannotSave, code: "exportTookTooLong")

    static func writingTookTooLong(_ path: String) -> Complaint {
        Complaint(
            "\(path) may not be written: the disk doesn't answer.", status: .cannotSave, code: "cannotWrite")
    }

    // MARK: Piped

    static func pipedUnsafe(_ part: Repl.AnswerPart) -> String {
        let them = part.unsafeCount == 1 ? "it" : "them"
        return "It has \(characters(part.unsafeCount)); the command gets \(them) as shown here."
    }

    /// How a command ended, if that isn't as it should.
    static func commandEnded(_ end: ShellCommand.End) -> String? {
        switch end {
        case .exited(0), .takenBack: nil
        case .exited(let code): "The command ended with exit code \(code)."
        case .killed(signal: 2): "The command was stopped."
        case .killed(let signal): "The command was ended by signal \(signal)."
        case .failed(let error): "The command wasn't run: \(error.description)."
        }
    }

    // MARK: The whole conversation

    static let beforeFirstTurn = "Before the first turn"
    static func turn(_ number: Int) -> String { "Turn \(number)" }

    /// A message that is neither the user's nor an answer.
    static func other(_ message: ChatCompletionRequestMessage) -> String {
        let name =
            switch message.role {
            case .system?, .developer?: "System prompt"
            case .tool?, .function?: "Result of a tool"
            default: message.role?.rawValue ?? "Message"
            }
        return "\(name): \(message.content?.text ?? "")"
    }

    // MARK: Raw

    static func raw(_ isOn: Bool, showsLast: Bool) -> String {
        if !isOn { return "Answers are rendered, from the next one on." }
        return "Answers are shown as their source, from the next one on; /raw ends that."
            + (showsLast ? " The last one:" : "")
    }
}
