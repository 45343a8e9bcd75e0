import ArgumentParser
import ChatRepl

/// Options that several commands take.
struct CommonOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("The model to ask.", valueName: "[provider/]model"))
    var model: String?

    @Option(help: ArgumentHelp("The provider to ask, by its name in the configuration.", valueName: "name"))
    var provider: String?

    @Option(help: ArgumentHelp("The configuration file.", valueName: "path"))
    var config: String?

    @Option(help: ArgumentHelp("Whether colours are shown: auto, always or never.", valueName: "when"))
    var color = "auto"

    @Flag(help: "Log requests to standard error, with the key masked.")
    var verbose = false

    func validate() throws {
        guard ["auto", "always", "never"].contains(color) else {
            throw ValidationError("--color is auto, always or never, not \(color).")
        }
    }

    var options: ChatOptions {
        var options = ChatOptions()
        options.model = model
        options.provider = provider
        options.configurationPath = config
        options.color = color
        options.isVerbose = verbose
        return options
    }
}

/// Parameters of the request, by flags of their own or by name.
struct ParameterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("How adventurous the words are, 0 to 2.", valueName: "number"))
    var temperature: Double?

    @Option(help: ArgumentHelp("The share of likely words to choose from, 0 to 1.", valueName: "number"))
    var topP: Double?

    @Option(help: ArgumentHelp("The most tokens that the answer may have.", valueName: "count"))
    var maxTokens: Int?

    @Option(help: ArgumentHelp("Makes answers repeatable, where the provider can.", valueName: "number"))
    var seed: Int?

    @Option(help: ArgumentHelp("Ends the answer before this text; up to four.", valueName: "text"))
    var stop: [String] = []

    @Option(help: ArgumentHelp("How long a reasoning model thinks: none, low, medium, high, ….", valueName: "effort"))
    var reasoningEffort: String?

    @Option(
        name: [.customShort("o"), .customLong("option")],
        help: ArgumentHelp("Any other parameter, its value as JSON.", valueName: "name=json"))
    var other: [String] = []

    var flags: ParameterFlags {
        var flags = ParameterFlags()
        flags.temperature = temperature
        flags.topP = topP
        flags.maxTokens = maxTokens
        flags.seed = seed
        flags.stop = stop
        flags.reasoningEffort = reasoningEffort
        flags.other = other
        return flags
    }
}
