import TestSupport
import Testing

/// The windows that everything at the prompt is tried in.
struct WindowSize: CustomTestStringConvertible, Sendable {
    let columns: Int
    let rows: Int

    /// A usual window and a very small one.
    static let both = [WindowSize(columns: 80, rows: 24), WindowSize(columns: 20, rows: 6)]

    var testDescription: String { "\(columns)×\(rows)" }
}

extension Home {
    /// Runs Banter in a window of some size, with the model `test-model`, and waits for its prompt.
    func prompt(
        in window: WindowSize, _ arguments: String..., foreign: PseudoTerminal.Foreign = .nothing,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> BanterOnTerminal {
        let banter = try BanterOnTerminal(
            in: self, ["-m", "test-model"] + arguments, rows: window.rows, columns: window.columns, foreign: foreign,
            sourceLocation: sourceLocation)
        try await banter.showsPrompt()
        return banter
    }
}
