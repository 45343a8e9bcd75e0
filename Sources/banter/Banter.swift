import ArgumentParser
import ChatRepl

/// Arguments in, exit code out.
@main
struct Banter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "banter",
        abstract: "Chat with a model in the terminal.",
        discussion: """
            Without a subcommand it opens the prompt, or gives one answer if standard input is not a terminal. Sessions are \
            saved in ~/.banter, or where BANTER_HOME says. With no key and no server, banter local install gets a small \
            model that runs on this machine.
            """,
        version: "banter \(Sentences.version)",
        subcommands: [
            ChatCommand.self, SessionsCommand.self, ModelsCommand.self, ConfigCommand.self, LocalCommand.self,
        ],
        defaultSubcommand: ChatCommand.self)
}

extension ExitStatus {
    /// Ends a command with this status.
    func exit() throws {
        if self != .success { throw ExitCode(rawValue) }
    }
}
