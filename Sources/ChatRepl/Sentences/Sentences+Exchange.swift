import ChatSession
import Terminal

/// What is said of sessions that leave, and of conversations that come in.
extension Sentences {
    // MARK: Export

    static func complaint(about problem: ExportProblem) -> Complaint {
        switch problem {
        case .noSuchTurns(let turns, let count):
            Complaint(
                "There are no turns \(turns): the conversation has \(count == 1 ? "one" : "\(count)").",
                next: "Turns are counted from 1: 3, 2-5 or 4-.", status: .usage, code: "noSuchTurns")
        case .isWhole:
            Complaint(
                "banter is the whole session, so there are no turns to choose.", next: "json has the messages of some.",
                status: .usage, code: "wholeOnly")
        case .unknownEnding(let path):
            Complaint(
                "\(path) has the ending of no format.",
                next: "Name the format, too, or end the path in .md, .json, .html or .txt.", status: .usage,
                code: "noFormat")
        }
    }

    static let exportFormats = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")

    static func noFormat(_ name: String) -> Complaint {
        Complaint("There is no format \(name).", next: "There are \(exportFormats).", status: .usage, code: "noFormat")
    }

    static func noTurns(_ text: String) -> Complaint {
        Complaint(
            "\(text) names no turns.", next: "Turns are counted from 1: 3, 2-5 or 4-.", status: .usage,
            code: "noSuchTurns")
    }

    // MARK: What /export is told

    private static func notExport(_ what: String) -> Complaint {
        Complaint(
            what, next: "As in /export html notes.html 2-5; each part may be missing.", status: .usage, code: "usage")
    }

    static func misplaced(_ word: String) -> Complaint {
        notExport("\(word) isn't taken there: -f stands before everything, turns stand behind.")
    }

    static let nothingToReplace = notExport("-f needs the file that is to be replaced.")

    static func noExport(_ word: String) -> Complaint {
        notExport("\(word) is neither a format (md, json, html, txt) nor a path: that has an ending or a slash.")
    }

    static let banterIsNoDocument = Complaint(
        "banter is the session's own file, which /export doesn't write.",
        next: "banter sessions export --format banter does.", status: .usage, code: "noFormat")

    static func exported(_ path: String, bytes: Int) -> String { "Exported to \(path), \(size(bytes))." }

    /// Why a document wasn't written; `force` is how to have a file replaced all the same.
    static func notExported(to path: String, _ problem: ExportedFile.Problem, force: String) -> Complaint {
        func complaint(_ what: String, _ next: String? = nil) -> Complaint {
            Complaint(what, next: next, status: .cannotSave, code: "cannotWrite")
        }
        switch problem {
        case .exists(.file):
            return complaint("\(path) is there already, and was left alone.", "\(force) replaces it.")
        case .exists(.directory): return complaint("\(path) is a directory.", "Name a file in it.")
        case .exists(.link): return complaint("\(path) is a link, which isn't followed.", "Name what it leads to.")
        case .exists(.special): return complaint("\(path) is a pipe or a device, and only files are written.")
        case .failed(let error): return complaint("Can't write \(path): \(error.reason).")
        }
    }

    // MARK: Import

    /// What stands in the way of an import, as a sentence about what was to be imported.
    static func complaint(about problem: ImportProblem, in name: String) -> Complaint {
        func complaint(_ what: String, _ next: String? = nil, _ code: String = "cannotImport") -> Complaint {
            Complaint(what, next: next, status: .badInput, code: code)
        }
        switch problem {
        case .unknownFormat:
            return complaint(
                "\(name) holds no conversation that Banter can read.",
                """
                It reads sessions of its own, messages arrays, conversations.json of ChatGPT's data export, logs.db of llm, \
                sessions of aichat and chats of shell_gpt.
                """)
        case .archive:
            return complaint(
                "\(name) is a zip archive.", "Unpack it first: unzip \(name), then import its conversations.json.")
        case .databaseWithoutFile:
            return complaint("A database can't be read from standard input or a pipe.", "Name its file.")
        case .special:
            return complaint(
                "\(name) is a pipe or a device, and only files are read here.", "banter sessions import reads pipes.")
        case .noSQLite:
            return Complaint(
                "\(name) is a database, and there is no sqlite3 to read it with.",
                next: "Install it: apt install sqlite3.", status: .unavailable, code: "noSQLite")
        case .unreadable(let error): return complaint("Can't \(error.operation) \(name): \(error.reason).")
        default: return complaint("\(name) can't be imported: \(reason(problem)).")
        }
    }

