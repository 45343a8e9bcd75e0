import Testing
import TextSearch

@testable import ChatSession

@Suite("The parts of a search")
struct SearchPartsTests {
    @Test("a query is words and phrases in quotes, each once")
    func query() throws {
        #expect(SearchQuery("") == nil && SearchQuery(" \"\" \n") == nil)
        let query = try #require(SearchQuery(#"Red "green  BLUE" red "open one"#))
        #expect(
            query.terms == [
                SearchTerm(words: ["red"]), SearchTerm(words: ["green", "blue"]), SearchTerm(words: ["open", "one"]),
            ])
        #expect(try #require(SearchQuery((0..<100).map { "w\($0)" }.joined(separator: " "))).terms.count == 16)
        // Of what is longer than any question a beginning counts.
        let long = try #require(SearchQuery(String(repeating: "x", count: 1_000_000)))
        #expect(long.terms == [SearchTerm(words: [String(repeating: "x", count: 1000)])])
    }

    private func ranges(_ query: String, in text: String) throws -> [Range<Int>?] {
        let query = try #require(SearchQuery(query))
        return CaseFolding.fold(text).withUnsafeBufferPointer { text in query.terms.map { $0.firstRange(in: text) } }
    }

    @Test("a word is found within words, a phrase over line breaks")
    func terms() throws {
        #expect(try ranges("ett", in: "Letters") == [1..<4])
        #expect(try ranges(#""red  green""#, in: "red, red\n\tgreen") == [5..<15])
        #expect(try ranges(#""red green""#, in: "redgreen red") == [nil])
        #expect(try ranges("abab", in: "aabaabab") == [4..<8])
        #expect(try ranges(#""a b""#, in: "a a b") == [2..<5])
        // Blanks are the same in what is typed and in what is found.
        for blank in ["\u{A0}", "\u{202F}", "\u{3000}", "\u{85}", "\u{2028}", "\u{A0} \n"] {
            #expect(try ranges("\"a\(blank)b\"", in: "a b") == [0..<3])
            #expect(try ranges(#""a b""#, in: "a\(blank)b") == [0..<blank.utf8.count + 2])
        }
        #expect(try ranges(#""a b""#, in: "a\u{200B}b") == [nil])
    }

    @Test("a pattern finds what a plain search does, at every place and in whatever case")
    func patterns() throws {
        for word in ["e", "ex", "größe", "λόγος", "日本", "zzz9", "ςσ"] {
            let pattern = try #require(BytePattern(folded: CaseFolding.fold(word)))
            for before in 0..<40 {
                for behind in [0, 1, 20] {
                    for cased in [word, word.uppercased()] where CaseFolding.fold(cased) == CaseFolding.fold(word) {
                        let text =
                            Array(repeating: 0x2E, count: before) + Array(cased.utf8)
                            + Array(repeating: 0x2E, count: behind)
                        #expect(text.withUnsafeBufferPointer { pattern.firstIndex(in: $0) } == before)
                        let cut = text.prefix(before + cased.utf8.count - 1)
                        #expect(Array(cut).withUnsafeBufferPointer { pattern.firstIndex(in: $0) } == nil)
                    }
                }
            }
        }
        #expect(BytePattern(folded: Array(#""\/""#.utf8)) == nil)
    }

    private func mayMatch(_ query: String, _ text: String) throws -> Bool {
        let filter = FileFilter(try #require(SearchQuery(query)))
        return Array(text.utf8).withUnsafeBufferPointer { filter.mayMatch($0) }
    }

    @Test("a file is read if its texts may have the words, and isn't for the names of its fields")
    func filter() throws {
        let file = SessionFileTests.golden
        for query in ["BRIEF", "letters αβγ", "left", "greek", #""be brief""#, #"be/brief"#] {
            #expect(try mayMatch(query, file), "\(query)")
        }
        for query in ["content", "assistant", "stop", "mini", "nowhere", "brief nowhere", "messages"] {
            #expect(try !mayMatch(query, file), "\(query)")
        }
        // A field that isn't searched hides no text behind it.
        #expect(try mayMatch("user", "{\n  \"role\": \"user\",\n  \"content\": \"a user\"\n}\n"))
        for field in ["refusal", "reasoning", "reasoning_content", "name", "arguments", "input", "text"] {
            #expect(try mayMatch("needle", "{\n  \"\(field)\": \"a needle\"\n}"), "\(field)")
            #expect(try !mayMatch("needle", "{\n  \"\(field)x\": \"a needle\"\n}"), "\(field)")
        }
        // Whoever lays it out otherwise, it is read.
        #expect(try mayMatch("assistant", #"{"messages":[{"role":"assistant","content":"x"}]}"#))
        for (text, isRead) in [
            (#""\u0041bc""#, true), (#""\\u0041bc""#, false), (#""\\\u0041bc""#, true), (#""\u001b \u007f\n""#, false),
        ] {
            #expect(try mayMatch("abc", text) == isRead, "\(text)")
        }
    }

    private func snippet(_ text: String, _ ranges: [Range<Int>]) -> String {
        let snippet = SearchSnippet(of: Array(text.utf8), around: ranges)
        return (snippet.isCutBefore ? "…" : "") + snippet.parts.map { $0.isMatch ? "[\($0.text)]" : $0.text }.joined()
            + (snippet.isCutBehind ? "…" : "")
    }

    @Test("a snippet is one line around what was found, cut between words and never within a scalar")
    func snippets() {
        #expect(snippet("red\n\n green blue", [6..<11]) == "red [green] blue")
        #expect(snippet("red green", [0..<3, 1..<5, 4..<9]) == "[red green]")
        let long = String(repeating: "word ", count: 50)
        #expect(
            snippet(long + "found" + long, [250..<255]).hasPrefix(
                "…word word word word word word word word [found]word"))
        let wide = String(repeating: "世", count: 200)
        for start in stride(from: 0, to: 600, by: 3) {
            let text = snippet(wide, [start..<start + 3])
            #expect(text.contains("[世]") && !text.contains("\u{FFFD}"))
        }
        #expect(snippet("red\u{A0}\u{202F}green", [0..<3]) == "[red] green")
        #expect(snippet("", []) == "")
        #expect(snippet(String(repeating: "x", count: 500), [0..<500]) == "[\(String(repeating: "x", count: 160))]…")
    }
}
