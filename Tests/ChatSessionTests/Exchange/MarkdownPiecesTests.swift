import Testing

@testable import ChatSession

@Suite("What a message in Markdown leaves open")
struct MarkdownPiecesTests {
    /// Found with markdown-it on 40 000 random messages, each of which must leave the heading behind it one.
    @Test(
        "is closed by one line",
        arguments: [
            ("plain", nil), ("```\na", "```"), ("```\na\n```", nil), ("````\n```\n", "````"), ("~~~ x\n```", "~~~"),
            ("  ```\na\n", "  ```"), ("    ```\na", nil), ("``` a`b\n", nil), ("text\n```", "```"),
            ("```\r\na\r\n```\r\n", nil),
            ("```\ra", "```"),
            // In a list or a quote it ends with that.
            ("- ```\n  a", nil), ("> ```\n> a", nil), ("1. a\n\n   ```\n   b", nil), ("- ```\nb\n```", "```"),
            ("- a\nlazy\n  ```\n  b", nil), ("- - a\n\n  ```\nb\n~~~", "~~~"), ("-\n\n  ```\n a", "  ```"),
            // What looks like a list and is none.
            ("three\n-\n  ~~~~", "  ~~~~"), ("a\n2. ```\n", nil), ("* * *\n  ```", "  ```"),
            // HTML reaches beyond blank lines, too.
            ("<!-- a", "-->"), ("<!-- a -->", nil), ("<PRE>\n```\n", "</pre>"), ("<script>\n</SCRIPT>", nil),
            ("<? x", "?>"),
            ("<![CDATA[", "]]>"), ("<!DOCTYPE", ">"), ("<div>\n```\na", nil), ("<div>\n\n```\na", "```"),
            ("<x-y>\n```", nil),
            ("a\n<x-y>\n```", "```"), ("- <!-- a\n```", "```"), ("<prefix>", nil),
        ] as [(String, String?)])
    func closing(text: String, closing: String?) { #expect(MarkdownPieces(text).closing == closing) }

    @Test("its code blocks are told from its text")
    func pieces() {
        let text = "Look:\n\n```swift x\nlet a = 1\n\n  b\n```\nand\n- ```\n  c\n  ```\n  ~~~\n   d"
        #expect(
            MarkdownPieces(text).pieces == [
                .text("Look:\n\n"), .code(info: "swift", "let a = 1\n\n  b\n"),
                .text("and\n- ```\n  c\n  ```\n  ~~~\n   d"),
            ])
        #expect(MarkdownPieces("```\na").pieces == [.code(info: "", "a\n")])
        #expect(MarkdownPieces("").pieces.isEmpty)
    }
}
