extension LanguageDefinition {
    /// TypeScript, JavaScript, and both with JSX.
    ///
    /// A slash divides, unless what stands before it can't be divided.
    static let typescript = LanguageDefinition(
        name: "typescript",
        text: ##"""
            (keyword,normal,regexp) = `(\G\<(?:return|case|typeof))(\s*)(/(?![*/])(?:[^\x5c/\[]|\x5c.|\[(?:[^\]\x5c]|
            \x5c.)*+\])++/[a-z]*)`
            (keyword,normal,type) = `(\G\<(?:as|extends|is|keyof))(\s+)((?:any|bigint|boolean|const|never|number|
            object|string|symbol|undefined|unknown|void)\>)`
            keyword = `\G(?:abstract|async|await|break|case|catch|class|const|continue|debugger|default|delete|do|
            else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|
            null|override|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|
            var|void|while|with|yield)\>(?!\s*:\s)`
            keyword = `\G(?:case|default|null|this|true|false|undefined)\>`
            keyword = `\G(?:as|asserts|declare|from|get|infer|is|keyof|module|namespace|of|readonly|satisfies|set|
            type|unique)\>(?=\s+[\w{*$"'\[(#])`
            type = `\G[[:upper:]][\w$]*`
            function = `\G[[:lower:]_$][\w$]*(?=\(|<[\w\s,]*>\()`
            normal = `\G[[:alpha:]_$][\w$]*(?:'[[:lower:]]+)?`
            number = `\G(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)n?`

            # A slash divides, but not behind these.
            (normal,regexp) = `(\G(?:^|[\(,=:\[!&|?{;+])\s*)(/(?![*/])(?:[^\x5c/\[]|\x5c.|\[(?:[^\]\x5c]|
            \x5c.)*+\])++/[a-z]*)`
            # JSX. Behind a name a < is no tag's.
            (normal,keyword) = `(\G</)([[:alpha:]][\w.:-]*)`
            (normal,keyword) = `(\G(?:^|\s|[\(>{,?:])\s*<)([[:lower:]][\w.:-]*(?=[\s/>]|$))`
            (normal,type) = `(\G[:|&<,]\s*)((?:any|bigint|boolean|never|number|object|string|symbol|undefined|unknown|
            void)\>(?!\())`
            normal = `\G(?:\s+|[(){}\[\],;:=<>!&|*+%^~-])`

            comment = `\G(?://.*|^#!.*)`
            comment delim `\G/\*` `\*/` multiline

            # Between ${ and } of a template.
            vardef INTERPOLATED = `\G(?:[^{}\x60"']+|"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\x60(?:[^\x60\\]|
            \\.)*\x60?)`
            environment string delim `\G\x60` `\G\x60` multiline begin
              state specialchar delim `\G\$\{` `\G\}` multiline begin
                state normal delim `\G\{` `\G\}` multiline nested begin
                  normal = $INTERPOLATED
                end
                normal = $INTERPOLATED
              end
              specialchar = `\G\\.`
              string = `\G(?:[^\x60\\$]+|[\\$])`
            end
            environment string delim `\G"` `\G(?:"|$)` begin
              specialchar = `\G\\(?:u\{[^}]*\}?|u[\da-fA-F]{4}|x[\da-fA-F]{2}|.)`
              string = `\G(?:[^"\\]+|\\)`
            end
            environment string delim `\G'` `\G(?:'|$)` begin
              specialchar = `\G\\(?:u\{[^}]*\}?|u[\da-fA-F]{4}|x[\da-fA-F]{2}|.)`
              string = `\G(?:[^'\\]+|\\)`
            end

            preproc = `\G@[[:alpha:]_$][\w$.]*`
            (normal,function) = `(\G\??\.#?)([[:alpha:]_$][\w$]*(?=\())`
            normal = `\G\??\.#?[[:lower:]_$][\w$]*`
            normal = `\G(?:[^\x00-\x7f]+|.)`
            """##)
}
