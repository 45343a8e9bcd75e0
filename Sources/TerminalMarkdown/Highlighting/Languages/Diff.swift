extension LanguageDefinition {
    /// Differences, unified or plain; the library's own definition knows only whole ones, with their heads.
    static let diff = LanguageDefinition(
        name: "diff",
        text: ##"""
            difflines = `\G^(?:@@|\d+(?:,\d+)?[acd]\d).*`
            comment = `\G^(?:---|\+\+\+|\*\*\*|diff|index|Index:|similarity|rename|new file|deleted file)\s.*`
            oldfile = `\G^[-<].*`
            newfile = `\G^[+>].*`
            normal = `\G.+`
            """##)
}
