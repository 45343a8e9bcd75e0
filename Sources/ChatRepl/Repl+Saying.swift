import ChatSession
import Terminal
import TerminalMarkdown

/// Everything that the loop prints goes through here.
extension Repl {
    func sayNothingSaid() async { await say(Sentences.nothingSaid(in: conversation.session)) }

    /// Prints a quiet line.
    func say(_ text: String) async { await print(StyledLine.lines(of: text, .dim)) }

    /// Prints lines, broken between words.
    func print(_ lines: [StyledLine], hanging: Int? = nil) async {
        let width = console.size.columns
        await console.print(lines.flatMap { $0.wrapped(to: width, hanging: hanging) })
    }

    /// Prints what went wrong, and what to do about it.
    func complain(_ error: any Error) async { await print(Sentences.complaint(about: error).lines) }
}
