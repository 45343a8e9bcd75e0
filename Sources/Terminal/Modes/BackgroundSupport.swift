/// Which terminals are asked for their background: those that answer, or at least say quietly that they have read the question.
///
/// Kinds, not programs, as only the kind goes along over ssh. The consoles, the terminal of Emacs and GNU screen show parts of what
/// they don't know, or never answer.
enum BackgroundSupport {
    private static let kinds = [
        "xterm", "tmux", "foot", "alacritty", "wezterm", "ghostty", "kitty", "rxvt-unicode", "konsole", "contour",
        "rio",
        "st-", "mintty", "vte", "gnome", "iterm", "putty",
    ]

    static func isKnown(_ environment: (String) -> String?) -> Bool {
        let kind = environment("TERM") ?? ""
        // In tmux the kind may be that of screen, and it is tmux that answers.
        if environment("TMUX") != nil { return kind.hasPrefix("tmux") || kind.hasPrefix("screen") }
        return environment("STY") == nil && kinds.contains { kind.hasPrefix($0) }
    }
}
