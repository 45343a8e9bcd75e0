/// Which terminals take the marks of OSC 133: those that say so by their names.
///
/// Others mostly ignore them, but some show their bytes. A multiplexer stands before its terminal, whose variables it hands on.
enum PromptMarkSupport {
    private static let programs: Set<String> = [
        "WezTerm", "ghostty", "iTerm.app", "vscode", "WarpTerminal", "contour", "rio",
    ]
    private static let kinds = ["xterm-kitty", "xterm-ghostty", "foot", "contour", "wezterm", "rio"]

    static func isKnown(_ environment: (String) -> String?) -> Bool {
        let kind = environment("TERM") ?? ""
        let program = environment("TERM_PROGRAM") ?? ""
        switch TerminalMultiplexer(environment) {
        // It keeps the marks, and finds its way by them.
        case .tmux(let version): return version >= (3, 4)
        case .other: return false
        case nil: if kind == "dumb" { return false }
        }
        if programs.contains(program) || kinds.contains(where: { kind.hasPrefix($0) }) { return true }
        // VTE 0.76, Konsole 22.08.
        let versions = [("VTE_VERSION", 7600), ("KONSOLE_VERSION", 220_800)]
        if versions.contains(where: { (environment($0).flatMap { Int($0) } ?? 0) >= $1 }) { return true }
        return ["KITTY_WINDOW_ID", "WT_SESSION", "WEZTERM_PANE", "GHOSTTY_RESOURCES_DIR"].contains {
            environment($0) != nil
        }
    }
}
