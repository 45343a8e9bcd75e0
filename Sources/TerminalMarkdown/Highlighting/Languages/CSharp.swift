extension LanguageDefinition {
    /// C#.
    ///
    /// source-highlight's own takes the beginnings of most lines for types.
    static let cSharp = LanguageDefinition(
        name: "csharp",
        text: ##"""
            normal = `\G[\s(){}\[\],;:=<>!&|*+%^~-]+`
            keyword = `\G@?(?:abstract|add|alias|as|async|await|base|break|case|catch|checked|class|const|continue|
            default|delegate|do|else|enum|event|explicit|extern|false|file|finally|fixed|for|foreach|from|get|global|
            goto|if|implicit|in|init|interface|internal|into|is|lock|nameof|namespace|new|null|operator|orderby|out|
            override|params|partial|private|protected|public|readonly|record|ref|remove|required|return|sealed|select|
            set|sizeof|stackalloc|static|struct|switch|this|throw|true|try|typeof|unchecked|unsafe|using|var|virtual|
            volatile|when|where|while|with|yield)\>`
            type = `\G(?:bool|byte|char|decimal|double|dynamic|float|int|long|nint|nuint|object|sbyte|short|string|
            uint|ulong|ushort|void)\>`
            function = `\G[[:alpha:]_]\w*(?=\()`
            type = `\G[[:upper:]]\w*`
            normal = `\G[[:alpha:]_]\w*`

            comment = `\G//.*`
            comment delim `\G/\*` `\*/` multiline

            string delim `\G\$*("""+)` @{1} multiline
            environment string delim `\G(?:@\$?|\$@)"` `\G"(?!")` multiline begin
              string = `\G(?:""|[^"]+)`
            end
            environment string delim `\G\$"` `\G(?:"|$)` begin
              specialchar = `\G(?:\{\{|\}\}|\{[^{}"]*\}|\\.)`
              string = `\G(?:[^"\\{}]+|[\\{}])`
            end
            environment string delim `\G"` `\G(?:"|$)` begin
              specialchar = `\G\\.`
              string = `\G(?:[^"\\]+|\\)`
            end
            string = `\G'(?:[^'\\]|\\.)+'`

            preproc = `\G#\w+.*`
            number = `\G(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)[uUlLfFdDmM]*`
            (normal,function) = `(\G\??\.)([[:alpha:]_]\w*(?=\(|<[\w, ]+>\())`
            normal = `\G(?:[^\x00-\x7f]+|.)`
            """##)
}
