"""How long an answer takes from the network to the terminal: its first word, and all of it, as text and as Markdown."""

import statistics
import threading
import time

from keys import Prompt

MARKDOWN = """## Heading with `code` and **bold**

A paragraph of some *emphasised* words, a [link](https://example.com/a) and more text, so that it is wrapped once or twice
at the width of the terminal, as paragraphs of models are.

1. First **item** with text
2. Second item
   - nested `one`
   - nested two

```python
def function(argument: int) -> str:
    \"\"\"What it does.\"\"\"
    return f"{argument:>10}"  # a comment
```

| Name | Value | Note |
|---|---:|---|
| one | 1 | some words |
| two | 22 | *some* more words |

> A quotation of a line or two.

"""

go = threading.Event()
sent = []


def first(chunk, done):
    """An answer whose first word is sent when `go` is set; notes when."""
    go.wait(60)
    go.clear()
    sent.append(time.monotonic())
    yield chunk("firstword")
    yield done


def markdown(chunk, count):
    """So many chunks of Markdown, a few characters each."""
    pieces, text = [], MARKDOWN
    while len(pieces) < count:
        pieces += [chunk(text[start:start + 4]) for start in range(0, len(text), 4)]
    return b"".join(pieces[:count])


def measure(command, environment, asked, chunks):
    """Prints the times; `chunks` are (model, number of chunks, what it is)."""
    with Prompt(command + ["--model", "first"], environment, "› ".encode()) as prompt:
        prompt.settle()
        times = []
        for _ in range(50):
            prompt.exchange(b"go\r", b"go")
            while asked.get(timeout=60) != "first":
                pass
            prompt.settle()
            go.set()
            prompt.exchange(b"", b"firstword")
            times.append((time.monotonic() - sent[-1]) * 1000)
            prompt.settle()
        print(f"{'the first word, server to screen:':<34} {statistics.median(times):9.2f} ms, at most {max(times):.2f}")
    for model, count, what in chunks:
        with Prompt(command + ["--model", model], environment, "› ".encode()) as prompt:
            prompt.settle()
            elapsed = prompt.exchange(b"go\r", b"to first token")
            print(f"{what + ':':<34} {elapsed:9.2f} s: {count / elapsed:9.0f} chunks a second")
