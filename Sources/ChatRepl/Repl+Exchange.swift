import ChatSession
import Terminal

/// Sessions that leave, and conversations that come in.
extension Repl {
    // MARK: /export

    func export(_ arguments: ExportArguments) async throws {
        let session = conversation.session
        guard session.hasTurns else { return await sayNothingSaid() }
        let format = arguments.format
        let exported = await BlockingWork.result(within: .seconds(60)) {
            Result { () throws(ExportProblem) in try session.exported(as: format, turns: arguments.turns) }
        }
        guard let exported else { return await complain(Sentences.exportTookTooLong) }
        let bytes = try exported.get()
        let names = arguments.path.isEmpty ? Self.names(session.fileName, format) : [arguments.path]
        let home = choice.environment["HOME"]
        let written = await BlockingWork.result(within: .seconds(10)) {
            () -> (name: String, problem: ExportedFile.Problem?) in
            var problem: ExportedFile.Problem?
            for name in names {
                do throws(ExportedFile.Problem) {
                    try ExportedFile.write(
                        bytes, to: AttachedFile.expanded(name, home: home), replacing: arguments.isForced)
                    return (name, nil)
                } catch {
                    problem = error
                    guard case .exists = error else { return (name, error) }
                }
            }
            return (names.last ?? "", problem)
        }
        switch written {
        case (let name, nil)?: await say(Sentences.exported(name, bytes: bytes.count))
        case (let name, let problem?)?:
            let force = "/export -f \(format.rawValue) \(name)"
            await complain(Sentences.notExported(to: name, problem, force: force))
        case nil: await complain(Sentences.writingTookTooLong(names[0]))
        }
    }

    /// The names that a file without one is tried under, as none is replaced: `Title.md`, `Title-2.md`, ….
    private static func names(_ stem: String, _ format: ExportFormat) -> [String] {
        ["\(stem).\(format.rawValue)"] + (2..<100).map { "\(stem)-\($0).\(format.rawValue)" }
    }

    // MARK: /import

    func importFile(_ text: String) async throws {
        let name = text.unquoted
        guard !name.isEmpty, !name.utf8.contains(0) else { return await say(Sentences.usage(of: "import")) }
        guard let store = home?.sessions else { return await say(Sentences.noHome) }
        let path = AttachedFile.expanded(name, home: choice.environment["HOME"])
        let file: ImportedFile
        do {
            let read = await BlockingWork.result(within: .seconds(60)) {
                Result { () throws(ImportProblem) in try ImportedFile.readUnlessDatabase(path) }
            }
            guard let read else { return await complain(Sentences.importTookTooLong(name)) }
            if let plain = try read.get() {
                file = plain
            } else {
                file = try await ImportedFile.readDatabase(path, environment: choice.environment)
            }
        } catch let problem as ImportProblem {
            return await complain(Sentences.complaint(about: problem, in: name))
        }
        let result = await BlockingWork.result(within: .seconds(60)) { () -> (ImportReport?, (any Error)?) in
            var report: ImportReport?
            do { try store.importSessions(from: file, report: &report) } catch { return (report, error) }
            return (report, nil)
        }
        guard let (report, error) = result else { return await complain(Sentences.importTookTooLong(name)) }
        if let report {
            for line in Sentences.imported(report, isTrial: false) { await say(line) }
            if report.imported.count > 1 { await say(Sentences.importedMany) }
        }
        if let error { return await complain(error) }
        guard let report, let id = report.onlySession else { return }
        try await resume(id, in: store)
    }
}

extension ImportReport {
    /// The session that an import of one conversation made, or that it had made before.
    fileprivate var onlySession: SessionID? {
        if imported.count == 1, skipped.isEmpty { return imported[0].id }
        if imported.isEmpty, skipped.count == 1, case .alreadyThere(let id) = skipped[0].reason { return id }
        return nil
    }
}
