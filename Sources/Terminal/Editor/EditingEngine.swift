import CLibEdit
import Glibc

/// libedit: the entry, the key maps, counts and operators, kill and yank.
///
/// Not Sendable; made and used on one thread.
///
/// The C calls come back through functions without captures, as a C function pointer has none; what they need is this object.
final class EditingEngine {
    /// What libedit asks its owner for; set before ``run()``.
    struct Handlers {
        /// Waits for the next character; nil ends ``EditingEngine/run()``.
        var read: () -> UInt32?
        var perform: (EditorCommand) -> EditorCommand.Outcome
        var bell: () -> Void
    }

    var handlers: Handlers?
    private var editor: OpaquePointer?
    /// libedit's picture of the screen is out of date, as the line was changed behind its back.
    private var mustRefresh = false

    /// Makes the engine on a terminal; nil if libedit fails.
    init?(terminal: Int32, keyBindings: LineEditorConfiguration.KeyBindings) {
        let callbacks = clibedit_callbacks_t(
            read: { Unmanaged<EditingEngine>.fromOpaque($0).takeUnretainedValue().read(into: $1) },
            perform: { Unmanaged<EditingEngine>.fromOpaque($0).takeUnretainedValue().perform($1) },
            bell: { Unmanaged<EditingEngine>.fromOpaque($0).takeUnretainedValue().handlers?.bell() })
        let context = Unmanaged.passUnretained(self).toOpaque()
        guard let editor = clibedit_new("banter", terminal, keyBindings == .vi ? 1 : 0, context, callbacks) else {
            return nil
        }
        self.editor = editor
        for (number, command) in EditorCommand.allCases.enumerated() {
            _ = clibedit_add_command(editor, Int32(number), command.rawValue)
        }
    }

    deinit { if let editor { clibedit_free(editor) } }

    /// Edits until the owner has no more characters.
    func run() { if let editor { clibedit_run(editor) } }

    private func read(into character: UnsafeMutablePointer<Int32>) -> Int32 {
        guard let next = handlers?.read() else { return 0 }
        refresh()
        character.pointee = Int32(bitPattern: next)
        return 1
    }

    private func refresh() {
        if mustRefresh, let editor { clibedit_refresh(editor) }
        mustRefresh = false
    }

    private func perform(_ number: Int32) -> Int32 {
        guard EditorCommand.allCases.indices.contains(Int(number)), let handlers else { return Int32(CLIBEDIT_ERROR) }
        // Not only before the next character is read: what vi's `.` repeats isn't read again.
        defer { refresh() }
        switch handlers.perform(EditorCommand.allCases[Int(number)]) {
        case .done: return Int32(CLIBEDIT_NORMAL)
        case .refused: return Int32(CLIBEDIT_ERROR)
        case .keepsArgument: return Int32(CLIBEDIT_KEEP_ARGUMENT)
        }
    }

    // MARK: - The entry

    /// The entry as it is; setting it touches neither what was killed nor libedit's undo.
    var entry: Entry {
        get {
            guard let editor else { return Entry() }
            var (length, cursor) = (0, 0)
            return withUnsafeTemporaryAllocation(of: UnsafePointer<Int32>.self, capacity: 1) { pointer in
                guard let address = pointer.baseAddress else { return Entry() }
                clibedit_entry(editor, address, &length, &cursor)
                let scalars = UnsafeBufferPointer(start: address.pointee, count: length).map {
                    Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}"
                }
                return Entry(scalars, cursor: cursor)
            }
        }
        set {
            guard let editor else { return }
            let text = newValue.scalars.map { Int32(bitPattern: $0.value) }
            text.withUnsafeBufferPointer { buffer in
                // An empty array may have no address; libedit doesn't look at it then.
                var none: Int32 = 0
                if let address = buffer.baseAddress {
                    clibedit_set_entry(editor, address, buffer.count, newValue.cursor)
                } else {
                    clibedit_set_entry(editor, &none, 0, 0)
                }
            }
            mustRefresh = true
        }
    }

    func moveCursor(to offset: Int) {
        guard let editor else { return }
        clibedit_set_cursor(editor, offset)
        mustRefresh = true
    }

    /// Grows libedit's buffers to some size at once: its yank never does, and cuts what is too long.
    func growBuffers(toScalars count: Int) {
        let entry = entry
        self.entry = Entry(Array(repeating: " ", count: count))
        self.entry = entry
    }

    /// Ends counts, operators and vi's command mode once the running command is done.
    func startOver() { if let editor { clibedit_push(editor, Int32(KeyCode.startOver.rawValue)) } }

    // MARK: - Key maps

    var isVi: Bool {
        get { editor.map { clibedit_is_vi($0) != 0 } ?? false }
        set { if let editor { clibedit_set_vi(editor, newValue ? 1 : 0) } }
    }

    /// Binds a character to a command by its name, in vi's command map if asked.
    func bind(_ character: Unicode.Scalar, to name: String, inCommandMap: Bool = false) {
        guard let editor else { return }
        _ = clibedit_bind(editor, Int32(bitPattern: character.value), name, inCommandMap ? 1 : 0)
    }

    /// Binds a key sequence in the notation of editrc(5), in vi's command map if asked.
    func bind(sequence: String, to name: String, inCommandMap: Bool = false) {
        if let editor { _ = clibedit_bind_sequence(editor, sequence, name, inCommandMap ? 1 : 0) }
    }

    /// Runs a line in the language of editrc(5); false if libedit refuses it.
    @discardableResult
    func parse(_ line: String) -> Bool { editor.map { clibedit_parse($0, line) == 0 } ?? false }

    /// Runs a command of editrc(5), given as words; false if libedit refuses it.
    @discardableResult
    func run(_ words: [String]) -> Bool {
        guard let editor, !words.isEmpty, !words.contains(where: { $0.utf8.contains(0) }) else { return false }
        let block = words.flatMap { Array($0.utf8CString) }
        return clibedit_parse_words(editor, block, Int32(words.count)) == 0
    }

    /// What libedit prints while it runs a line.
    func output(of line: String) -> String {
        guard let editor, let text = clibedit_output(editor, line) else { return "" }
        defer { free(text) }
        return String(cString: text)
    }

    // MARK: - The terminal

    /// Enters or leaves the terminal's modes for editing.
    func setRaw(_ isRaw: Bool) { if let editor { clibedit_set_raw(editor, isRaw ? 1 : 0) } }

    /// Has libedit know an accepted entry too, for vi's last-word command; a long one would corrupt its draft.
    func remember(_ text: String) {
        let scalars = text.unicodeScalars.map { Int32(bitPattern: $0.value) }
        guard let editor, scalars.count < 1000 else { return }
        scalars.withUnsafeBufferPointer { buffer in
            if let address = buffer.baseAddress { clibedit_add_history(editor, address, buffer.count) }
        }
    }
}