    private static func reason(_ problem: ImportProblem) -> String {
        switch problem {
        case .unknownFormat: "it is in no format that Banter knows"
        case .archive: "it is a zip archive"
        case .tooLarge(let limit): "it is larger than \(size(limit))"
        case .tooManyConversations(let limit): "it has more than \(limit) conversations"
        case .tooManyMessages(let limit): "it has more than \(limit) messages"
        case .syntax(let reason): "it is no JSON: \(reason)"
        case .damaged(let reason): reason
        case .newerFormat(let format): "it has format \(format), which a later Banter wrote"
        case .yaml(let line, let reason): "line \(line): \(reason)"
        case .databaseWithoutFile: "it is a database"
        case .noSQLite: "there is no sqlite3"
        case .database(let words): "sqlite3 says: \(words)"
        case .special: "it is a pipe or a device"
        case .unreadable(let error): error.reason
        }
    }

    static func name(of format: ImportedFile.Format) -> String {
        switch format {
        case .banter: "Banter"
        case .messages: "a messages array"
        case .shellGPT: "shell_gpt"
        case .openAI: "ChatGPT"
        case .llm: "llm"
        case .aichat: "aichat"
        }
    }

    /// So many of those that were skipped are named.
    private static let mostNamed = 20

    /// What an import came to: how many, which not and why, and how to find them.
    static func imported(_ report: ImportReport, isTrial: Bool) -> [String] {
        let count = report.imported.count
        let sessions = count == 1 ? "1 session" : "\(count) sessions"
        var lines = ["\(isTrial ? "Would import" : "Imported") \(sessions) from \(name(of: report.format))."]
        if count == 1 {
            let session = report.imported[0]
            let branches = session.branches == 0 ? "" : ", \(session.branches) of its branches"
            lines[0] = """
                \(isTrial ? "Would import" : "Imported") “\(Session.title(from: session.title))” from \(name(of: report.format)): \
                \(session.messages == 1 ? "1 message" : "\(session.messages) messages")\(branches), as \(session.id).
                """
        }
        let changed = report.imported.count { $0.earlier != nil }
        if changed > 0 {
            lines.append(
                changed == 1 && count == 1
                    ? "It was there before and has changed since; what was there stays, too."
                    : "\(changed) of them were there before and have changed since; what was there stays, too.")
        }
        let skipped = report.skipped
        if !skipped.isEmpty { lines.append("Skipped \(skipped.count):") }
        for one in skipped.prefix(mostNamed) {
            lines.append("  \(Session.title(from: one.title)): \(reason(one.reason))")
        }
        if skipped.count > mostNamed { lines.append("  … and \(skipped.count - mostNamed) more") }
        return lines
    }

    static func reason(_ reason: SkippedConversation.Reason) -> String {
        switch reason {
        case .empty: "nothing is said in it"
        case .alreadyThere(let id): "it is there already, as \(id)"
        case .unusable(let problem): Self.reason(problem)
        }
    }

    static let importedMany = "/sessions and /resume find them."

    static func importTookTooLong(_ name: String) -> Complaint {
        Complaint(
            "The import of \(name) wasn't done within a minute; what has come in stays.",
            next: "banter sessions import waits for the end.", status: .badInput, code: "cannotImport")
    }
}
