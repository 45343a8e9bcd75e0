/// The clipboard, which no sequence may be sent for that nobody has asked for.
extension TerminalScreen {
    /// Keeps what OSC 52 would put there.
    mutating func noteClipboard(_ text: String) {
        let start = "]52;c;"
        if text.hasPrefix(start) { clipboard.append(String(text.dropFirst(start.count))) }
    }
}
