/// Answers as models write them.
let samples: [String] = [
    """
    # Title with `code`

    Some *emphasis*, **strong**, ***both***, ~~gone~~ and `a  span`. A [link](https://example.com "T"), <https://a.b>
    and https://bare.example. A long paragraph that has to be wrapped at the width of the terminal.
    Second line\\
    third &amp; last &copy; &unknown; &#x41;

    Setext
    ------
    ![an image](pic.png)
    ***
    end
    """,
    """
    - one
    - two
      continued
      - nested a
      - nested b

        paragraph in b
    - three

    - four after a blank
    lazy line
    + another list
    1. first
    2. second
       ```python
       def f(x):
           return x
       ```
    10. third
    - [ ] open
    - [x] done
    """,
    """
    Intro:
    ```python
    def f(x):
    \t\"\"\"doc

        more\"\"\"   \n
        return "a" + 1  # hi
    ```
    after
    ~~~ c
    int main(void) { return 0; } /* open
    still ~~~ */
    ~~~
    ``` not closed
    x
    """,
    """
    | Name | Value | Note |
    |:-----|:-----:|-----:|
    | a | 1 | some long text in a cell that wraps |
    | 漢字 | **2** | `c` |
    | b<br>c | | x | too many |
    text that is a row
    ---
    not a row
    """,
    "> quote\n> > nested\n> - item\n>\n> ```c\n> int x;\n> ```\nlazy\n\n> another\n===\ntext\n",
    "漢字とかなの長い文章です。これは端末の幅で折り返されなければなりません。「括弧」も、句読点も。mixed with Latin 文字\n",
    "    indented code\n\n    more\n\n\n\tand a tab\nparagraph\n    continuation\n",
    "[1]: https://example.com/a\n[^2]: a note\n\nSee [1] and [^2].\r\n\r\n- a [x]: y\n  [3]: https://z\n\r lone \r here\n",
    "1. a\n1. b\n\n   c\n\n\n\nnot list\n- x\n-\n- y\n* * *\n- z\n  ---\n- # h\n  p\n2) q\n",
    "e\u{301}\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F} **bold\u{301}** \u{1B}[31mred\u{7} \u{202E}x\n",
    "a\n- b\n  > c\n  > d\n- e\n\n      code in e\n\n  back\n\n# h\n####### seven\n#\n#no\n--\n==\n",
    "",
    "\n\n \n",
]
