import ChatSession

@testable import ChatRepl
@testable import Terminal

extension GoldenScreen {
    static let tour = """
        # Sorting in Swift

        There are **two** ways, *both* in the standard library; ~~three~~ were there once. Use `sort()` where the array
        is yours, and `sorted()` where it isn't. More in [the documentation](https://developer.apple.com/swift).

        ## In place

        1. Make the array a `var`.
        2. Sort it:
           ```swift
           var names = ["Zoë", "Adam"]  // unsorted
           names.sort { $0.count < $1.count }
           ```
        3. Done.

        - one
          - two
            - three
        - [x] read
        - [ ] write

        > Sorting is *stable* since Swift 5,
        > but nobody promises that.

        | Method | In place | Cost |
        |:---|:---:|---:|
        | `sort` | yes | O(n log n) |
        | `sorted` | no | O(n log n), and a copy |

        ---

        That is all.
        """

    static let blocks = [
        GoldenScreen(
            "lists", dark, columns: 40,
            .content(
                """
                - an item whose text is longer than one line of this window
                  - nested
                    1. ordered
                    2. ordered, too
                - loose

                  with a second paragraph

                9. nine
                10. ten
                """)),
        GoldenScreen("tasks", sixteen, .content("- [ ] open\n- [x] done\n  1. [x] and numbered\n")),
        GoldenScreen(
            "quotes", dark, columns: 40,
            .content(
                "> quoted\n> > twice, and longer than the line that it has here\n>\n> - a list\n>\n> ```sh\n> ls -l\n> ```\n"
            )),
        GoldenScreen(
            "table-alignment", dark,
            .content("| left | centre | right |\n|:--|:-:|--:|\n| a | b | c |\n| aaaa | bbbb | 12345678 |\n")),
        GoldenScreen(
            "table-wrapped", dark, columns: 60,
            .content(
                "| Name | What it is |\n|---|---|\n| `one` | a description that has to be wrapped in its cell, as it is long |\n| two | **short** |\n"
            )),
        GoldenScreen(
            "table-cjk", light, columns: 60,
            .content(
                "| 名前 | 説明 | 数 |\n|---|---|---:|\n| 漢字 | 日本語の長い説明文は折り返されます。列の幅は文字の幅で決まります。 | 42 |\n| 한국어 | 한글 | 7 |\n")),
        GoldenScreen(
            "table-emoji", sixteen, .content("| Emoji | Code |\n|---|---|\n| 👍🏽 👨‍👩‍👧 🇩🇪 | `a \\| b` |\n| ❤️ |  |\n")),
        GoldenScreen(
            "table-narrow", sixteen, columns: 20,
            .content(
                "| Country | Capital | Population | Area |\n|---|---|---:|---:|\n| France | Paris | 68 | 644 |\n| Chad | N'Djamena | 18 | 1284 |\n"
            )),
        GoldenScreen(
            "table-open", dark, open: true, .content("| a | b |\n|---|---|\n| one | two |\n| three, which is not compl")
        ),
        GoldenScreen(
            "code-swift", dark,
            .content(
                "```swift\n/// A point. /* nested /* comments */ */\nstruct Point<T: Numeric>: Hashable {\n    var x = 0x1F, name = \"\\(x) wide\"\n    let text = #\"raw \"quoted\" text\"#\n    @MainActor func move() async throws { try await self.go(1_000.5) }\n}\n```\n"
            )),
        GoldenScreen(
            "code-python", light,
            .content(
                "```python\n@cache\ndef f(x: int) -> str:\n    \"\"\"What it does,\n    on two lines.\"\"\"\n    return f\"{x:>10}\"  # a comment\n```\n"
            )),
        GoldenScreen(
            "code-many", dark,
            .content(
                "```rust\nfn main() { let s: &'static str = r#\"raw\"#; println!(\"{s}\"); }\n```\n```ts\nconst x: Map<string, number> = new Map(); // typed\n```\n```yaml\nkey: [1, two] # list\n```\n```toml\n[section]\nkey = \"value\"\n```\n```dockerfile\nFROM swift:6.2\nRUN make test\n```\n```kotlin\nfun main() = println(\"hi ${1 + 1}\")\n```\n```diff\n-old\n+new\n```\n"
            )),
        GoldenScreen(
            "code-long-lines", sixteen, columns: 40,
            .content("```c\nint answer = compute(first_argument, second_argument, third_argument);\n```\nText.\n")),
        GoldenScreen(
            "code-plain", sixteen, .content("```\nno language\n```\n\n    indented\n\n~~~nosuch\nunknown\n~~~\n")),
        GoldenScreen("code-open", dark, open: true, .content("Look:\n\n```python\ndef f():\n    return \"open")),
        GoldenScreen(
            "code-ascii-light", changed(light) { $0.isUnicode = false },
            .content("- x\n  ```json\n  {\"a\": [1, null]}\n  ```\n")),
    ]

