import Terminal
import TerminalMarkdown

extension CommandRegistry {
    static let outputCommands: [SlashCommand] = [
        SlashCommand(
            name: "show", arguments: "[N]",
            summary: "Read the whole conversation, from its end or from turn N", group: .output,
            isUseful: { $0.situation.answer != nil }, runsDuringAnswers: true
        ) { repl, text in
            await repl.show(text)
        },
        SlashCommand(
            name: "copy", arguments: "[N] [raw]",
            summary: "Copy a code block of the last answer, or all of it, to the clipboard",
            group: .output, isUseful: { $0.situation.answer != nil },
            completions: { context, typed in
                if BlockArguments(typed).isBehindNumber(typed) {
                    return ArgumentOffers([rawOffer], offset: BlockArguments.offsetBehindNumber(typed))
                }
                return ArgumentOffers(blockOffers(context, ending: "") + [rawOffer])
            }
        ) { repl, text in
            await repl.copy(BlockArguments(text))
        },
        SlashCommand(
            name: "write", arguments: "[-f] N PATH",
            summary: "Write a code block of the last answer to a file; -f replaces one",
            group: .output, isUseful: { !$0.situation.codeBlocks.isEmpty },
            completions: { context, typed in
                let flag = typed.utf8.starts(with: "-f ".utf8) ? 3 : 0
                let rest = String(typed.unicodeScalars.dropFirst(flag))
                if BlockArguments(rest).isBehindNumber(rest) {
                    let offset = BlockArguments.offsetBehindNumber(rest)
                    var files = context.files(String(rest.unicodeScalars.dropFirst(offset)))
                    files.offset += flag + offset
                    return files
                }
                return ArgumentOffers(blockOffers(context, ending: " "), offset: flag)
            }
        ) { repl, text in
            await repl.write(BlockArguments(text, takesFlag: true))
        },
        SlashCommand(
            name: "pipe", arguments: "N COMMAND",
            summary: "Run a shell command on a code block of the last answer",
            group: .output, isUseful: { !$0.situation.codeBlocks.isEmpty },
            completions: { context, typed in
                ArgumentOffers(
                    BlockArguments(typed).isBehindNumber(typed) ? [] : blockOffers(context, ending: " "))
            }
        ) { repl, text in
            await repl.pipe(BlockArguments(text))
        },
        SlashCommand(
            name: "raw", arguments: "[on|off]",
            summary: "Show answers as their source, the last one at once; again: rendered",
            group: .output,
            completions: { _, _ in
                ArgumentOffers([
                    CompletionOffer("on", description: "the source"), CompletionOffer("off", description: "rendered"),
                ])
            }
        ) { repl, text in
            await repl.setRaw(text)
        },
    ]

    private static let rawOffer = CompletionOffer("raw", description: "with the characters that can't be seen")

    private static func blockOffers(_ context: CompletionContext, ending: String) -> [CompletionOffer] {
        context.situation.codeBlocks.enumerated().map { index, block in
            let number = String(index + 1)
            let beginning = block.text.unicodeScalars.drop(while: \.properties.isWhitespace).prefix { $0 != "\n" }
            let description = [block.language, String(String.UnicodeScalarView(beginning.prefix(60)))]
            return CompletionOffer(
                number + ending, label: number,
                description: description.filter { !$0.isEmpty }.joined(separator: ": "), names: [number])
        }
    }
}
