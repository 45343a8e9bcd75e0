import ChatApi
import ChatSession
import Terminal

/// What is said around an answer: of its reasoning, and of how it ended.
extension Sentences {
    static let refusalFollows = "The model refuses:"

    static func contentWasReasoning(_ look: TerminalLook) -> String {
        marked("▴", "^", "Up to here it was reasoning.", look)
    }

    /// The line that stands for reasoning which isn't shown.
    static func foldedReasoning(words: Int, seconds: Double?, look: TerminalLook) -> String {
        let count = "\(words) \(words == 1 ? "word" : "words")"
        // What came at once wasn't waited for.
        let time = seconds.map { $0 >= 0.05 } == true ? "for \(tenths(seconds ?? 0)) s, " : "in "
        return marked("▸", "+", "thought \(time)\(count)\(look.separator)/reasoning shows it", look)
    }

    private static func marked(_ mark: String, _ ascii: String, _ text: String, _ look: TerminalLook) -> String {
        look.isCalm ? text : "\(look.isUnicode ? mark : ascii) \(text)"
    }

    /// What a way to see reasoning does, in a few words.
    static func meaning(of reasoning: DisplaySettings.Reasoning) -> String {
        switch reasoning {
        case .show: "all of it, quietly"
        case .fold: "one line that says how much there was"
        case .hide: "nothing of it"
        }
    }

    static func noSuchReasoning(_ text: String) -> String {
        "/reasoning takes show, fold or hide, not \(word(text)); alone it shows that of the last answer."
    }

    // MARK: How it ended

    /// How the ends of answers look: they must be seen under quiet reasoning, too.
    static let endingStyle = Style().colored(.yellow)

    /// What to say under an answer.
    static func lines(of endings: [AnswerEnding], in session: Session, look: TerminalLook) -> [StyledLine] {
        let place = Place.prompt(showsReasoning: look.reasoning == .show)
        // Above its words it was said already that they refuse.
        return endings.filter { $0 != .refusal }.map {
            StyledLine(ending($0, of: session, at: place), $0 == .interrupted ? .dim : endingStyle)
        }
    }

    /// Where something is said: what to do next differs.
    enum Place: Hashable {
        /// Under the answer, whose reasoning is there to be seen or isn't.
        case prompt(showsReasoning: Bool)
        case commandLine
    }

    private static func continueHint(_ place: Place) -> String {
        if case .prompt = place { " /continue goes on." } else { "" }
    }

    /// What to say of the end of an answer.
    static func ending(_ ending: AnswerEnding, of session: Session, at place: Place) -> String {
        switch ending {
        case .tokenLimit:
            "The answer stops here because the limit of tokens was reached"
                + limitHint(session.parameters, provider: session.provider, at: place)
        case .filter: "The provider's filter stopped the answer here. Other words may pass it."
        case .interrupted: "Stopped; what came is kept." + continueHint(place)
        case .cut: "The answer was cut off; what came is kept." + continueHint(place)
        case .other(let reason): "The answer ended for a reason that Banter doesn't know: \(word(reason))."
        case .refusal: "The model refuses, in the words that were printed."
        case .toolCalls(let names): toolCalls(names)
        case .onlyReasoning: "Only reasoning came, and no answer." + reasoningHint(place)
        case .nothing: "The model answered nothing. Ask again, or in other words."
        }
    }

    /// Which parameter raises the limit of tokens: the one that is set, else the one that the provider knows.
    private static func limitHint(_ parameters: JSONObject, provider: String?, at place: Place) -> String {
        let names = ["max_completion_tokens", "max_tokens"]
        // Other servers ignore or refuse OpenAI's newer name; OpenAI's newer models refuse the older one.
        let name = names.first { parameters[$0] != nil } ?? (provider == Provider.openAI.name ? names[0] : names[1])
        let now = parameters[name].map { " (\(name) is \(text(of: $0)))" } ?? ""
        let how =
            switch place {
            case .prompt: "/set \(name) NUMBER"
            case .commandLine: name == "max_tokens" ? "--max-tokens NUMBER" : "-o \(name)=NUMBER"
            }
        return "\(now). \(how) \(parameters[name] == nil ? "may raise" : "raises") it."
    }

    private static func reasoningHint(_ place: Place) -> String {
        switch place {
        case .prompt(showsReasoning: true): ""
        case .prompt(showsReasoning: false): " /reasoning shows it."
        case .commandLine: " --json shows it."
        }
    }

    private static func toolCalls(_ names: [String]) -> String {
        let shown = names.prefix(5).map { $0.isBlank ? "one without a name" : word($0) }
        let more = names.count - shown.count
        let list = shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        return names.count == 1
            ? "The model asks for a tool, which Banter doesn't run: \(list)."
            : "The model asks for \(names.count) tools, which Banter doesn't run: \(list)."
    }

    /// The start of a name that somebody else gave, on one line.
    static func word(_ text: String) -> String {
        // Sanitised first, as that makes it longer.
        let start = StyledText(String(String.UnicodeScalarView(text.unicodeScalars.prefix(61)))).text.unicodeScalars
        return start.count > 60 ? String(String.UnicodeScalarView(start.prefix(60))) + "…" : String(start)
    }
}
