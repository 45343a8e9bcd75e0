extension LanguageDefinition {
    /// The shells sh, bash and zsh.
    ///
    /// Commands, assignments, here-documents; source-highlight's own takes every # for a comment.
    static let shell = LanguageDefinition(
        name: "sh",
        text: ##"""
            comment = `\G(?:^|\s+)#.*`
            (label,normal,function) = `(\G^\$)(\s+)([[:alpha:]_./~][\w.+/~-]*)`

            # A here-document, until a line with its word alone.
            state normal delim `\G<<-?\s*\\?["']?([[:alpha:]_]\w*)["']?` `\G^\s*` + @{1} + `\s*$` multiline begin
              string = `\G^.*`
              string = `\G(?:"[^"]*"?|'[^']*'?)`
              variable = `\G\$(?:\w+|\{[^}]*\})`
              normal = `\G(?:[^\s"'$]+|\s+|.)`
            end
            normal = `\G(?:\d*[<>]+&?\d*-?|&>)`

            string delim `\G\$?'` `'` multiline
            environment string delim `\G\$?"` `\G"` multiline begin
              specialchar = `\G\\.`
              state variable delim `\G\$\(` `\G\)` multiline begin
                state normal delim `\G\(` `\G\)` multiline nested begin
                  normal = `\G(?:[^()"']+|"[^"]*"?|'[^']*'?)`
                end
                normal = `\G(?:[^()"']+|"[^"]*"?|'[^']*'?)`
              end
              variable = `\G\$(?:\w+|\{[^}]*\}?|[#?@*!$-])`
              string = `\G(?:[^"\\$]+|[\\$])`
            end

            normal = `\G\\.`
            variable = `\G\$(?:\w+|\{[^}]*\}?|[#?@*!$-])`
            (normal,variable,normal) = `(\G(?:^|\s|[;&|\(])\s*)([[:alpha:]_]\w*)(\+?=\(?)`
            function = `\G[[:alpha:]_][\w-]*(?=\s*\(\))`
            (normal,keyword,normal,function) = `(\G(?:^|[;&|\({\x60])\s*)(sudo|exec|env|xargs|do|then|else|elif|if|
            while|until|!)(\s+)([[:alpha:]_./~][\w.+/~-]*(?=[\s;|&\)]|$))`
            (normal,keyword) = `(\G(?:^|\s|[;&|\({])\s*)((?:case|coproc|do|done|elif|else|esac|export|fi|for|function|
            if|in|local|readonly|return|select|then|time|until|unset|while|declare)(?=[\s;\)]|$))`
            (normal,function) = `(\G(?:^|[;&|\({\x60])\s*)([[:alpha:]_./~][\w.+/~-]*(?=[\s;|&\)\x60]|$))`
            number = `\G\d+(?=[\s;)]|$)`
            normal = `\G(?:[\w./:@%+,~=#-]+|\s+|.)`
            """##)
}
