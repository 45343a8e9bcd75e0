import ArgumentParser
import ChatRepl

struct SessionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions", abstract: "Look after the saved sessions.",
        subcommands: [List.self, Path.self, Rename.self, Delete.self, Restore.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the saved sessions, the one that changed last first.")
        @Flag(help: "Print one JSON object a line.") var json = false
        func run() throws { try Subcommands.listSessions(json: json).exit() }
    }

    struct Path: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the path of a session's file; bare: of their directory.")
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
        static let configuration = CommandConfiguration(abstract: "Print the path of the configuration file.")
        func run() throws { try Subcommands.printConfigurationPath().exit() }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Check the configuration file.")
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
            abstract: "Install the local model: 130 MB to download, no key needed.")
        @Flag(help: "Only if nothing else would answer.") var ifNeeded = false
        func run() async throws { try await Subcommands.installLocalModel(ifNeeded: ifNeeded).exit() }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Say whether the local model is installed.")
        func run() throws { try Subcommands.showLocalModel().exit() }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove the local model.")
        func run() throws { try Subcommands.removeLocalModel().exit() }
    }
}
