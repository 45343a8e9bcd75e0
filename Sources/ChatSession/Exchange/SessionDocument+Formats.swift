extension SessionDocument {
    // MARK: Markdown

    /// A Markdown document: a heading for each who speaks, and what was said as it was written.
    var markdown: String {
        var text = "# \(Self.escaped(title))\n\n"
        for fact in facts { text += "- \(fact.name): \(Self.escaped(fact.value))\n" }
        for entry in entries {
            text += "\n## \(Self.escaped(entry.speaker))\n"
            if !entry.text.isEmpty {
                text += "\n" + entry.text + (entry.text.utf8.last == UInt8(ascii: "\n") ? "" : "\n")
                // What a message leaves open would take in the rest of the document.
                if let closing = MarkdownPieces(entry.text).closing { text += closing + "\n" }
            }
            for call in entry.calls {
                let fence = Self.fence(around: call.arguments)
                text += "\nCalls \(Self.escaped(Self.line(call.name))):\n\n\(fence)json\n\(call.arguments)\n\(fence)\n"
            }
            if !entry.attachments.isEmpty { text += "\n" }
            for attachment in entry.attachments { text += "- \(attachment.kind): \(Self.escaped(attachment.name))\n" }
            if let ending = entry.ending { text += "\n*\(ending)*\n" }
        }
        return text
    }

    /// A line as text that means nothing in Markdown.
    private static func escaped(_ line: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            if "\\`*_[]<>&#~|!$".unicodeScalars.contains(scalar) { escaped.append("\\") }
            escaped.append(scalar)
        }
        return String(escaped)
    }

    static func fence(around text: String) -> String {
        var (longest, run) = (0, 0)
        for byte in text.utf8 {
            run = byte == UInt8(ascii: "`") ? run + 1 : 0
            longest = max(longest, run)
        }
        return String(repeating: "`", count: max(longest + 1, 3))
    }

    // MARK: Plain text

    /// The conversation as text: a line with who speaks, and what was said as it was written.
    var plainText: String {
        var text = title + "\n" + facts.map { "\($0.name): \($0.value)\n" }.joined()
        for entry in entries {
            text += "\n\(entry.speaker):\n\n"
            if !entry.text.isEmpty { text += entry.text + (entry.text.utf8.last == UInt8(ascii: "\n") ? "" : "\n") }
            for call in entry.calls { text += "[calls \(Self.line(call.name)): \(call.arguments)]\n" }
            for attachment in entry.attachments { text += "[\(attachment.kind): \(attachment.name)]\n" }
            if let ending = entry.ending { text += "[\(ending)]\n" }
        }
        return text
    }

    // MARK: HTML

    /// A page that stands for itself: it loads nothing and runs nothing, and its policy says so.
    ///
    /// The Markdown of messages isn't rendered but for code blocks: md4c's renderer lets `javascript:` links through, and the words are as readable
    /// as they were written.
    var html: String {
        var page = """
            <!DOCTYPE html>
            <html>
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
            base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>\(Self.html(title))</title>
            <style>
            \(Self.styleSheet)
            </style>
            </head>
            <body>
            <header>
            <h1 dir="auto">\(Self.html(title))</h1>
            <dl>

            """
        for fact in facts { page += "<dt>\(Self.html(fact.name))</dt><dd>\(Self.html(fact.value))</dd>\n" }
        page += "</dl>\n</header>\n<main>\n"
        for entry in entries {
            let kind = ["User": "user", "Assistant": "assistant"][entry.speaker] ?? "other"
            page += "<article class=\"\(kind)\">\n<h2>\(Self.html(entry.speaker))</h2>\n"
            for piece in MarkdownPieces(entry.text).pieces { page += Self.html(piece) }
            for call in entry.calls {
                page +=
                    "<p>Calls \(Self.html(Self.line(call.name))):</p>\n<pre><code>\(Self.html(call.arguments))</code></pre>\n"
            }
            for attachment in entry.attachments { page += Self.html(attachment) }
            if let ending = entry.ending { page += "<p class=\"ending\">\(ending)</p>\n" }
            page += "</article>\n"
        }
        return page + "</main>\n</body>\n</html>\n"
    }

    private static func html(_ piece: MarkdownPieces.Piece) -> String {
        switch piece {
        case .code(let info, let code):
            let label = info.isEmpty ? "" : "<div class=\"language\">\(html(line(info)))</div>"
            return "\(label)<pre><code>\(html(code))</code></pre>\n"
        case .text(let text):
            let end = text.unicodeScalars.lastIndex { !$0.properties.isWhitespace }
            let lines = end.map { text.unicodeScalars[...$0].drop { $0 == "\n" || $0 == "\r" } }
            return lines.map { "<div class=\"text\" dir=\"auto\">\(html(String($0)))</div>\n" } ?? ""
        }
    }

    private static func html(_ attachment: Attachment) -> String {
        let name = html(attachment.name)
        let image = attachment.image.map {
            "<img alt=\"\(name)\" src=\"data:\($0.mediaType);base64,\($0.base64)\">"
        }
        return "<figure>\(image ?? "")<figcaption>\(attachment.kind): \(name)</figcaption></figure>\n"
    }

    /// A text that is nothing but text in HTML, between tags and in quotes.
    private static func html(_ text: String) -> String {
        var html: [UInt8] = []
        html.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): html += "&amp;".utf8
            case UInt8(ascii: "<"): html += "&lt;".utf8
            case UInt8(ascii: ">"): html += "&gt;".utf8
            case UInt8(ascii: "\""): html += "&quot;".utf8
            case UInt8(ascii: "'"): html += "&#39;".utf8
            case 0x09, 0x0A, 0x0D: html.append(byte)
            // Controls aren't allowed in HTML, whichever way they are written; those of C1 are two bytes.
            case 0..<0x20, 0x7F: html += "\u{FFFD}".utf8
            case 0x80..<0xA0 where html.last == 0xC2:
                html.removeLast()
                html += "\u{FFFD}".utf8
            default: html.append(byte)
            }
        }
        return String(decoding: html, as: UTF8.self)
    }

    private static let styleSheet = """
        :root { color-scheme: light dark; --ink: #1c1e21; --page: #fff; --quiet: #62676f; --edge: #d8dbe0; --code: #f4f5f7; --user: #eaf2fd }
        @media (prefers-color-scheme: dark) {
          :root { --ink: #e4e6ea; --page: #16181b; --quiet: #9aa0a9; --edge: #34383e; --code: #1f2226; --user: #1b2836 }
        }
        body { margin: 0 auto; max-width: 48rem; padding: 2rem 1rem; color: var(--ink); background: var(--page); font: 1rem/1.55 system-ui, sans-serif }
        h1 { font-size: 1.5rem; margin: 0 0 .5rem; overflow-wrap: anywhere }
        h2 { font-size: .85rem; margin: 0 0 .5rem; color: var(--quiet) }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; margin: 0 0 2rem; color: var(--quiet); font-size: .85rem }
        dd { margin: 0; overflow-wrap: anywhere }
        article { border-top: 1px solid var(--edge); padding: 1rem }
        article.user { background: var(--user) }
        .text { white-space: pre-wrap; overflow-wrap: anywhere }
        pre { background: var(--code); border: 1px solid var(--edge); border-radius: 4px; overflow-x: auto; padding: .75rem }
        code { font: .875rem/1.45 ui-monospace, monospace }
        .language, .ending, figcaption { color: var(--quiet); font-size: .85rem }
        figure { margin: .75rem 0 0 }
        img { max-width: 100%; height: auto }
        @media print { body { max-width: none } pre { white-space: pre-wrap } }
        """
}
