import ChatApi
import ChatSession
import Terminal
import TerminalMarkdown

/// What is done with the last answer: the last that there is text of, stopped or not.
///
/// While an answer streams, commands wait for its end as messages do; so they mean the one that is on the screen.
extension Repl {
    /// A part of the last answer: a code block, or all of it.
    struct AnswerPart {
        /// The number of the code block; nil for the whole answer.
        var number: Int?
        /// As the model wrote it.
        var text: String

        /// What of it can't be seen, or acts on a terminal.
        var unsafeCount: Int { Sanitizer.unsafeCount(in: text) }
        /// As it is shown.
        var shown: String { Sanitizer.sanitize(text) }
    }

    // MARK: /copy

    func copy(_ arguments: BlockArguments) async {
        guard ["", "raw"].contains(arguments.rest) else { return await say(Sentences.usage(of: "copy")) }
        guard var part = await part(arguments.number, mayBeAll: true) else { return }
        // The end of its last line would have a shell run what is pasted before anybody has looked at it.
        if part.text.utf8.last == UInt8(ascii: "\n") { part.text.unicodeScalars.removeLast() }
        let text = arguments.rest == "raw" ? part.text : part.shown
        let outcome = await Clipboard(environment: choice.environment).copy(text)
        let isSent = outcome.program == nil && console.setClipboard(text)
        await say(Sentences.copied(part, outcome, isSent: isSent))
        if part.unsafeCount > 0, outcome.program != nil || isSent {
            await say(Sentences.copiedUnsafe(part, isRaw: arguments.rest == "raw"))
        }
    }

    // MARK: /write

    func write(_ arguments: BlockArguments) async {
        let name = arguments.rest.unquoted
        guard arguments.number != nil, !name.isEmpty else { return await say(Sentences.usage(of: "write")) }
        guard let part = await part(arguments.number) else { return }
        guard !name.utf8.contains(0) else { return await say(Sentences.usage(of: "write")) }
        let path = AttachedFile.expanded(name, home: choice.environment["HOME"])
        let bytes = Array(part.text.utf8)
        let result = await BlockingWork.result(within: .seconds(10)) {
            Result { () throws(ExportedFile.Problem) in
                try ExportedFile.write(bytes, to: path, replacing: arguments.isForced)
            }
        }
        switch result {
        case .success?:
            await say(Sentences.written(part, to: name))
            if part.unsafeCount > 0 { await say(Sentences.writtenUnsafe(part)) }
        case .failure(let problem)?: await complain(Sentences.notWritten(part, to: name, problem))
        case nil: await complain(Sentences.writingTookTooLong(name))
        }
    }

    // MARK: /pipe

    func pipe(_ arguments: BlockArguments) async {
        let command = arguments.rest
        guard arguments.number != nil, !command.isEmpty, !command.utf8.contains(0) else {
            return await say(Sentences.usage(of: "pipe"))
        }
        guard let part = await part(arguments.number) else { return }
        if part.unsafeCount > 0 { await say(Sentences.pipedUnsafe(part)) }
        // What goes there may come back to the terminal, which is the command's: so it goes as it is shown.
        let input = part.shown
        let end = await console.withTerminal { loan in ShellCommand.run(command, input: input, loan: loan) }
        if let sentence = Sentences.commandEnded(end) { await say(sentence) }
    }

    // MARK: /raw

    func setRaw(_ text: String) async {
        switch text {
        case "": look.showsSource.toggle()
        case "on": look.showsSource = true
        case "off": look.showsSource = false
        default: return await say(Sentences.usage(of: "raw"))
        }
        let answer = look.showsSource ? conversation.session.lastAnswer : nil
        await say(Sentences.raw(look.showsSource, showsLast: answer != nil))
        if let answer { await console.print(StyledLine.lines(of: answer)) }
    }

    // MARK: Parts

    /// The code block of that number; all of the answer for nil.
    ///
    /// Where there is no such part, that is said.
    private func part(_ number: Int?, mayBeAll: Bool = false) async -> AnswerPart? {
        guard let answer = conversation.session.lastAnswer else {
            await say(Sentences.noAnswer)
            return nil
        }
        guard let number else { return mayBeAll ? AnswerPart(text: answer) : nil }
        let blocks = CodeBlock.all(in: answer)
        guard blocks.indices.contains(number - 1) else {
            await say(Sentences.codeBlocks(blocks))
            return nil
        }
        return AnswerPart(number: number, text: blocks[number - 1].text)
    }
}

extension Session {
    /// The text of the last answer, without its reasoning; nil if there is none.
    var lastAnswer: String? {
        messages.last { $0.role == .assistant && $0.content?.text.isEmpty == false }.map { AnswerParts($0).content }
    }
}

extension String {
    /// Without the quotes around it, which a path doesn't need but may be given by habit.
    var unquoted: String {
        guard utf8.count >= 2, utf8.first == UInt8(ascii: "\""), utf8.last == UInt8(ascii: "\"") else { return self }
        return String(dropFirst().dropLast())
    }
}
