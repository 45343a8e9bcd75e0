/// What is on the screen.
extension EditorCore {
    func write(_ bytes: [UInt8]) {
        if bytes.isEmpty { return }
        // A terminal that is gone shows itself when it is read.
        _ = TerminalOutput.write(bytes, to: configuration.terminal)
    }

    /// Draws what has changed, in one write.
    func draw() {
        guard needsDrawing else { return }
        needsDrawing = false
        var content = RegionContent(
            open: open, status: status,
            entry: EntryLayout(engine.entry, prompt: prompt, folds: folds, columns: renderer.size.columns))
        if let search {
            content.below = [Row.cutting(search.line, columns: renderer.size.columns)]
        } else if let menu {
            content.below = menu.rows(columns: renderer.size.columns)
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
        engine.resize()
        mailbox.size = size
        emit(.resized(size))
    }
}
