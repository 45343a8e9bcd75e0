extension LanguageDefinition {
    /// YAML.
    ///
    /// A block scalar ends where the indentation does: its end refers back to the indentation of its key.
    static let yaml = LanguageDefinition(
        name: "yaml",
        text: ##"""
            # A block scalar: the lines that are indented more than its key, or its dash.
            vardef HEAD = `(?=\s*:\s+(?:[!&]\S+\s+)*[|>][-+\d]*\s*(?:#.*)?$)`
            state property delim `\G^(\s*)[^\s:#"'{\[\],&*!|>%-][^:#"'{}]*?` + $HEAD `\G^(?!` + @{1} + `\s|
            \s*$)` multiline begin
              string = `\G^.*`
              comment = `\G\s+#.*`
              label = `\G&\S+`
              type = `\G!\S*`
              keyword = `\G[|>][-+\d]*`
              normal = `\G(?:\s+|.)`
            end
            state property delim `\G^(\s*)-\s+(?:-\s+)*[^\s:#"'{\[\],&*!|>%-][^:#"'{}]*?` + $HEAD `\G^(?!`
              + @{1} + `\s\s\s|\s*$)` multiline begin
              string = `\G^.*`
              comment = `\G\s+#.*`
              label = `\G&\S+`
              type = `\G!\S*`
              keyword = `\G[|>][-+\d]*`
              normal = `\G(?:\s+|.)`
            end
            state normal delim `\G^(\s*)-(?=\s+[|>][-+\d]*\s*(?:#.*)?$)` `\G^(?!` + @{1} + `\s|\s*$)` multiline begin
              string = `\G^.*`
              comment = `\G\s+#.*`
              keyword = `\G[|>][-+\d]*`
              normal = `\G(?:\s+|.)`
            end

            comment = `\G(?:^|\s)\s*#.*`
            preproc = `\G^(?:---|\.\.\.)(?=\s|$)`
            preproc = `\G^%[[:upper:]]+.*`
            normal = `\G(?:\s+|[-?](?=\s|$)|[\[\]{},])`
            (property,normal) = `(\G(?:"(?:[^"\x5c]|\x5c.)*"|'(?:[^']|'')*'))(\s*:)`
            (property,normal) = `(\G(?:[^\s:#"'{}\[\],&*!|>%@\x60]|:(?=[^\s]))(?:[^:#{}\[\],"]|
            :(?=[^\s]))*?)(\s*:(?=\s|$))`
            environment string delim `\G"` `\G(?:"|$)` begin
              specialchar = `\G\\.`
              string = `\G(?:[^"\\]+|\\)`
            end
            string = `\G'(?:[^']|'')*'?`
            label = `\G[&*][^\s,\[\]{}]+`
            type = `\G!\S*`
            keyword = `\G[|>][-+\d]*(?=\s*$)`
            keyword = `\G(?:true|false|null|yes|no|on|off|True|False|~)(?=\s*(?:$|[,\]}]|\s#))`
            number = `\G[-+]?(?:0x[\da-fA-F]+|\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?)(?=\s*(?:$|[,\]}]|\s#))`
            normal = `\G(?:[^\s,\[\]{}]|\s+(?![#\s]))+`
            normal = `\G(?:[^\x00-\x7f]+|.)`
            """##)
}
