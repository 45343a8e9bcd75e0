/// Which terminals have links that can be clicked (OSC 8): those that say so by their names.
///
/// Others mostly ignore the sequence, but some show its bytes. (Versions by github.com/Alhadis/OSC8-Adoption.)
enum HyperlinkSupport {
    private static let programs = ["WezTerm": (0, 0), "ghostty": (0, 0), "iTerm.app": (3, 1), "vscode": (1, 72)]
    private static let kinds = ["xterm-kitty", "xterm-ghostty", "foot", "wezterm", "contour"]

    static func isKnown(_ environment: (String) -> String?) -> Bool {
        let kind = environment("TERM") ?? ""
        let version = environment("TERM_PROGRAM_VERSION") ?? ""
        switch TerminalMultiplexer(environment) {
        // It keeps links, and hands them on if it was told that its terminal has them.
        case .tmux(let version): return version >= (3, 4)
        case .other: return false
        case nil: break
        }
        // The terminals within Emacs have the variables of the one that it was started from.
        if ["", "dumb"].contains(kind) || environment("INSIDE_EMACS") != nil { return false }
        if let wanted = programs[environment("TERM_PROGRAM") ?? ""] { return ProgramVersion(version) >= wanted }
        if kinds.contains(where: { kind.hasPrefix($0) }) { return true }
        // VTE 0.52.2, as those before may crash; Konsole 20.12.
        let versions = [("VTE_VERSION", 5202), ("KONSOLE_VERSION", 201_200)]
        if versions.contains(where: { (environment($0).flatMap { Int($0) } ?? 0) >= $1 }) { return true }
        return ["KITTY_WINDOW_ID", "WT_SESSION", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR"].contains {
            environment($0) != nil
        }
    }
}

/// A program that stands between this one and the terminal, whose variables it hands on.
enum TerminalMultiplexer {
    case tmux(ProgramVersion)
    /// GNU screen, or a tmux that doesn't tell its version.
    case other

    init?(_ environment: (String) -> String?) {
        let kind = environment("TERM") ?? ""
        let isTmux = environment("TERM_PROGRAM") == "tmux"
        if environment("TMUX") != nil || isTmux || kind.hasPrefix("tmux") {
            self = isTmux ? .tmux(ProgramVersion(environment("TERM_PROGRAM_VERSION") ?? "")) : .other
        } else if environment("STY") != nil || kind.hasPrefix("screen") {
            self = .other
        } else {
            return nil
        }
    }
}

/// The first two numbers of a program's version, such as 3 and 4 of `next-3.4a`.
struct ProgramVersion {
    let numbers: (Int, Int)

    init(_ text: String) {
        let numbers = text.drop { !("0"..."9").contains($0) }.split(separator: ".")
            .map { Int($0.prefix { ("0"..."9").contains($0) }) ?? 0 }
        self.numbers = (numbers.first ?? 0, numbers.count > 1 ? numbers[1] : 0)
    }

    static func >= (version: ProgramVersion, wanted: (Int, Int)) -> Bool { version.numbers >= wanted }
}
