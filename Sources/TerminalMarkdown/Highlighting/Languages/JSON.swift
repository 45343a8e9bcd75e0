extension LanguageDefinition {
    /// JSON, also with comments.
    ///
    /// source-highlight's own has no names for its parts that a theme could know.
    static let json = LanguageDefinition(
        name: "json",
        text: ##"""
            normal = `\G[\s{}\[\],:]+`
            comment = `\G(?://|#).*`
            comment delim `\G/\*` `\*/` multiline
            property = `\G"(?:[^"\\]|\\.)*"(?=\s*:)`
            property = `\G[[:alpha:]_$][\w$]*(?=\s*:)`
            environment string delim `\G"` `\G(?:"|$)` begin
              specialchar = `\G\\(?:u[\da-fA-F]{4}|.)`
              string = `\G(?:[^"\\]+|\\)`
            end
            string = `\G'(?:[^'\\]|\\.)*'?`
            number = `\G-?(?:0x[\da-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)`
            keyword = `\G(?:true|false|null)\>`
            normal = `\G(?:\w+|[^\x00-\x7f]+|.)`
            """##)
}
