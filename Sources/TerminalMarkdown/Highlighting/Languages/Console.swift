extension LanguageDefinition {
    /// What a terminal shows: a prompt and a command, then what that printed.
    static let console = LanguageDefinition(
        name: "console",
        text: ##"""
            comment = `\G^#\s.*`
            # A prompt and the command behind it; the rest is what was printed.
            (label,normal,function) = `(\G^(?:[\w.@:~/\[\]\(\) -]*[\w\]\)~])?[$#%>])(\s+)(\S+)`
            normal = `\G.+`
            """##)
}
