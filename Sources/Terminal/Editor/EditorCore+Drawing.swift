/// What is on the screen.
extension EditorCore {
    /// The prompt as the terminal has room for it, and as vi's mode wants it.
    private var shownPrompt: Prompt {
        let fitted = prompt.fitted(columns: renderer.size.columns)
        return isCommandMode ? fitted.inCommandMode : fitted
    }

    /// Draws what has changed, in one write.
    func draw() {
        guard needsDrawing else { return }
        needsDrawing = false
        let entry = engine.entry
        var content = RegionContent(
            open: open, status: status,
            entry: EntryLayout(
                entry, prompt: shownPrompt, folds: folds, columns: renderer.size.columns, highlighted: shownMatch,
                suggestion: shownSuggestion(for: entry)))
        if let search {
            content.below = [
                Row.cutting(search.line(columns: renderer.size.columns), columns: renderer.size.columns)
            ]
        } else if menu != nil {
            content.below =
                menu?.rows(columns: renderer.size.columns, height: content.roomBelow(height: renderer.size.rows)) ?? []
        }
        let frame = content.frame(size: renderer.size, scroll: &scroll)
        let lines = finished
        let rings = rings
        (finished, self.rings) = ([], false)
        write(renderer.draw(frame, finished: lines, rings: rings))
    }

    /// Draws what waits, the open block as if it were finished: what was on the screen doesn't vanish with the region.
    func drawLast() {
        finished += open
        (open, status) = ([], nil)
        needsDrawing = true
        draw()
    }

    /// Looks at the terminal's size, and draws the region anew: there and back again in no time looks like no change, but the
    /// terminal may have lost rows on the way.
    func noticeSize() {
        let size = TerminalEnvironment.size(of: configuration.terminal) ?? .standard
        let isSame = size == renderer.size
        write(renderer.resize(to: size))
        needsDrawing = true
        if isSame { return }
        mailbox.size = size
        emit(.resized(size))
    }
}
