import CLibEdit
import Glibc

/// The thread of a ``PlainConsole``: bytes to lines, mail to text.
final class PlainReader {
    /// A longer line is handed on in parts.
    private static let maximumLine = 1 << 20

    private let input: Int32
    private let output: Int32
    private let mailbox: EditorMailbox
    private let offer: (LineEditorEvent) -> Bool
    private var prompt: Prompt
    private var isBusy = false
    private var showsPrompt = false
    private var line: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var ends = false

    init(
        input: Int32, output: Int32, prompt: Prompt, mailbox: EditorMailbox, offer: @escaping (LineEditorEvent) -> Bool
    ) {
        (self.input, self.output, self.prompt, self.mailbox, self.offer) = (input, output, prompt, mailbox, offer)
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
        _ = TerminalOutput.write(Array(text.utf8), to: output)
    }

    private func wait() {
        if !isBusy, !showsPrompt, line.isEmpty {
            write(prompt.main.text)
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
        guard poll(&descriptors, 2, isFull ? 20 : -1) > 0 else { return }
        if descriptors[1].revents != 0 { wakeUp() }
        if descriptors[0].revents != 0, !ends { readInput() }
    }

    private func readInput() {
        let count = read(input, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count > 0 else {
            if !line.isEmpty { endLine() }
            emit(.endOfFile)
            inputEnded = true
            return
        }
        for byte in buffer[..<count] {
            if byte == 0x0A {
                endLine()
            } else {
                line.append(byte)
                if line.count >= PlainReader.maximumLine { endLine() }
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

    private func endLine() {
        if line.last == 0x0D { line.removeLast() }
        emit(.line(String(decoding: line, as: UTF8.self)))
        line = []
        showsPrompt = false
    }

    private func wakeUp() {
        for signal in mailbox.takeSignals() where !ends { take(signal: signal) }
        if !ends { receiveMail() }
    }

    private func take(signal: Int32) {
        switch signal {
        case SIGINT:
            // The terminal has thrown away what was typed.
            if showsPrompt { write("\n") }
            showsPrompt = false
            emit(.interrupt(hadText: !line.isEmpty))
            line = []
        case SIGTSTP:
            clibedit_guard_stop(0)
            showsPrompt = false
        case SIGWINCH: TerminalEnvironment.size(of: output).map { emit(.resized($0)) }
        case SIGTERM, SIGHUP:
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
        for borrower in mail.loans { mailbox.run(borrower) }
        if mail.stops { ends = true }
    }

    private var hasStatus = false
    private var hasOpenBlock = false
    private var holdsEntries = false
}
