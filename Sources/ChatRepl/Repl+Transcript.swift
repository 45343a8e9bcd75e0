import ChatSession
import Terminal

/// The conversation on the whole screen.
extension Repl {
    /// What `/show` does: the conversation from its end, or from a turn.
    func show(_ argument: String) async {
        let transcript = Transcript(conversation.session, look: look)
        guard conversation.session.hasTurns else { return await sayNothingSaid() }
        if argument.isEmpty { return await show(transcript, turn: nil) }
        guard let turn = Int(argument), (1...max(transcript.turns.count, 1)).contains(turn) else {
            return await say(Sentences.noTurn(argument, of: transcript.turns.count))
        }
        await show(transcript, turn: turn)
    }

    /// Shows a conversation on the whole screen; where that can't be, in `$PAGER`, or printed.
    ///
    /// - Parameters:
    ///   - transcript: The conversation, of whatever session.
    ///   - turn: Where it begins, counted from 1; nil begins at its end.
    ///   - text: What is looked for from that turn on.
    func show(_ transcript: Transcript, turn: Int?, searchingFor text: String? = nil) async {
        var look = transcript.look
        // Cells of a screen can't be clicked.
        look.showsHyperlinks = false
        let document = Transcript(transcript.session, look: look)
        let start = turn.map { PagerStart.part(document.part(ofTurn: $0), search: text) } ?? .end
        if !look.isCalm, console.hasScreen {
            let pager = Pager(document, at: start, colors: look.colors)
            let shown = await console.withTerminal { loan in Result { try pager.run(with: loan) } }
            if case .success = shown { return }
        }
        await printPlainly(document, turn: turn)
    }

    /// All of it, or one turn.
    private func printPlainly(_ transcript: Transcript, turn: Int?) async {
        let width = console.size.columns
        let parts =
            turn.map { transcript.part(ofTurn: $0)...transcript.part(ofTurn: $0) }
            ?? 0...transcript.partCount - 1
        guard let pager = choice.environment["PAGER"], !pager.isBlank else {
            for part in parts { await console.print(transcript.lines(ofPart: part, columns: width)) }
            return
        }
        let lines = parts.flatMap { transcript.lines(ofPart: $0, columns: width) }
        let text = lines.map { $0.text + "\n" }.joined()
        let end = await console.withTerminal { loan in ShellCommand.run(pager, input: text, loan: loan) }
        if let sentence = Sentences.commandEnded(end) { await say(sentence) }
    }
}
