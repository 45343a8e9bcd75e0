/// A language of our own, for those that GNU source-highlight lacks or knows badly, defined as its files define them (its
/// manual, "Language Definitions").
///
/// All rules begin where the last one ended (`\G`), and the last rule takes what no other does: so a line costs time in
/// proportion to its length, while the library's own rules, each searched for in the rest of the line at every step, cost its
/// square and more. Words and blanks come first, as most of a line consists of them. Strings that may not go on in the next line
/// end with it (`|$`), so that a missing quote colours no more than its line.
struct LanguageDefinition: Sendable {
    /// Tells definitions apart.
    let name: String
    let text: String
}

/// A language that code can be coloured in.
enum CodeLanguage {
    case own(LanguageDefinition)
    /// By its name in the library's lang.map.
    case library(String)

    /// The language that models call so.
    ///
    /// - Parameter name: The first word of a fence's info string.
    init?(named name: String) {
        guard !name.isEmpty, name.utf8.count <= 32 else { return nil }
        let name = name.lowercased()
        self = Self.ownLanguages[name].map(Self.own) ?? .library(Self.libraryNames[name] ?? name)
    }

    static let definitions: [LanguageDefinition] = names.map(\.0)

    private static let names: [(LanguageDefinition, [String])] = [
        (.console, ["console", "shell-session", "shellsession", "bash-session", "terminal"]),
        (.cSharp, ["csharp", "cs", "c#", "csx"]),
        (.diff, ["diff", "patch", "udiff"]),
        (.dockerfile, ["dockerfile", "docker", "containerfile"]),
        (.json, ["json", "jsonc", "json5", "jsonl", "ndjson", "geojson"]),
        (.kotlin, ["kotlin", "kt", "kts"]),
        (.markdown, ["markdown", "md", "mdx"]),
        (.python, ["python", "py", "python3", "py3", "pyi"]),
        (.rust, ["rust", "rs"]),
        (.shell, ["sh", "bash", "zsh", "ksh", "fish", "shell", "shellscript"]),
        (.swift, ["swift"]),
        (.toml, ["toml"]),
        (
            .typescript,
            ["typescript", "ts", "tsx", "mts", "cts", "javascript", "js", "jsx", "mjs", "cjs", "node", "react"]
        ),
        (.yaml, ["yaml", "yml"]),
    ]

    private static let ownLanguages: [String: LanguageDefinition] = names.reduce(into: [:]) { languages, entry in
        for name in entry.1 { languages[name] = entry.0 }
    }

    /// What the library calls languages that models call otherwise; of some it has a relative only.
    private static let libraryNames: [String: String] = [
        "c++": "cpp", "cuda": "cpp", "objc": "cpp", "objective-c": "cpp", "arduino": "cpp", "golang": "go",
        "dart": "java", "gradle": "groovy", "ocaml": "caml", "fsharp": "caml", "f#": "caml", "pl": "perl",
        "elisp": "lisp", "emacs-lisp": "lisp", "clojure": "lisp", "racket": "scheme", "rscript": "r",
        "make": "makefile", "gnumakefile": "makefile", "cmd": "bat", "dosbatch": "bat", "viml": "vim",
        "vimscript": "vim",
        "svg": "xml", "xsl": "xml", "xaml": "xml", "plist": "xml", "vue": "html", "svelte": "html", "jinja": "html",
        "scss": "css", "sass": "css", "less": "css", "proto3": "proto", "hlsl": "glsl", "nasm": "asm",
        "postgresql": "sql", "postgres": "sql", "plpgsql": "sql", "mysql": "sql", "sqlite": "sql", "tsql": "sql",
        "env": "ini", "dotenv": "ini", "cfg": "ini", "editorconfig": "ini", "systemd": "ini", "nginx": "conf",
    ]
}
