import ChatApi
import ChatSession
import Synchronization
import Terminal

/// Writes an answer to standard output as it arrives: as it is to a file or pipe, harmless to a terminal.
final class AnswerPrinter: Sendable {
    private struct State {
        var isClosed = false
        var endsLine = true
        /// Between the answer and a terminal; nil where the reader gets it as it is.
        var sanitizer: StreamingSanitizer?
    }

    private let output: TerminalOutput
    private let state: Mutex<State>

    init(output: TerminalOutput, isTerminal: Bool) {
        self.output = output
        state = Mutex(State(sanitizer: isTerminal ? StreamingSanitizer() : nil))
    }

    /// Whether the reader has gone.
    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Writes the text of an answer or a refusal; reasoning is left out.
    ///
    /// What turns out to have been reasoning is written already; its tag behind it says so.
    func print(_ event: TurnEvent) {
        switch event {
        case .content(let text), .refusal(let text): append(text)
        case .contentWasReasoning: append("</think>\n\n")
        case .reasoning, .started: break
        }
    }

    private func append(_ text: String) { state.withLock { write($0.sanitizer?.append(text) ?? text, &$0) } }

    /// Writes what was held back, and ends the last line.
    func finish() {
        state.withLock { state in
            write(state.sanitizer?.finish() ?? "", &state)
            if !state.endsLine { write("\n", &state) }
        }
    }

    /// Writes a JSON object on one line.
    func print(json: JSONObject) {
        state.withLock { write(json.line, &$0) }
    }

    private func write(_ text: String, _ state: inout State) {
        if state.isClosed || text.isEmpty { return }
        state.endsLine = text.utf8.last == UInt8(ascii: "\n")
        do { try output.write(Array(text.utf8)) } catch { state.isClosed = true }
    }
}
