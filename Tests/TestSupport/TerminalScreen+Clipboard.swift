/// The clipboard, which no sequence may be sent for that nobody has asked for.
extension TerminalScreen {
    /// Keeps what OSC 52 puts there, in base64; false for anything else.
    mutating func noteClipboard(_ text: String) -> Bool {
        guard let match = text.wholeMatch(of: /\]52;c;([A-Za-z0-9+\/]*={0,2})/) else { return false }
        clipboard.append(String(match.1))
        return true
    }
}
