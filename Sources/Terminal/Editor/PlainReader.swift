import CLibEdit
import Glibc

/// The thread of a ``PlainConsole``: bytes to lines, mail to text.
final class PlainReader {
    /// A longer line is handed on in parts.
    private static let maximumLine = 1 << 20
    /// An entry of several lines that is longer is handed on as it is.
    private static let maximumEntry = 8 << 20

    private let input: Int32
    private let output: Int32
    private let writer: TerminalWriter
    private let mailbox: EditorMailbox
    private let offer: (LineEditorEvent) -> Bool
    private var prompt: Prompt
    private var isBusy = false
    private var showsPrompt = false
    private var line: [UInt8] = []
    /// The lines of an entry that isn't complete, each with its line feed.
    private var entry = ""
    private let isComplete: (String) -> Bool
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var ends = false

    init(
        input: Int32, output: Int32, prompt: Prompt, mailbox: EditorMailbox,
        isComplete: @escaping (String) -> Bool, offer: @escaping (LineEditorEvent) -> Bool
    ) {
        (self.input, self.output, self.prompt, self.mailbox, self.offer) = (input, output, prompt, mailbox, offer)
        self.isComplete = isComplete
        writer = TerminalWriter(output: output, wake: mailbox.wakeReader)
    }

    func run() {
        let guardNumber = clibedit_guard_open(-1, mailbox.wakeWriter, "")
        receiveMail()
        while !ends { wait() }
        if showsPrompt { write("\n") }
        if guardNumber >= 0, !isTerminated { clibedit_guard_close(guardNumber) }
    }

    private var isTerminated = false

    private func write(_ text: String) {
        // Output that is gone shows itself when the input ends.
        writer.write(Array(text.utf8)) { [self] in
            pendingSignals += mailbox.takeSignals()
            return pendingSignals.allSatisfy { $0 != SIGTERM && $0 != SIGHUP }
        }
    }

    /// What came while a write waited.
    private var pendingSignals: [Int32] = []

    private func wait() {
        if !isBusy, !showsPrompt, !awaitsReader, line.isEmpty {
            let fitted = prompt.fitted(columns: TerminalEnvironment.size(of: output)?.columns ?? 80)
            write(entry.isEmpty ? fitted.main.text : fitted.continuation.text)
            showsPrompt = true
        }
        let isFull = !offerBacklog()
        if inputEnded, !isFull {
            ends = true
            return
        }
        var descriptors = [
            pollfd(fd: isFull || inputEnded ? -1 : input, events: Int16(POLLIN), revents: 0),
            pollfd(fd: mailbox.wakeReader, events: Int16(POLLIN), revents: 0),
        ]
        // Nobody tells when the events have been read.
        let count = poll(&descriptors, 2, !pendingSignals.isEmpty ? 0 : isFull ? 20 : awaitsReader ? 100 : -1)
        awaitsReader = false
        if !pendingSignals.isEmpty { return wakeUp() }
        guard count > 0 else { return }
        // What has been posted comes first: a prompt that is due now stands before what is read.
        if descriptors[1].revents != 0 { return wakeUp() }
        if descriptors[0].revents != 0 { readInput() }
    }

    private func readInput() {
        let count = read(input, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            if !line.isEmpty { endLine() }
            // What is still open is all that there is.
            if !entry.isEmpty { endEntry() }
            emit(.endOfFile)
            inputEnded = true
            return
        }
        for byte in buffer[..<count] {
            if byte == 0x0A {
                endLine()
            } else {
                line.append(byte)
                if line.count >= PlainReader.maximumLine { endPart() }
            }
        }
    }

    /// Events that their reader has no room for yet; meanwhile no more is read.
    private var backlog: [LineEditorEvent] = []
    private var inputEnded = false

    private func emit(_ event: LineEditorEvent) { if !backlog.isEmpty || !offer(event) { backlog.append(event) } }

    /// Whether all events could be told.
    private func offerBacklog() -> Bool {
        backlog.removeFirst(backlog.prefix { offer($0) }.count)
        return backlog.isEmpty
    }

    /// Takes a line; as in the editor it may leave the entry open, by an odd number of backslashes or by its meaning.
    private func endLine() {
        if line.last == 0x0D { line.removeLast() }
        takeLine()
        if entry.utf8.count >= PlainReader.maximumEntry {
            endEntry()
        } else if !isComplete(entry) {
            entry += "\n"
        } else if entry.utf8.reversed().prefix(while: { $0 == 0x5C }).count % 2 == 1 {
            entry.removeLast()
            entry += "\n"
        } else {
            endEntry()
        }
    }

    /// Takes a part of a line that is too long; what is open goes with it.
    private func endPart() {
        takeLine()
        endEntry()
    }

    private func takeLine() {
        entry += String(decoding: line, as: UTF8.self)
        line = []
        showsPrompt = false
    }

    /// An entry was handed on, and its reader is likely to say in a moment that it is busy with that.
    private var awaitsReader = false

    private func endEntry() {
        awaitsReader = true
        emit(.line(entry))
        entry = ""
    }

    private func wakeUp() {
        let signals = pendingSignals + mailbox.takeSignals()
        pendingSignals = []
        for signal in signals where !ends { take(signal: signal) }
        if !ends { receiveMail() }
    }

    private func take(signal: Int32) {
        switch signal {
        case SIGINT:
            // The terminal has thrown away what was typed.
            if showsPrompt { write("\n") }
            showsPrompt = false
            emit(.interrupt(hadText: !line.isEmpty || !entry.isEmpty))
            (line, entry) = ([], "")
        case SIGTSTP:
            clibedit_guard_stop(0)
            showsPrompt = false
        case SIGWINCH: TerminalEnvironment.size(of: output).map { emit(.resized($0)) }
        case SIGTERM, SIGHUP:
            writer.hurry()
            emit(.terminated(signal: signal))
            isTerminated = true
            ends = true
        default: break
        }
    }

    private func receiveMail() {
        let mail = mailbox.take()
        if let prompt = mail.prompt { self.prompt = prompt }
        if !mail.finished.isEmpty {
            write((showsPrompt ? "\n" : "") + mail.finished.map { $0.text + "\n" }.joined())
            showsPrompt = false
        }
        if let status = mail.status { hasStatus = status != nil }
        if let open = mail.open { hasOpenBlock = !open.isEmpty }
        if let holdsEntries = mail.holdsEntries { self.holdsEntries = holdsEntries }
        isBusy = hasStatus || hasOpenBlock || holdsEntries
        for borrower in mail.loans {
            mailbox.run(borrower)
            showsPrompt = false
        }
        if let text = mail.composed { compose(text) }
        if mail.stops { ends = true }
    }

    private func compose(_ text: String) {
        guard isatty(input) == 1 else { return write("An editor needs a terminal.\n") }
        var result: Result<String, ExternalEditorError> = .success("")
        mailbox.run { result = ExternalEditor.edit(text, terminal: input, loan: $0) }
        showsPrompt = false
        switch result {
        case .success(let edited) where edited.allSatisfy(\.isWhitespace):
            write("Nothing was saved in the editor.\n")
        case .success(let edited): emit(.held(edited))
        case .failure(let error): write("\(error.description)\n")
        }
    }

    private var hasStatus = false
    private var hasOpenBlock = false
    private var holdsEntries = false
}
