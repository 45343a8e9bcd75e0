public import ChatApi

/// Asks the model for a title of a conversation.
public struct TitleRequest: Sendable {
    private let api: ChatApi
    private let request: CreateChatCompletionRequest

    /// Of a message so much is sent.
    private static let longestPart = 2000

    /// - Parameters:
    ///   - api: Where to ask.
    ///   - session: The conversation; only the beginning of its first turn is sent.
    public init(api: ChatApi, session: Session) {
        self.api = api
        func text(_ role: ChatCompletionRole) -> String {
            let text = session.messages.first { $0.role == role }?.content.map { AnswerParts($0.typed).content } ?? ""
            return String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.longestPart)))
        }
        request = CreateChatCompletionRequest(
            model: session.model ?? "",
            messages: [
                .user(
                    """
                    Question:
                    \(text(.user))

                    Answer:
                    \(text(.assistant))

                    Give this conversation a title of two to six words, in its language. Write only the title.
                    """)
            ])
    }

    /// Runs to the end, or until there is enough of an answer; cancelling the task ends it at once.
    /// - Returns: The title, on one line; nil if the model gave none.
    /// - Throws: `ApiError`, or `CancellationError`.
    public func title() async throws -> String? {
        var accumulator = MessageAccumulator()
        var splitter = ThinkTagSplitter()
        var text = ""
        func take(_ delta: MessageDelta) {
            for case .content(let more) in splitter.append(delta.content) { text += more }
        }
        for try await chunk in try await api.createChatCompletionStream(request) {
            take(accumulator.apply(chunk))
            // A model that writes an essay isn't waited for.
            if text.utf8.count > 1000 { break }
        }
        take(accumulator.finish())
        for case .content(let more) in splitter.finish() { text += more }
        return Self.title(in: text)
    }

    /// The title in what a model wrote: its first line, without quotes, marks of Markdown, or a full stop.
    static func title(in text: String) -> String? {
        let lines = text.unicodeScalars.prefix(2000).split { $0 == "\n" || $0 == "\r" }
        guard let line = lines.first(where: { !$0.allSatisfy(\.properties.isWhitespace) }) else { return nil }
        let around: Set<Unicode.Scalar> = ["\"", "'", "*", "_", "#", "`", "“", "”", "„", "«", "»", " ", "\t"]
        var words = line.prefix(500).drop(while: around.contains)
        if String(words.prefix(6)).lowercased() == "title:" { words = words.dropFirst(6).drop(while: around.contains) }
        while let last = words.last, around.contains(last) || last == "." { words.removeLast() }
        let title = Session.title(from: String(words))
        return title.isEmpty ? nil : title
    }
}
