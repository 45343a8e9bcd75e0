/// What is pasted into a full-screen view, key by key, until the terminal says that it is over.
struct PastedKeys {
    /// A terminal that says nothing for so long isn't going to say that it is over.
    private static let longestSilence = Duration.seconds(1)

    /// The text, on one line, as much as a line can hold.
    private(set) var text = ""
    private var count = 0
    private var latest = ContinuousClock.now

    /// Takes a key; one that isn't a character, or a blank in its place, is none of the text.
    mutating func append(_ key: FullScreenKey) {
        latest = .now
        guard count < LineField.longest else { return }
        switch key {
        case .text(let scalar): text.unicodeScalars.append(scalar)
        case .enter, .tab: text += " "
        default: return
        }
        count += 1
    }

    /// Whether its end is overdue.
    func isOver(at moment: ContinuousClock.Instant = .now) -> Bool { latest.duration(to: moment) > Self.longestSilence }
}
