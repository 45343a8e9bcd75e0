import ChatApi
import Glibc

/// The answer in flight, on disk as it arrives: JSON lines in `<id>.partial`.
///
/// 1. An answer begins with a line that says behind how many messages it belongs; each further line holds what came next.
/// 2. Text is written before it is shown, so that a killed process loses none, and reaches the disk within a second, in case the
///    machine dies (`JournalSynchronizer`). The file begins with the first word, so a turn that fails at once costs nothing.
/// 3. A journal that is there already holds an answer that couldn't be saved; the next answer is put behind it.
/// 4. It is removed only when the saved session holds every answer in it (`remove`).
struct AnswerJournal: ~Copyable {
    /// After a failure it is left alone for so long.
    private static let pause = Duration.seconds(1)

    private let path: String
    private let header: JSONObject
    private var file: FileDescriptor?
    private var synchronizer: JournalSynchronizer?
    /// What isn't written yet, because it couldn't be: a disk that is full may have room again.
    private var pending: [UInt8] = []
    /// How much of the file is whole lines; behind them a failed write may have left half of one.
    private var size = 0
    private var failed: ContinuousClock.Instant?
    private var sums = Tally()
    private var isAlone = false

    init(path: String, messageCount: Int, model: String?) {
        self.path = path
        header = ["after": .number(JSONNumber(messageCount)), "model": model.map(JSONValue.string) ?? .null]
    }

    deinit { synchronizer?.end() }

    /// Adds what came; what can't be written is kept and tried again, as the answer itself must go on.
    mutating func append(_ event: TurnEvent) {
        switch event {
        case .content(let text):
            sums.content += text.utf8.count
            append(["content": .string(text)])
        case .reasoning(let text):
            sums.reasoning += text.utf8.count
            append(["reasoning": .string(text)])
        case .refusal(let text):
            sums.refusal += text.utf8.count
            append(["refusal": .string(text)])
        case .started, .contentWasReasoning: break
        }
    }

    private mutating func append(_ line: JSONObject) {
        pending += Self.line(line)
        if let failed, failed.duration(to: .now) < Self.pause { return }
        write()
    }

    /// Tries once more to write what couldn't be written, at the end of the answer.
    mutating func finish() { if !pending.isEmpty { write() } }

    private mutating func write() {
        do throws(FileSystemError) {
            if file == nil { try open() }
            if failed != nil { try file?.truncate(to: size) }
            try file?.write(pending)
            size += pending.count
            synchronizer?.noteWritten(pending.count)
            pending.removeAll(keepingCapacity: true)
            failed = nil
        } catch {
            failed = .now
        }
    }

    private mutating func open() throws(FileSystemError) {
        let opened = try FileDescriptor(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK)
        let status = try opened.status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileSystemError("write", path, EOPNOTSUPP) }
        synchronizer = try JournalSynchronizer(path: path)
        size = Int(status.st_size)
        isAlone = size == 0
        // The line break ends what a killed process may have left behind, half a line.
        pending = (size > 0 ? [Self.lineBreak] : []) + Self.line(header) + pending
        file = consume opened
    }

    private static let lineBreak = UInt8(ascii: "\n")

    private static func line(_ fields: JSONObject) -> [UInt8] { JSONValue.object(fields).serialized() + [lineBreak] }

    /// How much a journal holds, in bytes.
    struct Tally: Hashable, Sendable {
        var file = 0
        var content = 0
        var reasoning = 0
        var refusal = 0

        /// Whether a message has as much.
        fileprivate func isHeld(by message: ChatCompletionRequestMessage?) -> Bool {
            guard let message else { return false }
            let answer = ChatCompletionResponseMessage(fields: message.fields)
            func holds(_ text: String?, _ count: Int) -> Bool { (text ?? "").utf8.count >= count }
            return holds(answer.content, content) && holds(answer.reasoning, reasoning)
                && holds(message.refusal, refusal)
        }
    }

    /// How much there is of this answer; nil unless it is all there, and nothing else.
    var tally: Tally? {
        guard isAlone, pending.isEmpty else { return nil }
        var tally = sums
        tally.file = size
        return tally
    }

    /// What a journal tells of an answer that was cut off by the end of the process.
    struct Remains: Equatable {
        var messageCount: Int
        var model: String?
        var content = ""
        var reasoning = ""
        var refusal = ""

        var isEmpty: Bool { content.isEmpty && reasoning.isEmpty && refusal.isEmpty }
    }

    /// Of so many answers, the last ones, a journal tells; nobody has as many that couldn't be saved.
    private static let maximumRemains = 1000

    /// Reads a journal: the answers in it that have a text.
    ///
    /// A line that is cut off is left out.
    /// - Throws: `FileSystemError`, unless there simply is no journal.
    static func remains(at path: String) throws(FileSystemError) -> [Remains] {
        let bytes: [UInt8]
        do { bytes = try AtomicFile.read(path) } catch {
            if error.errorNumber == ENOENT { return [] }
            throw error
        }
        var answers: [Remains] = []
        for line in bytes.split(separator: lineBreak) {
            guard let fields = try? JSONValue(parsing: Array(line)) else { continue }
            if let count = fields["after"]?.intValue {
                // A number that no session has would overflow sooner or later.
                let count = min(max(count, 0), Branch.numbers.upperBound)
                answers.append(Remains(messageCount: count, model: fields["model"]?.stringValue))
                continue
            }
            // A text whose header is lost is kept all the same.
            if answers.isEmpty { answers.append(Remains(messageCount: 0)) }
            let last = answers.count - 1
            answers[last].content += fields["content"]?.stringValue ?? ""
            answers[last].reasoning += fields["reasoning"]?.stringValue ?? ""
            answers[last].refusal += fields["refusal"]?.stringValue ?? ""
        }
        return answers.filter { !$0.isEmpty }.suffix(maximumRemains)
    }

    /// Has all of a journal on the disk: it is where an answer is that couldn't be saved.
    static func synchronize(_ path: String) {
        // A disk that fails here has failed the save, too, which is told.
        guard let file = try? FileDescriptor(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK) else { return }
        try? file.synchronize()
        try? AtomicFile.synchronizeDirectory(of: path)
    }

    /// Removes a journal if a session, which was just saved, holds every answer in it.
    /// - Parameters:
    ///   - path: The journal.
    ///   - session: What was saved.
    ///   - tally: How much of the session's last answer the journal held when that ended; it needn't be read then.
    static func remove(_ path: String, ifHeldBy session: Session, tally: Tally? = nil) {
        if let tally, tally.isHeld(by: session.messages.last), FileStamp(path)?.size == tally.file {
            unlink(path)
            return
        }
        // One that can't be read now is looked at again after the next save, or when the session is opened.
        guard let answers = try? remains(at: path), answers.allSatisfy(session.holds) else { return }
        unlink(path)
    }
}
