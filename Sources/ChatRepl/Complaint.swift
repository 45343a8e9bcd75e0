package import Terminal

/// What a person is told when something fails: what, why, and what to do next.
package struct Complaint: Error, Sendable, Equatable {
    /// What failed and why, in one sentence.
    package let what: String
    /// What to do next, if there is something.
    package let next: String?
    /// The exit code, where this ends the process.
    package let status: ExitStatus
    /// The kind of error, for programs: the `code` of `--json`.
    package let code: String

    package init(_ what: String, next: String? = nil, status: ExitStatus, code: String) {
        self.what = what
        self.next = next
        self.status = status
        self.code = code
    }

    /// The complaint as lines for the terminal.
    package var lines: [StyledLine] {
        [StyledLine([StyledText("✗ ", Style().colored(.red)), StyledText(what)])]
            + (next.map { [StyledLine("  " + $0, .dim)] } ?? [])
    }
}
