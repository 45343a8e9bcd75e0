extension PseudoTerminal {
    /// What terminals answer that are made within a task.
    @TaskLocal public static var answers = TerminalAnswers.attributes
}
