import Glibc

/// The person's own key bindings.
extension EditorCore {
    /// A larger file is none that a person wrote.
    private static let maximumEditrcBytes = 1 << 18

    /// Obeys the `bind` lines of `$EDITRC`, else `~/.editrc` (editrc(5)).
    ///
    /// The other commands concern the screen and the terminal's modes, which libedit doesn't have here. Lines that can't be
    /// obeyed are passed over, where libedit would stop at the first.
    func readEditrc() {
        guard let text = EditorCore.editrc() else { return }
        let lines = text.split(whereSeparator: \.isNewline)
        // A change of the editor resets the key maps, so it comes before all bindings, ours too.
        for line in lines {
            guard let line = EditrcLine(line, isVi: engine.isVi), line.changesEditor else { continue }
            engine.run(line.words)
            bindKeys()
        }
        for line in lines {
            guard let line = EditrcLine(line, isVi: engine.isVi), !line.changesEditor else { continue }
            engine.run(line.words)
        }
    }

    private static func editrc() -> String? {
        let path =
            getenv("EDITRC").map { String(cString: $0) } ?? getenv("HOME").map { String(cString: $0) + "/.editrc" }
        guard let path, let file = try? HistoryFile.contents(ofFile: path, limit: maximumEditrcBytes) else {
            return nil
        }
        return String(decoding: file.bytes, as: UTF8.self)
    }
}
