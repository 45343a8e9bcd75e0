import ArgumentParser
import ChatRepl

struct SessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "Look after the saved sessions.",
        subcommands: [
            List.self, Search.self, Show.self, Path.self, Rename.self, Delete.self, Restore.self, Export.self,
            Import.self,
        ])

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Write a session as a document to standard output, or to a file.")
        @Argument(help: ArgumentHelp("The session; bare: the newest.", valueName: "id|title")) var session: String?
        @Option(
            help: ArgumentHelp(
                "The format: md, json, html, txt or banter; without it, what the path's ending says, or md.",
                valueName: "format"),
            completion: .list(["md", "json", "html", "txt", "banter"]))
        var format: String?
        @Option(help: ArgumentHelp("Some turns, counted from 1: 3, 2-5 or 4-.", valueName: "n-m")) var turns: String?
        @Option(
            name: .shortAndLong, help: ArgumentHelp("The file to write; - is standard output.", valueName: "path"),
            completion: .file())
        var output: String?
        @Flag(help: "Replace the file if it is there.") var force = false

        func run() throws {
            var options = Subcommands.ExportOptions()
            (options.session, options.format, options.turns) = (session, format, turns)
            (options.path, options.replaces) = (output, force)
            try Subcommands.exportSession(options).exit()
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Take over conversations of other programs, or sessions of Banter, as new sessions.",
            discussion: """
                What a file holds says what it is: a session of Banter; an array of messages, or a request with one; \
                conversations.json of ChatGPT's data export; logs.db of llm, which needs sqlite3; a session of aichat; a chat \
                of shell_gpt. Nothing that exists is changed, and what was imported before is skipped.
                """)
        @Argument(help: ArgumentHelp("The files; - is standard input.", valueName: "path"), completion: .file())
        var paths: [String]
        @Flag(help: "Only say what would be imported.") var dryRun = false
        @Flag(help: "Print one JSON object a line.") var json = false
        func run() async throws {
            try await Subcommands.importSessions(paths, isTrial: dryRun, json: json).exit()
        }
    }

    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "path", abstract: "Print the path of a session's file; bare: of their directory.")
        @Argument(help: ArgumentHelp("The session.", valueName: "id|title")) var session: String?
        func run() throws { try Subcommands.printSessionPath(session).exit() }
    }
}

struct ModelsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "models", abstract: "List the provider's models.")
    @OptionGroup var common: CommonOptions
    @Flag(help: "Print one JSON object a line.") var json = false
    func run() async throws { try await Subcommands.listModels(common.options, json: json).exit() }
}

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Look after the configuration.", subcommands: [Path.self, Check.self])

    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "path", abstract: "Print the path of the configuration file.")
        func run() throws { try Subcommands.printConfigurationPath().exit() }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "check", abstract: "Check the configuration file.")
        @Argument(help: "The file; bare: the one in use.") var path: String?
        func run() throws { try Subcommands.checkConfiguration(path).exit() }
    }
}

struct LocalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "local", abstract: "Look after the small model that runs on this machine.",
        subcommands: [Install.self, Status.self, Remove.self])

    struct Install: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "install", abstract: "Install the local model: 130 MB to download, no key needed.")
        @Flag(help: "Only if nothing else would answer.") var ifNeeded = false
        func run() async throws { try await Subcommands.installLocalModel(ifNeeded: ifNeeded).exit() }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Say whether the local model is installed.")
        func run() throws { try Subcommands.showLocalModel().exit() }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "remove", abstract: "Remove the local model.")
        func run() throws { try Subcommands.removeLocalModel().exit() }
    }
}
