import ChatApi
import ChatSession
import Terminal

/// What an answer took: tokens, time and money.
extension Sentences {
    /// The quiet line under an answer, broken between its parts: tokens, seconds, speed, cost.
    static func statusLine(of record: TurnRecord, cost: String?, look: TerminalLook, columns: Int) -> [StyledLine] {
        var parts: [String] = []
        if let usage = record.usage {
            if let tokens = usage.promptTokens {
                parts.append("\(TokenCounts.bounded(tokens)) in" + note(usage.cached, "cached"))
            }
            if let tokens = usage.completionTokens {
                parts.append("\(TokenCounts.bounded(tokens)) out" + note(usage.reasoning, "reasoning"))
            }
        }
        if let seconds = record.secondsToFirstToken { parts.append("\(tenths(seconds)) s to first token") }
        if let tokens = record.usage?.completionTokens, tokens > 0, let total = record.seconds,
            let first = record.secondsToFirstToken, total - first > 0.05
        {
            parts.append("\(tenths(Double(TokenCounts.bounded(tokens)) / (total - first))) tokens/s")
        }
        if let cost { parts.append(cost) }
        return joined(parts, by: look.separator, columns: columns).map { StyledLine($0, .dim) }
    }

    private static func note(_ count: Int, _ word: String) -> String { count > 0 ? " (\(count) \(word))" : "" }

    /// Parts on as few lines as they fit on, each whole.
    private static func joined(_ parts: [String], by separator: String, columns: Int) -> [String] {
        var lines: [String] = []
        for part in parts {
            if let line = lines.last, StyledLine(line + separator + part).width <= columns {
                lines[lines.count - 1] = line + separator + part
            } else {
                lines.append(part)
            }
        }
        return lines
    }

    /// What a session took so far, with what has left the conversation.
    static func usage(of session: Session, prices: Prices) -> String {
        let left = session.branches.flatMap(\.turns).filter { $0.usage != nil }
        let turns = session.turns.filter { $0.usage != nil } + left
        let counted = turns.compactMap(\.usage)
        let summaries = ([session.view] + session.branches.map(\.view)).compactMap { $0?.usage }
        var lines: [String] = []
        if counted.isEmpty {
            lines.append("No tokens were counted in this session yet.")
        } else {
            let inBranches = left.isEmpty ? "" : ", \(left.count) of them in branches"
            lines.append("\(count(counted.count, "answer"))\(inBranches): \(tokens(counted)).")
        }
        if !summaries.isEmpty {
            lines.append(
                "\(summaries.count == 1 ? "The summary" : "\(summaries.count) summaries") took \(tokens(summaries)).")
        }
        if let sent = sent(session) {
            lines.append(sent)
        } else if let usage = session.turns.last(where: { $0.usage != nil })?.usage {
            let next = TokenCounts(usage).input + TokenCounts.bounded(usage.completionTokens ?? 0)
            lines.append("The conversation is about \(next) tokens long; all of it is sent with the next message.")
        }
        let costs = turns.map { prices.cost(of: $0, in: session) }
        let known = costs.compactMap { $0 }
        if !known.isEmpty {
            let of = known.count < costs.count ? "; \(costs.count - known.count) more had no price" : ""
            lines.append("Cost: \(prices.text(of: known.reduce(.zero, +)))\(of).")
        }
        return lines.joined(separator: "\n")
    }

    private static func tokens(_ counted: [CompletionUsage]) -> String {
        let input = counted.reduce(0) { $0 + TokenCounts.bounded($1.promptTokens ?? 0) }
        let output = counted.reduce(0) { $0 + TokenCounts.bounded($1.completionTokens ?? 0) }
        return "\(input) tokens in, \(output) out, \(input + output) in all"
    }

    // MARK: Waiting

    /// Said once, where nothing moves.
    static let waitingForAnswer = "Waiting for the answer."

    /// What stands above the prompt while an answer is waited for.
    /// - Parameters:
    ///   - wait: What is waited for.
    ///   - seconds: For how long, or of another try: until when; nil where it isn't counted.
    ///   - columns: The width of the terminal.
    ///   - look: Its looks.
    /// - Returns: A few words, on one line.
    static func waiting(for wait: StatusBoard.Wait, seconds: Int?, columns: Int, look: TerminalLook) -> String {
        switch wait {
        case .answer:
            let mark = look.isUnicode ? "…" : "..."
            return mark + (seconds.map { " \($0) s" } ?? "")
        case .reasoning:
            return "thinking" + (seconds.map { "\(look.separator)\($0) s" } ?? "")
        case .retry(let notice):
            return retrying(notice, seconds: seconds ?? 0, columns: columns)
        }
    }

    /// What a wait for another try is for; in a narrow window in fewer words.
    static func retrying(_ notice: RetryNotice, seconds: Int, columns: Int) -> String {
        let which = "(\(notice.attempt) of \(notice.maximum))…"
        let full = "\(complaint(about: notice.error).what) Trying again in \(seconds) s \(which)"
        if StyledLine(full).width <= columns { return full }
        let reason = notice.error.statusCode.map { "HTTP \($0)" } ?? "No connection"
        let short = "\(reason). Trying again in \(seconds) s \(which)"
        return StyledLine(short).width <= columns ? short : "\(reason); again in \(seconds) s \(which)"
    }
}
