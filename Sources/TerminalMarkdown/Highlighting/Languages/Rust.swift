extension LanguageDefinition {
    /// Rust.
    ///
    /// Comments nest, strings go on over lines, and a lifetime is no character.
    static let rust = LanguageDefinition(
        name: "rust",
        text: ##"""
            normal = `\G[\s(){}\[\],;:=<>!?&|*+%^-]+`
            keyword = `\G(?:r#)?(?:as|async|await|break|const|continue|crate|dyn|else|enum|extern|false|fn|for|if|
            impl|in|let|loop|macro_rules|match|mod|move|mut|pub|ref|return|self|static|struct|super|trait|true|type|
            unsafe|use|where|while|yield)\>`
            type = `\G(?:[iu](?:8|16|32|64|128|size)|f32|f64|bool|char|str|[[:upper:]]\w*)\>`
            function = `\G[[:lower:]_]\w*(?:!(?!=)|(?=\(|::<))`
            normal = `\G(?![bc]?r?#*"|b')[[:alpha:]_]\w*`

            comment = `\G//.*`
            environment comment delim `\G/\*` `\G\*/` multiline nested begin
              comment = `\G(?:[^/*]+|[/*])`
            end

            string delim `\G[bc]?r(#*)"` `"` + @{1} multiline
            environment string delim `\G[bc]?"` `\G"` multiline begin
              specialchar = `\G\\(?:u\{[^}]*\}?|x[\da-fA-F]{2}|.)`
              specialchar = `\G\{[\w:.#?<>^$*+-]*\}`
              string = `\G(?:[^"\\{]+|[\\{])`
            end
            string = `\Gb?'(?:\\(?:u\{[^}]*\}|x[\da-fA-F]{2}|.)|[\x01-\x7f]|[^\x00-\x7f]{2,4})'`
            label = `\G'[[:alpha:]_]\w*`

            preproc = `\G#!?\[[^\]]*\]?`
            number = `\G(?:0x[\da-fA-F_]+|0b[01_]+|0o[0-7_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?[\d_]+)?)(?:[iuf](?:8|
            16|32|64|128|size))?`
            (normal,function) = `(\G\.)([[:lower:]_]\w*(?=\(|::<))`
            normal = `\G(?:[^\x00-\x7f]+|.)`
            """##)
}
