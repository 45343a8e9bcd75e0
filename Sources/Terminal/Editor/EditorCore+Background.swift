import Glibc

/// What is behind the text: asked of the terminal, and answered among the keys.
extension EditorCore {
    /// Asks, before anything is drawn; the answer comes when it comes.
    func askForBackground() {
        decoder.awaitsAnswer = true
        write(TerminalModes.backgroundQuestion)
    }

    func take(_ answer: TerminalAnswer) {
        guard case .background(let background) = answer, background != renderer.colors.background else { return }
        renderer.colors.background = background
        emit(.background(background))
    }

    /// Waits a moment for an answer that is still to come, so that it doesn't land with whoever has the terminal next.
    ///
    /// Once, as a terminal that doesn't answer then never will; what is typed meanwhile is kept.
    func waitForAnswer() {
        guard decoder.awaitsAnswer, !hasWaitedForAnswer else { return }
        hasWaitedForAnswer = true
        let end = ContinuousClock.now + configuration.answerTime
        var keys: [Key] = []
        repeat {
            while let key = decoder.next() {
                if case .answer(let answer) = key { take(answer) } else { keys.append(key) }
            }
        } while decoder.awaitsAnswer && readTerminal(until: end)
        keysAhead = keys.reversed() + keysAhead
    }

    /// Reads what comes before an instant; false if nothing does.
    private func readTerminal(until end: ContinuousClock.Instant) -> Bool {
        while true {
            var input = pollfd(fd: configuration.terminal, events: Int16(POLLIN), revents: 0)
            let count = poll(&input, 1, max(Int32((end - ContinuousClock.now) / .milliseconds(1)), 0))
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return false }
            let length = read(configuration.terminal, &readBuffer, readBuffer.count)
            if length > 0 { decoder.feed(readBuffer[..<length]) }
            return length > 0
        }
    }
}
