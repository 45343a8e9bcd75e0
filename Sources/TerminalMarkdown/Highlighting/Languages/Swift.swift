extension LanguageDefinition {
    /// Swift.
    ///
    /// Interpolations and what begins with # or @ stand out; comments nest; a raw string ends with
    /// as many # as it began with.
    static let swift = LanguageDefinition(
        name: "swift",
        text: ##"""
            normal = `\G[\s(){}\[\],;:=<>?!&|*+%^~-]+`
            keyword = `\G(?:Self|actor|any|as|associatedtype|async|await|borrowing|break|case|catch|class|consuming|
            continue|convenience|default|defer|deinit|do|dynamic|else|enum|extension|fallthrough|false|fileprivate|
            final|for|func|get|guard|if|import|in|indirect|infix|init|inout|internal|is|isolated|lazy|let|macro|
            mutating|nil|nonisolated|nonmutating|open|operator|optional|override|package|postfix|precedencegroup|
            prefix|private|protocol|public|repeat|required|rethrows|return|self|sending|set|some|static|struct|
            subscript|super|switch|throw|throws|true|try|typealias|unowned|var|weak|where|while|willSet|
            didSet)\>(?!\s*:)`
            keyword = `\G(?:case|default)\>`
            type = `\G[[:upper:]]\w*`
            function = `\G[[:lower:]_]\w*(?=\()`
            normal = `\G[[:alpha:]_]\w*`

            comment = `\G//.*`
            environment comment delim `\G/\*` `\G\*/` multiline nested begin
              comment = `\G(?:[^/*]+|[/*])`
            end

            vardef NUMBER = `\G(?:0x[\da-fA-F_]+(?:\.[\da-fA-F_]+)?(?:p[+-]?\d+)?|0b[01_]+|0o[0-7_]+|
            \d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)`
            vardef INTERPOLATED = `\G(?:[^()"]+|"(?:[^"\\]|\\.)*"?)`

            # A raw string ends with as many # as it began with.
            environment string delim `\G(#+)"""` `\G"""` + @{1} multiline begin
              string = `\G(?:[^"]+|")`
            end
            environment string delim `\G(#+)"` `\G(?:"` + @{1} + `|$)` begin
              string = `\G(?:[^"]+|")`
            end
            environment string delim `\G"""` `\G"""` multiline begin
              state specialchar delim `\G\\\(` `\G(?:\)|$)` begin
                state normal delim `\G\(` `\G(?:\)|$)` nested begin
                  normal = $INTERPOLATED
                end
                normal = $INTERPOLATED
              end
              specialchar = `\G\\(?:u\{[^}]*\}?|.)`
              string = `\G(?:[^"\\]+|["\\])`
            end
            environment string delim `\G"` `\G(?:"|$)` begin
              state specialchar delim `\G\\\(` `\G(?:\)|$)` begin
                state normal delim `\G\(` `\G(?:\)|$)` nested begin
                  normal = $INTERPOLATED
                end
                normal = $INTERPOLATED
              end
              specialchar = `\G\\(?:u\{[^}]*\}?|.)`
              string = `\G(?:[^"\\]+|\\)`
            end

            preproc = `\G[@#][[:alpha:]_]\w*`
            number = $NUMBER
            normal = `\G\x60[^\x60]*\x60?`
            (normal,function) = `(\G\.)(\w+(?=\())`
            normal = `\G\.[[:lower:]_]\w*`
            normal = `\G(?:[^\x00-\x7f]+|.)`
            """##)
}
