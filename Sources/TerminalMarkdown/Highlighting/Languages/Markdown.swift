extension LanguageDefinition {
    /// Markdown itself.
    static let markdown = LanguageDefinition(
        name: "markdown",
        text: ##"""
            environment string delim `\G^\s*(\x60{3,}|
            ~{3,})[^\x60]*$` `\G^\s*` + @{1} + `[\x60~]*\s*$` multiline begin
              string = `\G.+`
            end
            keyword = `\G^#{1,6}\s.*`
            comment = `\G^\s*>.*`
            label = `\G^\s*(?:[-*+]|\d+[.)])(?=\s)`
            string = `\G\x60[^\x60]+\x60`
            type = `\G\*\*[^*]+\*\*`
            (normal,url,normal) = `(\G\[[^\]]*\]\()([^\)\s]*)(\))`
            normal = `\G(?:\w+|\s+|[^\x00-\x7f]+|.)`
            """##)
}
