import ChatApi
import ChatSession
import Terminal

extension CommandRegistry {
    static let parameterCommands: [SlashCommand] = [
        SlashCommand(
            name: "set", arguments: "[NAME VALUE]",
            summary: "Show or set a parameter of the request, such as temperature",
            group: .model, completions: parameterOffers
        ) { repl, text in
            let written = text.prefix { !$0.isWhitespace }
            let name = RequestParameter.name(written: String(written))
            let value = text[written.endIndex...].drop(while: \.isWhitespace)
            if name.isEmpty { return await repl.print(Sentences.parameters(of: repl.conversation.session)) }
            if value.isEmpty {
                return await repl.print([Sentences.parameter(name, of: repl.conversation.session)])
            }
            if Session.reservedParameters.contains(name) { return await repl.say(Sentences.reservedParameter(name)) }
            let parsed = try RequestParameter.value(of: name, written: String(value))
            await repl.change { $0.parameters[name] = parsed }
            await repl.say(Sentences.parameterIsSet(name, parsed))
        },
        SlashCommand(
            name: "unset", arguments: "NAME", summary: "Leave a parameter of the request to the provider again",
            group: .model, isUseful: { !$0.situation.parameters.isEmpty },
            completions: { context, _ in ArgumentOffers(setParameters(context)) }
        ) { repl, text in
            let name = RequestParameter.name(written: text)
            if name.isEmpty { return await repl.say("/unset NAME: the name is missing. /set lists what is set.") }
            guard repl.conversation.session.parameters[name] != nil else {
                return await repl.say("\(name) is not set. /set lists what is.")
            }
            await repl.change { $0.parameters[name] = nil }
            await repl.say("\(name) is left to the provider, from the next message on.")
        },
    ]

    /// The names of parameters, or the values of the one whose name is typed.
    private static let parameterOffers: @Sendable (CompletionContext, String) -> ArgumentOffers = { context, typed in
        let name = typed.unicodeScalars.prefix { !$0.properties.isWhitespace }
        let rest = typed.unicodeScalars[name.endIndex...]
        guard !rest.isEmpty else {
            let known = RequestParameter.all.map { parameter in
                let value = context.situation.parameters[parameter.name].map { " (now \(Sentences.text(of: $0)))" }
                return offer(of: parameter.name, description: parameter.summary + (value ?? ""))
            }
            let others = setParameters(context).filter { RequestParameter.named($0.candidate.label) == nil }
            return ArgumentOffers(known + others)
        }
        let offset = name.count + rest.prefix { $0.properties.isWhitespace }.count
        let parameter = RequestParameter.named(RequestParameter.name(written: String(name)))
        return ArgumentOffers(parameter?.offers ?? [], offset: offset)
    }

    private static func setParameters(_ context: CompletionContext) -> [CompletionOffer] {
        context.situation.parameters.map { name, value in offer(of: name, description: Sentences.text(of: value)) }
    }

    /// A name is followed by a value, and found by its spelling as an option, too.
    private static func offer(of name: String, description: String) -> CompletionOffer {
        let option = String(String.UnicodeScalarView(name.unicodeScalars.map { $0 == "_" ? "-" : $0 }))
        return CompletionOffer(name + " ", label: name, description: description, names: [name, option, "--" + option])
    }
}
