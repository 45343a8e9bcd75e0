/// What the text before the cursor may be completed to.
package struct Completion: Hashable, Sendable {
    /// More candidates than these are never offered.
    package static let maximumCandidates = 2000

    /// One way to complete it.
    package struct Candidate: Hashable, Sendable {
        /// What replaces the text from ``Completion/from`` to the cursor.
        package var text: String
        /// What the menu shows for it; not sanitised yet.
        package var label: String
        /// A word on it for the menu; may be empty, and is not sanitised yet.
        package var description: String

        package init(text: String, label: String? = nil, description: String = "") {
            self.text = text
            self.label = label ?? text
            self.description = description
        }
    }

    /// Where the completed part begins: an offset in Unicode scalars.
    package var from: Int
    package var candidates: [Candidate]
    /// Whether every candidate goes on from what was typed, so that what all have in common may be filled in.
    package var goesOn: Bool
    /// Whether more is being looked for: ``LineEditor/completionsChanged()`` will tell.
    package var isPartial: Bool

    package init(from: Int, candidates: [Candidate], goesOn: Bool = true, isPartial: Bool = false) {
        self.from = from
        self.candidates = candidates
        self.goesOn = goesOn
        self.isPartial = isPartial
    }
}