    static let text = [
        GoldenScreen(
            "links", changed(dark) { $0.showsHyperlinks = true }, columns: 50,
            .content(
                "A [link](https://example.com/a/long/path?with=parameters \"T\"), <https://bare.example>, me@example.com, a [lie: https://good.example](http://evil.example) and [none](javascript:alert) of [these](https://e.x/\u{1B}\\).\n"
            )),
        GoldenScreen(
            "links-plain", dark, columns: 50,
            .content("A [link](https://example.com/a) and a [lie: https://good.example](http://evil.example).\n")),
        GoldenScreen(
            "images-footnotes-html", sixteen,
            .content(
                "![A cat](cat.png) sat[^1] here.<br>Press <kbd>Enter</kbd>.\n\n<details>\n<summary>More</summary>\nhidden\n</details>\n\n[^1]: On the mat.\n[1]: https://example.com\n"
            )),
        GoldenScreen(
            "math", dark,
            .content(
                "Inline \\(a_1 * b_2 * c\\) and $x_1^2 \\{y\\}$, costs $5 and $10.\n\n\\[\n\\int_0^1 f(x)\\,dx \\\\\n+ \\frac{a}{b}\n\\]\n\n$$E = mc^2$$\n"
            )),
        GoldenScreen(
            "rules-and-breaks", sixteen,
            .content("Title\n=====\n\nPart\n----\nsoft\nhard  \nbreak\\\nend\n\n***\n\n&copy; &lt;b&gt; \\*no\\*\n")),
        GoldenScreen(
            "chinese", light, columns: 40,
            .content("## 快速排序\n\n快速排序（Quicksort）是一种**分治**算法：选一个*基准*，把较小的放左边，较大的放右边，然后递归。平均 `O(n log n)`。\n")),
        GoldenScreen("right-to-left", sixteen, .content("**مرحبا** بالعالم و שלום עולם, می‌خواهم.\n")),
        GoldenScreen(
            "emoji", dark, columns: 40,
            .content(
                "🎉 **Done** 👨‍👩‍👧‍👦 🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F} 🇯🇵 ✌🏽 ❤️ and text that wraps behind them 🚀🚀🚀\n"
            )),
        GoldenScreen(
            "hostile", dark,
            .content(
                "a\u{1B}[31mb\u{1B}]52;c;eA==\u{7}c\u{9B}2Jd\u{8}e\u{202E}f\u{E0041}g\rh\u{200B}i \u{1B}\u{301}]2;x\u{7} `\u{1B}[2J` **\u{1B}[5m**\n\n| \u{1B}c | b\u{7F} |\n|-|-|\n| \u{1B}]0;t\u{7} | x |\n"
            )),
        GoldenScreen(
            "hostile-code", dark,
            .content("```sh\u{1B}[31m\necho \"\u{1B}]0;x\u{7}\" # \u{202E}\n\u{9D}0;y\u{9C}\n```\n")),
    ]

    static let streams = [
        GoldenScreen(
            "reasoning-show", dark, columns: 60,
            .reasoning("The user wants a greeting. Let me think about how *formal* it should be.\nShort is best."),
            .content("**Hello!**")),
        GoldenScreen(
            "reasoning-fold", changed(dark) { $0.reasoning = .fold }, .reasoning("The user wants a greeting."),
            .content("**Hello!**")),
        GoldenScreen(
            "reasoning-hide", changed(dark) { $0.reasoning = .hide }, .reasoning("The user wants a greeting."),
            .content("**Hello!**")),
        GoldenScreen(
            "reasoning-light", light, columns: 40, .reasoning("The user wants a greeting."), .content("**Hello!**")),
        GoldenScreen("refusal", sixteen, .refusal("I can't help with *that*.")),
        GoldenScreen("open-marks", dark, open: true, .content("Some **bold that isn't clo")),
        GoldenScreen(
            "open-higher-than-the-window", sixteen, rows: 8, columns: 40, open: true,
            .content(String(repeating: "One paragraph that is longer than the window is high. ", count: 12))),
        GoldenScreen(
            "calm-blocks", calm,
            .content(
                "- [x] done\n- [ ] open\n\n> quoted\n> text\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n```swift\nlet x = 1\n```\n\n---\n![alt](i.png)\n"
            )),
    ]
}
