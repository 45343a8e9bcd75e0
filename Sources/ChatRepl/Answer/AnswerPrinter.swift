import ChatApi
import ChatSession
import Synchronization
import Terminal

/// Writes an answer to standard output as it arrives: as it is to a file or pipe, harmless to a terminal.
final class AnswerPrinter: Sendable {
    private struct State {
        var isClosed = false
        var endsLine = true
        var hasContent = false
    }

    private let output: TerminalOutput
    private let isTerminal: Bool
    private let state = Mutex(State())

    init(output: TerminalOutput, isTerminal: Bool) {
        self.output = output
        self.isTerminal = isTerminal
    }

    /// Whether the reader has gone.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Writes the text of an answer or a refusal; reasoning is left out.
    ///
    /// What turns out to have been reasoning is written already; its tag behind it says so.
    func print(_ event: TurnEvent) {
        switch event {
        case .content(let text), .refusal(let text): write(text)
        case .contentWasReasoning: write("</think>\n\n")
        case .reasoning, .started: break
        }
    }

    /// Ends the last line.
    func finish() {
        if state.withLock({ !$0.endsLine }) { write("\n") }
    }

    /// Writes a JSON object on one line.
    func print(json: JSONObject) {
        write(String(decoding: JSONValue.object(json).serialized(), as: UTF8.self) + "\n")
    }

    private func write(_ text: String) {
        let text = isTerminal ? Sanitizer.sanitize(text) : text
        state.withLock { state in
            if state.isClosed { return }
            state.endsLine = text.utf8.last == UInt8(ascii: "\n")
            do { try output.write(Array(text.utf8)) } catch { state.isClosed = true }
        }
    }
}
