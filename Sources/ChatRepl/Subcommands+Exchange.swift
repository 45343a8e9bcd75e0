import ChatApi
import ChatSession
import Glibc
import Terminal

extension Subcommands {
    /// What `sessions export` is told.
    package struct ExportOptions: Sendable {
        /// The session; nil for the one that was saved last.
        package var session: String?
        package var format: String?
        package var turns: String?
        /// Where to; nil for standard output.
        package var path: String?
        /// Whether a file that is there is replaced.
        package var replaces = false

        package init() {}
    }

    package static func exportSession(_ options: ExportOptions) -> ExitStatus {
        withFront(readsConfiguration: false) { front in
            let store = try front.requiredHome.sessions
            let path = options.path
            let named = try options.format.map { name in
                guard let format = ExportFormat(name: name) else { throw Sentences.noFormat(name) }
                return format
            }
            let format = try named ?? ExportFormat(for: path ?? "-")
            let turns = try options.turns.map { text in
                guard let turns = TurnSelection(text) else { throw Sentences.noTurns(text) }
                return turns
            }
            let newest = options.session == nil ? try store.newest() : nil
            guard let id = try options.session.map({ try store.find($0) }) ?? newest else {
                throw Complaint("No session is saved yet.", status: .badInput, code: "sessionNotFound")
            }
            let session = try store.load(id)
            var bytes = try session.exported(as: format, turns: turns)
            // As it stands, whatever wrote it.
            if format == .banter { bytes = try store.bytes(of: id) }
            guard let path, path != "-" else { return try write(bytes, to: front) }
            do throws(ExportedFile.Problem) {
                try ExportedFile.write(bytes, to: path, replacing: options.replaces)
            } catch {
                throw Sentences.notExported(to: path, error, force: "--force")
            }
            try front.messages.write(StyledLine.lines(of: Sentences.exported(path, bytes: bytes.count), .dim))
            return .success
        }
    }

    /// Writes a document to standard output: as it is to a file or a pipe, so that nothing in it acts to a terminal.
    private static func write(_ bytes: [UInt8], to front: Front) throws -> ExitStatus {
        do {
            if front.terminal.outputIsTerminal {
                var lines = StyledLine.lines(of: String(decoding: bytes, as: UTF8.self))
                if lines.last?.runs.isEmpty == true { lines.removeLast() }
                try front.answers.write(lines)
            } else {
                try front.answers.write(bytes)
            }
        } catch let error as TerminalError where error.code == EPIPE {
            // Whoever reads has seen enough.
        }
        return .success
    }

    /// What `sessions import` reads of each file, as it got there.
    private static func read(_ path: String, _ front: Front) async throws -> ImportedFile {
        if path != "-" { return try await ImportedFile.read(path, environment: front.environment, takesPipes: true) }
        return try ImportedFile.read(try StandardInput.readToEnd(limit: ImportedFile.maximumBytes))
    }

    package static func importSessions(_ paths: [String], isTrial: Bool, json: Bool) async -> ExitStatus {
        await withFront { front in
            let store = try front.requiredHome.sessions
            var status = ExitStatus.success
            for path in paths {
                let name = path == "-" ? "Standard input" : path
                var report: ImportReport?
                do {
                    let file = try await read(path, front)
                    defer { if let report { try? tell(report, of: name, isTrial: isTrial, json: json, front) } }
                    try store.importSessions(from: file, isTrial: isTrial, report: &report)
                    if file.conversations.isEmpty, !file.skipped.isEmpty { status = .badInput }
                } catch let problem as ImportProblem {
                    status = front.report(Sentences.complaint(about: problem, in: name))
                }
            }
            return status
        }
    }

    private static func tell(
        _ report: ImportReport, of name: String, isTrial: Bool, json: Bool, _ front: Front
    ) throws {
        guard json else {
            let lines = Sentences.imported(report, isTrial: isTrial)
            return try front.answers.write(lines.flatMap { StyledLine.lines(of: $0) })
        }
        for session in report.imported {
            var object: JSONObject = ["file": .string(name), "status": isTrial ? "new" : "imported"]
            object["id"] = .string(session.id.text)
            object["title"] = .string(session.title)
            object["format"] = .string(report.format.rawValue)
            object["messages"] = .number(JSONNumber(session.messages))
            object["branches"] = .number(JSONNumber(session.branches))
            if let earlier = session.earlier { object["earlier"] = .string(earlier.text) }
            try front.answers.writeLine(object)
        }
        for skipped in report.skipped {
            var object: JSONObject = ["file": .string(name), "status": "skipped", "title": .string(skipped.title)]
            object["format"] = .string(report.format.rawValue)
            if case .alreadyThere(let id) = skipped.reason { object["id"] = .string(id.text) }
            object["reason"] = .string(Sentences.reason(skipped.reason))
            try front.answers.writeLine(object)
        }
    }
}
