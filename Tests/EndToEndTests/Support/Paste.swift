import TestSupport

extension BanterOnTerminal {
    /// Pastes a text, as a terminal with bracketed paste does.
    func paste(_ text: String) { type("\u{1B}[200~\(text)\u{1B}[201~") }

    /// Types keys, and waits for the entry to be as given, in whatever rows and however styled; the prompt goes before it.
    func type(_ keys: String, shows entry: String) async throws {
        type(keys)
        let wanted = entry.filter { !$0.isWhitespace }
        try await terminal.wait(for: "the entry “\(entry)” after \(keys.debugDescription)") { screen in
            let text = screen.allLines.joined().filter { !$0.isWhitespace }
            // The other one is that of vi's command mode.
            return text.lastIndex { "›‹".contains($0) }.map { text[text.index(after: $0)...] == wanted } ?? false
        }
    }
}
