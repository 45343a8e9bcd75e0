import FoundationEssentials
import Terminal
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
