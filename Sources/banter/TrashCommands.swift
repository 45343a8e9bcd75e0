import ArgumentParser
import ChatRepl

extension SessionsCommand {
    struct Delete: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delete", abstract: "Move sessions to the trash, which keeps them for 30 days.")
        @Argument(help: ArgumentHelp("The sessions.", valueName: "id|title")) var sessions: [String] = []
        @Option(help: ArgumentHelp("All that haven't changed for so long: 12h, 30d, 8w, 1y.", valueName: "age"))
        var olderThan: String?
        @Flag(help: "Only show what would be moved.") var dryRun = false
        @Flag(help: "Print one JSON object a line.") var json = false

        func validate() throws {
            if sessions.isEmpty == (olderThan == nil) {
                throw ValidationError("Say which sessions: their ids, or --older-than.")
            }
            if let olderThan, Subcommands.age(olderThan) == nil { throw ValidationError(Sentences.noAge(olderThan)) }
        }

        func run() throws {
            let choice = olderThan.flatMap(Subcommands.age).map(Subcommands.SessionChoice.olderThan) ?? .named(sessions)
            try Subcommands.deleteSessions(choice, isTrial: dryRun, json: json).exit()
        }
    }

    struct Rename: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "rename", abstract: "Give a session a title.")
        @Argument(help: ArgumentHelp("The session.", valueName: "id|title")) var session: String
        @Argument(help: "The title.") var title: [String]
        func run() throws { try Subcommands.renameSession(session, to: title.joined(separator: " ")).exit() }
    }

    struct Restore: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "restore", abstract: "Bring a session back from the trash; bare: list what is in it.")
        @Argument(help: ArgumentHelp("The session.", valueName: "id|title")) var session: String?
        @Flag(help: "Print one JSON object a line.") var json = false
        func run() throws { try Subcommands.restoreSession(session, json: json).exit() }
    }
}
