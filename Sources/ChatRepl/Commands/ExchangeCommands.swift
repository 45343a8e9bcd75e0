import ChatSession

extension CommandRegistry {
    static let exchangeCommands: [SlashCommand] = [
        SlashCommand(
            name: "export", arguments: "[FORMAT] [PATH]",
            summary: "Write this session, or its turns N-M, to a file (md, json, html, txt)", group: .sessions,
            isUseful: { $0.situation.hasTurns },
            completions: { context, typed in
                let formats = [
                    CompletionOffer("md", description: "Markdown"),
                    CompletionOffer("json", description: "messages as the API takes them"),
                    CompletionOffer("html", description: "a page that stands for itself"),
                    CompletionOffer("txt", description: "plain text"),
                ]
                guard let blank = typed.unicodeScalars.lastIndex(where: \.properties.isWhitespace) else {
                    return ArgumentOffers(formats)
                }
                let offset = typed.unicodeScalars.distance(
                    from: typed.startIndex, to: typed.unicodeScalars.index(after: blank))
                var files = context.files(String(typed.unicodeScalars.dropFirst(offset)))
                files.offset += offset
                return files
            }
        ) { repl, text in
            try await repl.export(try ExportArguments(text))
        },
        SlashCommand(
            name: "import", arguments: "PATH",
            summary: "Take over sessions or chats of ChatGPT, llm, aichat or shell_gpt", group: .sessions,
            completions: { context, typed in context.files(typed) }
        ) { repl, text in
            try await repl.importFile(text)
        },
    ]
}
