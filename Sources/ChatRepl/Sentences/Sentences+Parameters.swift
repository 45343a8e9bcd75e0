import ChatApi
import ChatSession
import Terminal

extension Sentences {
    /// A value as JSON on one line, shortened.
    static func text(of value: JSONValue) -> String {
        let text = String(decoding: value.serialized(), as: UTF8.self)
        return text.unicodeScalars.count > 60 ? String(text.unicodeScalars.prefix(60)) + "…" : text
    }

    /// What is set for the requests of a session.
    static func parameters(of session: Session) -> [StyledLine] {
        if session.parameters.isEmpty {
            return [StyledLine("No parameter is set. /set NAME VALUE sets one; Tab offers them.", .dim)]
        }
        return session.parameters.map { name, value in
            StyledLine([StyledText(name), StyledText(" " + text(of: value), .dim)])
        }
    }

    /// What one parameter is, and what for.
    static func parameter(_ name: String, of session: Session) -> StyledLine {
        let summary = RequestParameter.named(name).map { ": \($0.summary)." } ?? "."
        guard let value = session.parameters[name] else { return StyledLine("\(name) is not set\(summary)", .dim) }
        return StyledLine("\(name) is \(text(of: value))\(summary)", .dim)
    }

    static func parameterIsSet(_ name: String, _ value: JSONValue) -> String {
        let set = "\(name) is \(text(of: value)), from the next message on."
        guard RequestParameter.named(name) == nil else { return set }
        let nearest = Spelling.nearest(to: name, among: RequestParameter.all.map(\.name))
        return set + " Banter doesn't know it" + (nearest.map { "; did you mean \($0)?" } ?? ", but the provider may.")
    }

    static func reservedParameter(_ name: String) -> String {
        switch name {
        case "model": "/model NAME asks another model."
        case "stream": "--no-stream, when Banter is started, asks for whole answers."
        default: "\(name) is what Banter sets itself."
        }
    }
}
