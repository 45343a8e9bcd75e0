import ArgumentParser
import ChatRepl

extension SessionsCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the saved sessions, the one that changed last first.")
        @Flag(help: "Print one JSON object a line.") var json = false
        @Option(help: ArgumentHelp("The most that are listed.", valueName: "count")) var limit: Int?

        func validate() throws {
            if let limit, limit < 1 { throw ValidationError("--limit is at least 1.") }
        }

        func run() throws { try Subcommands.listSessions(json: json, limit: limit).exit() }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print what was said in a session.")
        @Argument(help: ArgumentHelp("The session; bare: the newest.", valueName: "id|title")) var session: String?
        @Option(help: ArgumentHelp("Only some turns, counted from 1: 3, 2-5 or 4-.", valueName: "n-m"))
        var turns: String?
        @Flag(help: "Print one JSON object for each message.") var json = false
        @Flag(help: "Print the source of answers, on a terminal too.") var raw = false

        func run() throws { try Subcommands.showSession(session, turns: turns, json: json, raw: raw).exit() }
    }

    struct Search: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "search", abstract: "Find the sessions in which something was said.",
            discussion: """
                A session is found if it has all the words, in whatever case; words in quotes must follow each other. Those \
                with everything in the title come first, then those with everything in one message, the newest first.
                """)
        @Argument(help: ArgumentHelp("What to find.", valueName: "words")) var words: [String]
        @Flag(help: "Print one JSON object a line.") var json = false
        @Option(help: ArgumentHelp("The most sessions that are shown.", valueName: "count")) var limit = 20

        func validate() throws {
            if limit < 1 { throw ValidationError("--limit is at least 1.") }
        }

        func run() throws {
            // An argument of several words was in quotes on the command line.
            let text = words.map { $0.contains(" ") && !$0.contains("\"") ? "\"\($0)\"" : $0 }.joined(separator: " ")
            try Subcommands.searchSessions(text, json: json, limit: limit).exit()
        }
    }
}
