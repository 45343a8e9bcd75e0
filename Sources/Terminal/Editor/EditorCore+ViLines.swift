/// vi's commands on lines, as libedit takes the whole entry for one.
extension EditorCore {
    /// `I`, `A`, `o`, `O`, `C` and `S`: text is typed at the start or the end of the line, on a new one, or instead of it.
    func insertInLine(_ command: EditorCommand, _ entry: Entry) -> EditorCommand.Outcome {
        var entry = entry
        let (start, end) = (entry.lineStart, entry.lineEnd)
        switch command {
        case .insertAtLineStart: entry.cursor = start
        case .insertAtLineEnd: entry.cursor = end
        case .openBelow, .openAbove:
            entry.cursor = command == .openBelow ? end : start
            entry.insert(["\n"])
            if command == .openAbove { entry.cursor = start }
            engine.entry = entry
        default:
            if command == .changeLine {
                entry.cursor = min(operatorCursor ?? entry.cursor, entry.scalars.count)
                entry.cursor = entry.lineStart
            }
            operatorCursor = nil
            engine.moveCursor(to: entry.cursor)
            if kill(to: entry.lineEnd, entry, thenInserts: true) == .done { return .done }
        }
        // First the mode: in command mode libedit keeps the cursor before the end.
        killTarget = entry.cursor
        steps += [.insertMode, .moveToTarget]
        return .done
    }

    /// What libedit gets for a key of the command mode that means another thing to it, or would be lost on it.
    func viCode(for key: Key) -> KeyCode? {
        guard isCommandMode, !readsArgument, case .character(let scalar) = key else { return nil }
        switch (scalar, repeatCount.waitingOperator) {
        // Ours would move, and leave the operator waiting.
        case ("h", .some): return .operatorLeft
        case ("l", .some): return .operatorRight
        // libedit forgets the operator, and the line is ours.
        case ("d", "d"), ("c", "c"):
            operatorCursor = engine.entry.cursor
            steps.append(scalar == "d" ? .deleteLine : .changeLine)
            return .commandMode
        case ("0", nil), ("^", nil): return repeatCount.isCounting ? nil : .home
        case ("$", nil): return .end
        default: return nil
        }
    }

    /// `dd`: the line goes with its line end, and as many below it as were counted.
    func deleteLine(_ entry: Entry) -> EditorCommand.Outcome {
        var entry = entry
        entry.cursor = min(operatorCursor ?? entry.cursor, entry.scalars.count)
        operatorCursor = nil
        var start = entry.lineStart
        for _ in 1..<repeatCount.value where entry.moveDown() {}
        var end = entry.lineEnd
        if end < entry.scalars.count { end += 1 } else if start > 0 { start -= 1 }
        entry.cursor = start
        engine.moveCursor(to: start)
        return kill(to: end, entry)
    }
}
