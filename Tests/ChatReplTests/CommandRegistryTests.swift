import ChatSession
import FoundationEssentials
import Terminal
import TestSupport
import Testing

@testable import ChatRepl

@Suite("The registry of commands")
struct CommandRegistryTests {
    @Test("no name is given twice")
    func unique() {
        let names = CommandRegistry.all.flatMap { [$0.name] + $0.aliases }
        #expect(Set(names).count == names.count)
        for name in names { #expect(CommandRegistry.command(named: name) != nil) }
        #expect(CommandRegistry.command(named: "") == nil)
    }

    @Test("every command says what it does, in words that fit behind it", arguments: CommandRegistry.all.map(\.name))
    func summary(name: String) throws {
        let command = try #require(CommandRegistry.command(named: name))
        #expect(!command.summary.isEmpty && !command.summary.hasSuffix("."))
        #expect(command.summary.first?.isUppercase == true)
        #expect(Sentences.help(for: command)[0].text == "\(Sentences.usage(of: command))  \(command.summary).")
    }

    @Test("/help has every command on a line of its own that fits into 80 columns")
    func help() {
        let lines = Sentences.help.map(\.text)
        for command in CommandRegistry.all {
            let fitting = lines.filter { $0.hasPrefix("  " + Sentences.usage(of: command) + "  ") }
            #expect(fitting.count == 1 && fitting[0].hasSuffix(command.summary), "\(command.name)")
        }
        #expect(Sentences.help.allSatisfy { $0.width <= 100 })
    }

    @Test("the README's table is made of the same commands, in the same words and order")
    func readme() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let readme = try #require(FileManager.default.contents(atPath: "/\(root)/README.md"))
        let rows = String(decoding: readme, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("| `/") }
        let expected = CommandRegistry.all.map { command in
            "| `\(Sentences.usage(of: command).replacing("|", with: "\\|"))` | \(command.summary) |"
        }
        #expect(rows.map(String.init) == expected)
    }
}

@Suite("Completion")
struct CompletionTests {
    private let directory: TemporaryDirectory
    private let home: BanterHome
    private let knowledge: CompletionKnowledge

    init() throws {
        directory = try TemporaryDirectory()
        home = BanterHome(path: directory.path)
        knowledge = CompletionKnowledge(home: home)
        knowledge.setModels(["gpt-small", "GPT-large", "other"])
    }

    private func candidates(_ text: String, cursor: Int? = nil) -> [String]? {
        knowledge.complete(text, cursor: cursor ?? text.unicodeScalars.count)?.candidates.map(\.text)
    }

    @Test("a slash brings all commands, letters those that begin with them, with their summaries")
    func commands() throws {
        #expect(candidates("/") == CommandRegistry.names.map { "/\($0) " })
        #expect(candidates("/mod") == ["/model ", "/models "])
        #expect(candidates("/modxyz", cursor: 4) == ["/model ", "/models "])
        let completion = try #require(knowledge.complete("/usa", cursor: 4))
        #expect(completion.from == 0)
        #expect(
            completion.candidates.map(\.description) == CommandRegistry.all.filter { $0.name == "usage" }.map(\.summary)
        )
    }

    @Test("what isn't a command is left alone", arguments: ["", "hello", "tell /us", "/nosuch x", "/quit x", "🙂/"])
    func messages(text: String) { #expect(candidates(text) == nil) }

    @Test("arguments are completed from where they begin, whatever the case")
    func arguments() throws {
        #expect(candidates("/model gpt") == ["gpt-small", "GPT-large"])
        #expect(candidates("/model ") == ["gpt-small", "GPT-large", "other"])
        #expect(knowledge.complete("/model  o", cursor: 9)?.from == 8)
        #expect(candidates("/help mod") == ["model", "models"])
    }

    @Test("sessions are completed by id, with their titles")
    func sessions() throws {
        var conversation = Conversation(Session(), store: home.sessions)
        try conversation.say("How are you?")
        let id = conversation.session.id.text
        let completion = try #require(knowledge.complete("/resume 2", cursor: 9))
        #expect(completion.candidates == [Completion.Candidate(text: id, description: "How are you?")])
    }
}
