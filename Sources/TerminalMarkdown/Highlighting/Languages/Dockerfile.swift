extension LanguageDefinition {
    /// Dockerfiles.
    static let dockerfile = LanguageDefinition(
        name: "dockerfile",
        text: ##"""
            comment = `\G^\s*#.*`
            (normal,keyword) = `(\G^\s*)((?i:FROM|RUN|CMD|LABEL|MAINTAINER|EXPOSE|ENV|ADD|COPY|ENTRYPOINT|VOLUME|USER|
            WORKDIR|ARG|ONBUILD|STOPSIGNAL|HEALTHCHECK|SHELL)(?=\s|$))`
            keyword = `\G(?:AS|as|CMD|NONE)(?=\s|$)`
            environment string delim `\G"` `\G(?:"|$)` begin
              variable = `\G\$(?:\{[^}]*\}|\w+)`
              specialchar = `\G\\.`
              string = `\G(?:[^"\\$]+|[\\$])`
            end
            string = `\G'[^']*'?`
            variable = `\G\$(?:\{[^}]*\}|\(|\w+)`
            label = `\G--[[:alpha:]][\w-]*`
            (property,normal) = `(\G[[:alpha:]_][\w.-]*)(=(?!=))`
            number = `\G\d+(?=/|\s|$)`
            specialchar = `\G\\(?=\s*$)`
            normal = `\G(?:[^\s"'$\\=\[\],]+|\s+|.)`
            """##)
}
