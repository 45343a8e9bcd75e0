extension LanguageDefinition {
    /// TOML.
    static let toml = LanguageDefinition(
        name: "toml",
        text: ##"""
            comment = `\G#.*`
            type = `\G^\s*\[\[?\s*[[:alpha:]_][^\]#]*\]\]?(?=\s*(?:#|$))`
            environment string delim `\G"""` `\G"""(?!")` multiline begin
              specialchar = `\G\\.`
              string = `\G(?:[^"\\]+|["\\])`
            end
            string delim `\G'''` `'''(?!')` multiline
            (property,normal) = `(\G(?:[\w-]++|"(?:[^"\x5c]|\x5c.)*"|'[^']*')(?:\s*\.\s*(?:[\w-]++|"(?:[^"\x5c]|
            \x5c.)*"|'[^']*'))*+)(\s*=)`
            environment string delim `\G"` `\G(?:"|$)` begin
              specialchar = `\G\\(?:u[\da-fA-F]{4}|.)`
              string = `\G(?:[^"\\]+|\\)`
            end
            string = `\G'[^']*'?`
            number = `\G\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?:[Zz]|[+-]\d\d:\d\d)?`
            number = `\G[+-]?(?:0x[\da-fA-F_]+|0o[0-7_]+|0b[01_]+|inf|nan|\d[\d_:]*(?:\.[\d_]+)?(?:[eE][+-]?\d+)?)\>`
            keyword = `\G(?:true|false)\>`
            normal = `\G(?:[\w-]+|\s+|[^\x00-\x7f]+|.)`
            """##)
}
