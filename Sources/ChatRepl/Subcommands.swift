import ChatApi
import ChatSession
import Terminal

/// What the subcommands of the command line do.
package enum Subcommands {
    /// Opens the prompt, or gives one answer.
    package static func chat(_ options: ChatOptions) async -> ExitStatus {
        await withFront(options) { await $0.run() }
    }

    // MARK: Sessions

    package static func printSessionPath(_ query: String?) -> ExitStatus {
        withFront { front in
            let store = try front.requiredHome.sessions
            try front.answers.write([
                StyledLine(try query.map { store.path(of: try store.find($0)) } ?? store.directory)
            ])
            return .success
        }
    }

    // MARK: Models

    package static func listModels(_ options: ChatOptions, json: Bool) async -> ExitStatus {
        await withFront(options) { front in
            let decision = try front.providerChoice().decide()
            let connection = front.connection(to: decision.provider)
            let names: Result<[String], any Error>
            do { names = .success(try await connection.modelNames()) } catch { names = .failure(error) }
            await connection.close()
            for name in try names.get().sorted() {
                if json {
                    try front.answers.writeLine(["provider": .string(decision.provider.name), "model": .string(name)])
                } else {
                    try front.answers.write([StyledLine(name)])
                }
            }
            return .success
        }
    }

    // MARK: Configuration

    package static func printConfigurationPath() -> ExitStatus {
        withFront(readsConfiguration: false) { front in
            try front.answers.write([StyledLine(try front.requiredHome.configuration)])
            return .success
        }
    }

    package static func checkConfiguration(_ path: String?) -> ExitStatus {
        withFront(readsConfiguration: false) { front in
            let path = try path ?? front.requiredHome.configuration
            let file = try ConfigurationFile.load(path, isRequired: true)
            try front.answers.write([StyledLine("\(path) is right: \(file.providers.count) providers.")])
            return .success
        }
    }

    // MARK: Fronts

    /// Does something that may fail, and says so if it does.
    static func withFront(
        _ options: ChatOptions = ChatOptions(), _ body: (Front) async throws -> ExitStatus
    ) async -> ExitStatus {
        do {
            let front = try Front(options)
            do { return try await body(front) } catch { return front.report(error) }
        } catch {
            return report(error)
        }
    }

    static func withFront(readsConfiguration: Bool = true, _ body: (Front) throws -> ExitStatus) -> ExitStatus {
        do {
            let front = try Front(ChatOptions(), readsConfiguration: readsConfiguration)
            do { return try body(front) } catch { return front.report(error) }
        } catch {
            return report(error)
        }
    }

    /// Says what went wrong before there was a front to say it.
    private static func report(_ error: any Error) -> ExitStatus {
        let complaint = Sentences.complaint(about: error)
        // Nobody is left to tell that standard error is closed.
        try? TerminalOutput(descriptor: 2, colors: .none, styles: false).write(complaint.lines)
        return complaint.status
    }
}

extension Front {
    /// The home, for commands that make no sense without one.
    var requiredHome: BanterHome {
        get throws {
            guard let home else {
                throw Complaint("Neither HOME nor BANTER_HOME is set.", status: .configuration, code: "noHome")
            }
            return home
        }
    }
}

extension TerminalOutput {
    /// Writes a JSON object on a line of its own.
    func writeLine(_ object: JSONObject) throws { try write(Array(object.line.utf8)) }
}
