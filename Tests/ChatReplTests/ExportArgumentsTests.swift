import ChatSession
import Testing

@testable import ChatRepl

@Suite("The arguments of /export")
struct ExportArgumentsTests {
    @Test(
        "a format, a path and turns, each of which may be missing",
        arguments: [
            ("", .markdown, "", nil), ("html", .html, "", nil), ("2-3", .markdown, "", "2-3"),
            ("json 2", .json, "", "2"),
            ("a b.html 1", .html, "a b.html", "1"), ("txt ~/t 4-", .text, "~/t", "4-"),
            ("md banana", .markdown, "banana", nil),
            ("md x.html", .markdown, "x.html", nil), ("md x.pdf", .markdown, "x.pdf", nil),
            ("./2-3", .markdown, "./2-3", nil),
            ("dir/notes", .markdown, "dir/notes", nil), ("\"9-8\"", .markdown, "9-8", nil),
            (".notes", .markdown, ".notes", nil),
            ("./v1.2/notes", .markdown, "./v1.2/notes", nil), ("X.HTM", .html, "X.HTM", nil),
        ] as [(String, ExportFormat, String, String?)])
    func arguments(text: String, format: ExportFormat, path: String, turns: String?) throws {
        let arguments = try ExportArguments(text)
        #expect(arguments.format == format && arguments.path == path && arguments.turns?.description == turns)
        #expect(!arguments.isForced)
        if !path.isEmpty { #expect(try ExportArguments("-f " + text).isForced) }
    }

    @Test(
        "what was meant otherwise is no name of a file",
        arguments: [
            ("md 9-8", "9-8 names no turns."), ("1-1 md", "1-1 isn't taken there"), ("0", "0 names no turns."),
            ("2 x.md", "2 isn't taken there"), ("md x.md -f", "-f isn't taken there"),
            ("md -f x.md", "-f isn't taken there"),
            ("--format md", "--format isn't taken there"), ("banana", "banana is neither"),
            ("my notes", "my notes is neither"),
            ("txt json", "json is neither"), ("banter", "banter is the session's own file"),
            ("-f", "-f needs the file"),
            ("-f html", "-f needs the file"), ("x.pdf", "x.pdf has the ending of no format."),
            ("~/a/e.docx", "~/a/e.docx has the ending of no format."), ("\"\"", "\"\" is neither"),
            ("a\0.md", "a\0.md is neither"),
        ])
    func mistakes(text: String, words: String) {
        #expect {
            try ExportArguments(text)
        } throws: {
            Sentences.complaint(about: $0).what.hasPrefix(words)
        }
    }
}
