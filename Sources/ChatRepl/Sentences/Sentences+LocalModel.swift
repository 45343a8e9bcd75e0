package import ChatSession
package import Terminal

extension Sentences {
    static func complaint(about error: ServerProcessError) -> Complaint {
        func said(_ lines: [String]) -> String {
            lines.isEmpty ? "" : " Its last words: " + sentence(lines.joined(separator: " / "))
        }
        let what: String
        switch error {
        case .programNotFound(let program): what = "The provider's server \(program) is not installed."
        case .notStarted(let program, let reason):
            what = "The provider's server \(program) can't be started: \(reason)."
        case .exited(let status, let lines): what = "The provider's server ended with status \(status).\(said(lines))"
        case .notReady(let limit, let lines):
            what = "The provider's server wasn't ready after \(tenths(limit.inSeconds)) s.\(said(lines))"
        case .noFreePort: what = "This machine has no free port."
        }
        return Complaint(
            what, next: "Its log is serve-PROVIDER.log in Banter's home.", status: .unavailable, code: "server")
    }

    static func complaint(about error: LocalModelError) -> Complaint {
        let what: String
        var next: String?
        switch error {
        case .pythonNotFound:
            what = "The local model needs python3, which is not installed."
            next = "On Debian or Ubuntu: apt-get install python3 python3-venv"
        case .pythonTooOld(let path, let version):
            what = "The local model needs Python 3.10 or later; \(path) is \(version)."
        case .pythonWithoutVenv(let path, let package):
            what = "\(path) can't make environments of its own."
            next = "On Debian or Ubuntu: apt-get install \(package)"
        case .diskFull(let path, let needed, let available):
            what = "\(path) has \(megabytes(available)) free; the local model needs \(megabytes(needed))."
        case .commandFailed(let command, let status, let lines):
            what =
                "\(command.first ?? "A command") failed with status \(status): \(sentence(lines.joined(separator: " / ")))"
            next = "The model comes from PyPI: is the network there? Installing again goes on where it stopped."
        case .notLocalModel(let path): what = "\(path) holds something else, and is left alone."
        case .busy(let path): what = "Another process is installing or removing \(path)."
        case .notInstalled(let path): what = "There is no local model in \(path)."
        case .file(let path, let reason): what = "Can't use \(path): \(sentence(reason))"
        }
        return Complaint(what, next: next, status: .unavailable, code: "localModel")
    }

    /// What `banter local status` shows.
    package static func status(of model: LocalModel) -> [StyledLine] {
        switch model.status {
        case .installed(let name, let size, let path): [StyledLine("\(name) is installed: \(megabytes(size)), \(path)")]
        case .incomplete:
            [StyledLine("The local model is not completely installed; banter local install goes on with it.")]
        case .notInstalled: [StyledLine("The local model is not installed; banter local install installs it.")]
        }
    }

    /// How far an installation is: what is done now, and how much of it.
    package static func installing(_ progress: InstallProgress) -> String {
        switch progress {
        case .creatingEnvironment: "Making a Python environment"
        case .downloadingServer(let received, let total):
            "Downloading the server (llama.cpp)" + part(received, of: total)
        case .downloadingModel(let received, let total): "Downloading the model" + part(received, of: total)
        case .checking: "Asking it a first question"
        }
    }

    private static func part(_ received: Int, of total: Int?) -> String {
        guard received > 0 else { return total.map { ", \(megabytes($0))" } ?? "" }
        return total.map { ", \(megabytes(received)) of \(megabytes($0))" } ?? ", \(megabytes(received))"
    }

    static func megabytes(_ bytes: Int) -> String { "\((bytes + 500_000) / 1_000_000) MB" }
}
