import Glibc

/// What libedit reads: keys, and what has to happen between them.
extension EditorCore {
    /// The next character for libedit (EL_GETCFN).
    ///
    /// Between two keys this is where everything waits and is drawn.
    func nextCharacter() -> UInt32? {
        if let pushed {
            self.pushed = nil
            return pushed
        }
        if !steps.isEmpty { return steps.removeFirst().rawValue }
        if isPrepared {
            takeBackCodes()
            undo.record(engine.entry)
        }
        if refreshesMenu { refreshMenu() }
        needsDrawing = true
        while !ends {
            if isPrepared, engine.isVi, !hasProbed, !readsArgument {
                hasProbed = true
                return KeyCode.modeProbe.rawValue
            }
            if isPrepared, let key = behindEscape.popLast() ?? keysAhead.popLast() ?? decoder.next() {
                if let character = deliver(key) { return character }
                continue
            }
            draw()
            if !isPrepared {
                prepare()
            } else if let character = wait() {
                return character
            }
        }
        // As soon as it has nothing to read any more, libedit gives the terminal's modes back.
        if hasTerminal, decoder.awaitsAnswer {
            drawLast()
            waitForAnswer()
        }
        return nil
    }

    /// Takes a code of ours out of the text, which a command that reads a character of its own has put there, such as Ctrl-V or the
    /// repetition of one; and what was pasted then is inserted after all.
    func takeBackCodes() {
        var entry = engine.entry
        let codes = entry.scalars[..<entry.cursor].count { KeyCode.scalars.contains($0) }
        if codes > 0 || entry.scalars.contains(where: { KeyCode.scalars.contains($0) }) {
            entry = Entry(entry.scalars.filter { !KeyCode.scalars.contains($0) }, cursor: entry.cursor - codes)
            engine.entry = entry
        }
        if !pendingPaste.isEmpty { _ = perform(.paste) }
    }

    /// Waits for a key, mail or a signal; a character if waiting itself decided what a key was.
    private func wait() -> UInt32? {
        answerQuestions()
        var descriptors = [
            pollfd(fd: configuration.terminal, events: Int16(POLLIN), revents: 0),
            pollfd(fd: mailbox.wakeReader, events: Int16(POLLIN), revents: 0),
        ]
        let timeout = decoder.timeout
        let count = poll(&descriptors, 2, pendingSignals.isEmpty ? timeout ?? -1 : 0)
        if !pendingSignals.isEmpty {
            wakeUp()
            return nil
        }
        if count == 0 { return decoder.next(timedOut: true).flatMap { deliver($0) } }
        if count < 0 { return nil }
        if descriptors[1].revents != 0 {
            wakeUp()
            // Whoever had the terminal meanwhile may have read what was there, and read(2) would wait for the next key.
            if descriptors[0].revents != 0 { poll(&descriptors, 1, 0) }
        }
        if descriptors[0].revents != 0, !ends { readTerminal() }
        return nil
    }

    private func readTerminal() {
        let count = read(configuration.terminal, &readBuffer, readBuffer.count)
        if count > 0 {
            let input = readBuffer[..<count]
            decoder.feed(readsTypeAhead ? input.map { $0 == 0x0A ? 0x0D : $0 }[...] : input)
            readsTypeAhead = false
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            // The terminal is gone.
            keepDraft()
            emit(.endOfFile)
            ends = true
        }
    }

    private func wakeUp() {
        let signals = pendingSignals + mailbox.takeSignals()
        pendingSignals = []
        for signal in signals where !ends { take(signal: signal) }
        if !ends { receiveMail() }
    }

    private func take(signal: Int32) {
        switch signal {
        case SIGWINCH: noticeSize()
        case SIGCONT: continued()
        case SIGTSTP: suspend(wholeGroup: false)
        case SIGINT: interrupt()
        case SIGTERM, SIGHUP: terminate(signal: signal)
        default: break
        }
    }

    /// Takes over what others have posted.
    func receiveMail() {
        let mail = mailbox.take()
        finished += mail.finished
        if let open = mail.open { self.open = open }
        if let prompt = mail.prompt { self.prompt = prompt }
        if let status = mail.status { self.status = status }
        if let holdsEntries = mail.holdsEntries { self.holdsEntries = holdsEntries }
        sayNotices()
        if let title = mail.title {
            self.title = title
            write(modes.windowTitle(title))
        }
        if let text = mail.clipboard {
            var encoder = EscapeEncoder(colors: .none)
            encoder.clipboard(text)
            write(encoder.bytes)
        }
        for text in mail.givenBack { giveBack(text) }
        if let offersTakeBack = mail.offersTakeBack { (self.offersTakeBack, isTakingBack) = (offersTakeBack, false) }
        questions += mail.questions
        needsDrawing = true
        if mail.completionsChanged { completionsChanged() }
        for body in mail.loans { lend(to: body) }
        if let text = mail.composed { compose(text) }
        if mail.stops { ends = true }
    }

    /// What libedit gets for a key; nil if the key is dealt with here.
    private func deliver(_ key: Key) -> UInt32? {
        if case .answer(let answer) = key {
            take(answer)
            return nil
        }
        hasProbed = false
        if key != .ignored { awaitedCompletion = nil }
        if search != nil, !stepSearch(key) { return nil }
        if menu != nil, !stepMenu(key) { return nil }
        let viCode = viCode(for: key)
        if !readsArgument, key != .ignored { repeatCount.take(key, inCommandMode: isCommandMode) }
        if let viCode { return viCode.rawValue }
        switch key {
        case .character(let scalar): return deliver(scalar)
        case .alt(let scalar):
            if engine.isVi {
                // vi has no Alt: it is Esc and a key that came with it.
                behindEscape = [.character(scalar)]
                return deliver(.code(.escape))
            }
            pushed = scalar.value
            return 0x1B
        case .code where readsArgument, .code(.escape) where engine.isVi:
            readsArgument = false
            return 0x1B
        case .code(let code): return code.rawValue
        case .paste(let text):
            pendingPaste = text
            // It was the argument, if one was waited for.
            readsArgument = false
            return KeyCode.paste.rawValue
        case .answer, .ignored: return nil
        }
    }

    private func deliver(_ scalar: Unicode.Scalar) -> UInt32? {
        guard engine.isVi else { return scalar.value }
        if isCommandMode, !readsArgument, scalar.value > 0xFF {
            // libedit would insert it.
            rings = true
            needsDrawing = true
            return nil
        }
        // f F t T @ r, Ctrl-V and Ctrl-X read a character of their own: no probe in between.
        let takesArgument =
            scalar == "\u{16}" || scalar == "\u{18}" || (isCommandMode && "fFtT@r".unicodeScalars.contains(scalar))
        if isCommandMode, !readsArgument { repeatCount.begin(scalar) }
        readsArgument = !readsArgument && takesArgument
        return scalar.value
    }
}
