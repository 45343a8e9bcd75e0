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
        if isPrepared { undo.record(engine.entry) }
        needsDrawing = true
        while !ends {
            if isPrepared, engine.isVi, !hasProbed, !readsArgument {
                hasProbed = true
                return KeyCode.modeProbe.rawValue
            }
            if isPrepared, let key = decoder.next() {
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
        return nil
    }

    /// Waits for a key, mail or a signal; a character if waiting itself decided what a key was.
    private func wait() -> UInt32? {
        var descriptors = [
            pollfd(fd: configuration.terminal, events: Int16(POLLIN), revents: 0),
            pollfd(fd: mailbox.wakeReader, events: Int16(POLLIN), revents: 0),
        ]
        let timeout = decoder.timeout
        let count = poll(&descriptors, 2, timeout ?? -1)
        if count == 0 { return decoder.next(timedOut: true).flatMap { deliver($0) } }
        if count < 0 { return nil }
        if descriptors[1].revents != 0 { wakeUp() }
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
            emit(.endOfFile)
            ends = true
        }
    }

    private func wakeUp() {
        for signal in mailbox.takeSignals() where !ends { take(signal: signal) }
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
        needsDrawing = true
        for body in mail.loans { lend(to: body) }
        if mail.stops { ends = true }
    }

    /// What libedit gets for a key; nil if the key is dealt with here.
    private func deliver(_ key: Key) -> UInt32? {
        hasProbed = false
        if search != nil, !stepSearch(key) { return nil }
        if menu != nil, !stepMenu(key) { return nil }
        switch key {
        case .character(let scalar): return deliver(scalar)
        case .alt(let scalar):
            if engine.isVi { return nil }
            pushed = scalar.value
            return 0x1B
        case .code where readsArgument, .code(.escape) where engine.isVi:
            readsArgument = false
            return 0x1B
        case .code(let code): return code.rawValue
        case .paste(let text):
            pendingPaste = text
            return KeyCode.paste.rawValue
        case .ignored: return nil
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
        // f F t T @ r and Ctrl-V read a character of their own: no probe in between.
        let takesArgument = scalar == "\u{16}" || (isCommandMode && "fFtT@r".unicodeScalars.contains(scalar))
        readsArgument = !readsArgument && takesArgument
        return scalar.value
    }

    // MARK: - What takes keys before libedit

    /// Whether the key is still to be delivered.
    private func stepSearch(_ key: Key) -> Bool {
        guard var search else { return true }
        needsDrawing = true
        let step = search.step(key)
        self.search = search
        switch step {
        case .shows(let text):
            if let text { show(recalled: text) }
            return false
        case .cancelled(let entry):
            engine.entry = entry
            self.search = nil
            return false
        case .ended, .endedBefore:
            self.search = nil
            return step == .endedBefore
        }
    }

    private func stepMenu(_ key: Key) -> Bool {
        guard var menu, key != .ignored else { return key != .ignored }
        needsDrawing = true
        switch menu.step(key) {
        case .chose(let entry):
            engine.entry = entry
            self.menu = menu
            return false
        case .closed:
            self.menu = nil
            return false
        case .closedBefore:
            self.menu = nil
            return true
        }
    }
}
