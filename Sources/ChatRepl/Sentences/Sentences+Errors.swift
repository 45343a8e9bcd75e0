import ChatApi
import ChatSession
import Terminal

extension Sentences {
    /// What to tell a person of an error, whichever it is.
    package static func complaint(about error: any Error) -> Complaint {
        switch error {
        case let error as Complaint: error
        case let error as ApiError: complaint(about: error)
        case let error as ProviderChoice.Problem: complaint(about: error)
        case let error as KeyError: complaint(about: error)
        case let error as ServerProcessError: complaint(about: error)
        case let error as LocalModelError: complaint(about: error)
        case let error as ConfigurationError: complaint(about: error)
        case let error as AttachmentError: complaint(about: error)
        case let error as ExportProblem: complaint(about: error)
        case let error as SessionStoreError: complaint(about: error)
        case let error as FileSystemError: complaint(about: error)
        case is CancellationError: Complaint("Stopped.", status: .interrupted, code: "interrupted")
        default: Complaint("Something failed: \(error)", status: .failure, code: "unknown")
        }
    }

    private static func complaint(about error: FileSystemError) -> Complaint {
        Complaint("\(failed(error)).", status: .cannotSave, code: "cannotSave")
    }

    /// What a file system refused, and why.
    static func failed(_ error: FileSystemError) -> String {
        let reason = error.leadsElsewhere ? "it leads out of its directory" : error.reason
        return "Can't \(verbs[error.operation] ?? error.operation) \(error.path): \(reason)"
    }

    /// What the system's names of its calls mean.
    private static let verbs = [
        "opendir": "read", "readdir": "read", "fstat": "read", "mkdir": "make", "fsync": "write", "fdatasync": "write",
    ]

    private static func complaint(about error: SessionStoreError) -> Complaint {
        switch error {
        case .notFound(let query):
            Complaint(
                "There is no saved session \(query).", next: "banter sessions list shows them.", status: .badInput,
                code: "sessionNotFound")
        case .ambiguous(let query, let sessions):
            Complaint(
                "\(sessions.count) sessions fit \(query): "
                    + sessions.prefix(5).map { "\($0.id) (\($0.title))" }.joined(separator: ", ") + ".",
                next: "Write more of the id.", status: .badInput, code: "sessionAmbiguous")
        case .damaged(let path, let reason):
            Complaint(
                "The session file \(path) is damaged: \(reason).", next: "It is left as it is.", status: .badInput,
                code: "sessionDamaged")
        case .newerFormat(let path, let format):
            Complaint(
                "The session file \(path) has format \(format), which a later Banter wrote.",
                next: "It is left as it is; a newer Banter opens it.", status: .badInput, code: "sessionNewer")
        case .inUse(let id, let process):
            Complaint(
                "Session \(id) is open in another window\(process.map { " (process \($0))" } ?? "").",
                next: "Leave it there first.", status: .cannotSave, code: "sessionInUse")
        case .unreadable(let error):
            Complaint("\(failed(error)).", status: .badInput, code: "sessionUnreadable")
        }
    }

    private static func complaint(about error: ConfigurationError) -> Complaint {
        var place = error.path
        if let line = error.line { place += ":\(line)" }
        if let column = error.column { place += ":\(column)" }
        let key = error.key.map { "\"\($0)\" " } ?? ""
        let what: String
        var next: String?
        switch error.problem {
        case .syntax(let reason): what = "\(place): \(reason)."
        case .unknownKey(let nearest):
            what = "\(place): \(key)is no setting."
            next = nearest.map { "Did you mean \"\($0)\"?" }
        case .wrongKind(let expected, let found): what = "\(place): \(key)must be of kind \(expected), but is \(found)."
        case .invalidValue(let reason):
            what = "\(place): \(key)is no good: \(reason)" + (reason.hasSuffix("?") ? "" : ".")
        case .unreadable(let error): what = "Can't \(error.operation) the configuration \(error.path): \(error.reason)."
        }
        return Complaint(what, next: next, status: .configuration, code: "configuration")
    }

    private static func complaint(about error: ProviderChoice.Problem) -> Complaint {
        switch error {
        case .unknownProvider(let name, let nearest):
            Complaint(
                "There is no provider \(name).",
                next: nearest.map { "Did you mean \($0)?" }
                    ?? "Providers are set in config.json, under \"providers\"; --provider NAME asks another one.",
                status: .configuration, code: "unknownProvider")
        case .localModelNotInstalled:
            Complaint(
                "The local model is not installed.", next: "banter local install installs it: 130 MB to download.",
                status: .configuration, code: "localModelNotInstalled")
        case .noProvider:
            Complaint(
                "Nobody is there to answer: no key is set, no server listens on this machine, and the local model isn't installed.",
                next: """
                    Three ways to go on: set OPENAI_API_KEY (and OPENAI_BASE_URL for another provider than OpenAI); \
                    start a server such as ollama on this machine; or run banter local install for a small model \
                    that needs neither key nor network.
                    """, status: .configuration, code: "noProvider")
        }
    }

    private static func complaint(about error: KeyError) -> Complaint {
        let status = ExitStatus.keyRefused
        return switch error {
        case .noVariable(let name):
            Complaint("There is no key: \(name) is not set.", next: "export \(name)=…", status: status, code: "noKey")
        case .unreadable(let error):
            Complaint("Can't read the key file \(error.path): \(error.reason).", status: status, code: "noKey")
        case .fileIsNotPrivate(let path):
            Complaint("Others can read the key file \(path).", next: "chmod 600 \(path)", status: status, code: "noKey")
        case .noCommand(let command):
            Complaint("The key command \(command) is not installed.", status: status, code: "noKey")
        case .commandFailed(let command, let code):
            Complaint("The key command \(command) failed with status \(code).", status: status, code: "noKey")
        case .unusable(let reason): Complaint("There is no key: \(reason).", status: status, code: "noKey")
        case .commandTimedOut(let command):
            Complaint("The key command \(command) took more than ten seconds.", status: status, code: "noKey")
        }
    }
}
