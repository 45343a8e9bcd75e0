import ArgumentParser
import ChatRepl

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Open the prompt, or give one answer (the default).")

    @Argument(help: "The first message.")
    var prompt: [String] = []

    @Flag(
        name: .shortAndLong,
        help: "Print one answer on standard output and exit; standard input is added to the prompt.")
    var print = false

    @Flag(name: [.customShort("c"), .customLong("continue")], help: "Go on with the newest session.")
    var continues = false

    @Option(
        name: .shortAndLong, defaultAsFlag: "",
        help: ArgumentHelp(
            "Go on with a session, by its id, a part of it or its title; bare: choose one.", valueName: "id|title"))
    var resume: String?

    @OptionGroup var common: CommonOptions

    @Option(name: .shortAndLong, help: "The system prompt.")
    var system: String?

    @OptionGroup(title: "Parameters of the request") var parameters: ParameterOptions

    @Flag(name: .customLong("no-stream"), help: "Ask for the whole answer at once.")
    var wholeAtOnce = false

    @Flag(name: .customLong("no-save"), help: "Keep nothing of this session on disk.")
    var unsaved = false

    @Flag(help: "Print one JSON object instead of the text of the answer.")
    var json = false

    @Flag(help: "Show the source of answers instead of their Markdown rendered.")
    var raw = false

    func run() async throws {
        var options = common.options
        options.prompt = prompt.joined(separator: " ")
        options.printsOneAnswer = print
        options.continuesNewest = continues
        options.resumed = resume
        options.system = system
        options.parameters = parameters.flags
        options.streams = !wholeAtOnce
        options.saves = !unsaved
        options.printsJSON = json
        options.showsSource = raw
        try await Subcommands.chat(options).exit()
    }
}
