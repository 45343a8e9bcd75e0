extension LanguageDefinition {
    /// Python.
    ///
    /// What f-strings hold in braces stands out.
    static let python = LanguageDefinition(
        name: "python",
        text: ##"""
            (normal,keyword) = `(\G^\s*)((?:match|case|type)\>(?=\s+[^=\s].*[:=]))`
            normal = `\G[\s(){}\[\],;:=<>!&|*+/%^~-]+`
            (keyword,normal,function) = `(\G\<def)(\s+)([[:alpha:]_]\w*)`
            (keyword,normal,type) = `(\G\<class)(\s+)([[:alpha:]_]\w*)`
            keyword = `\G(?:False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|except|
            finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|while|with|yield)\>`
            type = `\G(?:bool|bytes|complex|dict|float|frozenset|int|list|object|set|str|tuple)\>(?!\()`
            type = `\G(?![RBUFT][rRbBfFtT]?["'])[[:upper:]]\w*`
            function = `\G[[:lower:]_]\w*(?=\()`
            normal = `\G(?![rRbBuUfFtT]{1,2}["'])[[:alpha:]_]\w*`

            comment = `\G#.*`

            environment string delim `\G(?:[fFtT][rR]?|[rR][fFtT])("""|''')` @{1} multiline begin
              specialchar = `(?:\{\{|\}\}|\{[^{}]*\}|\\.)`
            end
            string delim `\G[rRbBuU]{0,2}("""|''')` @{1} multiline
            environment string delim `\G(?:[fFtT][rR]?|[rR][fFtT])(["'])` `\G(?:` + @{1} + `|$)` begin
              specialchar = `\G(?:\{\{|\}\}|\{[^{}]*\}|\\.)`
              string = `\G(?:[^"'{}\\]+|.)`
            end
            environment string delim `\G[rRbBuU]{0,2}(["'])` `\G(?:` + @{1} + `|$)` begin
              specialchar = `\G\\.`
              string = `\G(?:[^"'\\]+|.)`
            end

            preproc = `\G@[[:alpha:]_][\w.]*`
            number = `\G(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?)[jJ]?`
            (normal,function) = `(\G\.)([[:alpha:]_]\w*(?=\())`
            normal = `\G\.[[:alpha:]_]\w*`
            normal = `\G(?:[^\x00-\x7f]+|.)`
            """##)
}
