import ChatApi
import ChatSession
import Terminal
import TerminalMarkdown

/// What `banter sessions` does with those that are saved.
extension Subcommands {
    /// Lists those that changed last, all if there is no limit.
    package static func listSessions(json: Bool, limit: Int?) -> ExitStatus {
        withFront { front in
            let listing = try front.requiredHome.sessions.summaries(limit: limit)
            let (sessions, output) = (listing.sessions, front.answers)
            let parts = BlockingWork.onTwoThreads(count: (sessions.count + rowsInPart - 1) / rowsInPart) { part in
                let rows = sessions.dropFirst(part * rowsInPart).prefix(rowsInPart)
                return json
                    ? Array(rows.map { Self.summary(of: $0).line }.joined().utf8)
                    : output.encoded(Sentences.table(of: rows))
            }
            try output.write(parts.reduce(into: []) { $0 += $1 })
            for problem in listing.problems { _ = front.report(problem) }
            return listing.problems.isEmpty ? .success : .badInput
        }
    }

    /// So many rows a thread makes at once.
    private static let rowsInPart = 128

    private static func summary(of session: SessionSummary) -> JSONObject {
        [
            "id": .string(session.id.text), "title": .string(session.title),
            "created": session.created.map { .string($0.text) } ?? .null,
            "updated": session.updated.map { .string($0.text) } ?? .null,
            "provider": session.provider.map(JSONValue.string) ?? .null,
            "model": session.model.map(JSONValue.string) ?? .null,
            "bytes": .number(JSONNumber(session.byteCount)),
        ]
    }

    /// Finds the sessions that have some words.
    package static func searchSessions(_ text: String, json: Bool, limit: Int) -> ExitStatus {
        withFront { front in
            guard let query = SearchQuery(text) else { throw Sentences.nothingToSearch }
            let search = SessionSearch(query, in: try front.requiredHome.sessions)
            let result = try search.run(limit: max(limit, SessionSearch.maximumHits))
            if json {
                let lines = result.hits.prefix(limit).map { Self.json(of: $0).line }
                try front.answers.write(Array(lines.joined().utf8))
            } else {
                let lines = result.hits.prefix(limit).flatMap { Sentences.lines(of: $0, look: front.look) }
                try front.answers.write(lines)
                if let note = Sentences.found(result, shown: limit) {
                    try? front.messages.write([StyledLine(note, .dim)])
                }
            }
            for problem in result.problems { _ = front.report(problem) }
            if !result.problems.isEmpty { return .badInput }
            return result.hits.isEmpty ? .failure : .success
        }
    }

    private static func json(of hit: SessionHit) -> JSONObject {
        var object = summary(of: hit.session)
        object["matchCount"] = .number(JSONNumber(hit.matchCount))
        object["matches"] = .array(
            hit.matches.map { match in
                var fields: JSONObject = ["in": .string("title")]
                switch match.place {
                case .title: break
                case .system: fields["in"] = "system"
                case .turn(let turn): (fields["in"], fields["turn"]) = ("turn", .number(JSONNumber(turn)))
                }
                if let branch = match.branch { fields["branch"] = .number(JSONNumber(branch)) }
                let parts = match.snippet.parts
                fields["text"] = .string(parts.map(\.text).joined())
                fields["found"] = .array(parts.filter(\.isMatch).map { .string($0.text) })
                return .object(fields)
            })
        return object
    }

    // MARK: Showing one

    /// Prints what was said in a session: the newest one, if none is named.
    package static func showSession(_ query: String?, turns: String?, json: Bool, raw: Bool) -> ExitStatus {
        withFront { front in
            let store = try front.requiredHome.sessions
            guard let id = try query.map({ try store.find($0) }) ?? store.newest() else {
                throw Complaint(
                    "No session is saved yet.", next: "banter begins one.", status: .badInput, code: "sessionNotFound")
            }
            let session = try store.load(id)
            let range = try Self.range(of: turns, in: session)
            if json {
                try front.answers.write(Array(Self.json(of: range, in: session).joined().utf8))
            } else if front.terminal.outputIsTerminal, !raw {
                var look = front.look
                look.showsSource = false
                let width = TerminalEnvironment.size(of: 1)?.columns ?? 80
                let transcript = Transcript(session, look: look)
                for index in range {
                    try front.answers.write(transcript.lines(ofAnyMessage: index, width: width))
                }
            } else {
                let printer = AnswerPrinter(output: front.answers, isTerminal: front.terminal.outputIsTerminal)
                for index in range { printer.print(.content(Self.text(of: session.messages[index]))) }
                printer.finish()
            }
            return .success
        }
    }

    private static func range(of turns: String?, in session: Session) throws -> Range<Int> {
        guard let turns else { return session.messages.indices }
        guard let range = TurnSelection(turns)?.range(in: session.messages) else {
            throw Sentences.noTurns(turns, count: session.exchanges.count)
        }
        return range
    }

    /// Messages as they are sent, with their turns and what is known of them, one a line.
    private static func json(of range: Range<Int>, in session: Session) -> [String] {
        let records = Dictionary(session.turns.map { ($0.message, $0.fields) }, uniquingKeysWith: { $1 })
        var turn = session.messages[..<range.lowerBound].count { $0.role == .user }
        return range.map { index in
            if session.messages[index].role == .user { turn += 1 }
            var object: JSONObject = ["turn": turn == 0 ? .null : .number(JSONNumber(turn))]
            object["message"] = .object(session.messages[index].fields)
            if let record = records[index] { object["record"] = .object(record) }
            return object.line
        }
    }

    /// A message as plain text: what was typed as it looks at the prompt, an answer as the model wrote it, and what it calls.
    private static func text(of message: ChatCompletionRequestMessage) -> String {
        if message.role == .user {
            let lines = (message.content?.text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
            return lines.map { "> \($0)\n" }.joined() + "\n"
        }
        let calls =
            (message.toolCalls ?? []).map { Sentences.call($0.name, $0.arguments) }
            + (message.functionCall.map { [Sentences.call($0.name, $0.arguments)] } ?? [])
        let said = [message.content?.text, message.refusal].compactMap { $0 }.filter { !$0.isEmpty }
        return (said + calls).map { $0.utf8.last == UInt8(ascii: "\n") ? $0 + "\n" : $0 + "\n\n" }.joined()
    }
}
