extension LanguageDefinition {
    /// Kotlin.
    ///
    /// Comments nest; `$name` and `${…}` stand out in strings.
    static let kotlin = LanguageDefinition(
        name: "kotlin",
        text: ##"""
            normal = `\G[\s(){}\[\],;:=<>!&|*+%-]+`
            keyword = `\G(?:abstract|actual|annotation|as|break|by|catch|class|companion|const|constructor|context|
            continue|crossinline|data|do|else|enum|expect|external|false|final|finally|for|fun|get|if|import|in|infix|
            init|inline|inner|interface|internal|is|lateinit|noinline|null|object|open|operator|out|override|package|
            private|protected|public|reified|return|sealed|set|super|suspend|tailrec|this|throw|true|try|typealias|
            typeof|val|value|var|vararg|when|where|while)\>(?!\s*[:=]\s)(?:@\w+)?`
            keyword = `\G(?:else|null|true|false|this)\>`
            type = `\G[[:upper:]]\w*`
            function = `\G[[:lower:]_]\w*(?=\()`
            normal = `\G[[:alpha:]_]\w*`

            comment = `\G(?://.*|^#!.*)`
            environment comment delim `\G/\*` `\G\*/` multiline nested begin
              comment = `\G(?:[^/*]+|[/*])`
            end

            vardef INTERPOLATED = `\G(?:[^{}"]+|"(?:[^"\\]|\\.)*"?)`

            environment string delim `\G"""` `\G"""(?!")` multiline begin
              state specialchar delim `\G\$\{` `\G(?:\}|$)` begin
                state normal delim `\G\{` `\G(?:\}|$)` nested begin
                  normal = $INTERPOLATED
                end
                normal = $INTERPOLATED
              end
              variable = `\G\$[[:alpha:]_]\w*`
              string = `\G(?:[^"$]+|["$])`
            end
            environment string delim `\G"` `\G(?:"|$)` begin
              state specialchar delim `\G\$\{` `\G(?:\}|$)` begin
                state normal delim `\G\{` `\G(?:\}|$)` nested begin
                  normal = $INTERPOLATED
                end
                normal = $INTERPOLATED
              end
              variable = `\G\$[[:alpha:]_]\w*`
              specialchar = `\G\\(?:u[\da-fA-F]{4}|.)`
              string = `\G(?:[^"\\$]+|[\\$])`
            end
            string = `\G'(?:[^'\\]|\\.)+'`

            preproc = `\G@(?:(?:file|field|get|set|param|property|receiver|setparam|delegate):)?[[:alpha:]_][\w.]*`
            number = `\G(?:0[xX][\da-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)[uUlLfF]*`
            normal = `\G\x60[^\x60]*\x60?`
            (normal,function) = `(\G\??\.)(\w+(?=[\({]|\s\{))`
            normal = `\G\??\.[[:lower:]_]\w*`
            normal = `\G(?:[^\x00-\x7f]+|.)`
            """##)
}
