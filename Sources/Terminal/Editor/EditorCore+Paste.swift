/// What is pasted.
extension EditorCore {
    /// Inserts the paste that has come; a large one is folded.
    func paste() -> EditorCommand.Outcome {
        let text = pendingPaste
        pendingPaste = []
        guard let inserted = folds.fold(text) else {
            say("The paste of \(text.count) characters is too much for one entry, and was left out.")
            return .refused
        }
        insert(inserted)
        let hidden = HiddenCharacters(in: text)
        guard hidden.total > 0 else { return .done }
        let characters = hidden.total == 1 ? "1 character" : "\(hidden.total) characters"
        let seen = hidden.total == 1 ? "it is shown as <U+…>." : "they are shown as <U+…>."
        say(
            "The paste holds \(characters) that can't be seen (\(hidden.kinds)); "
                + (inserted == text ? seen : "\(hidden.total == 1 ? "it" : "they") will be sent."))
        return .done
    }
}
