/// The block that is open in the innermost container, and has no blocks within it.
enum OpenLeaf: Equatable {
    case nothing
    case paragraph
    /// One that goes on with another, which was cut at its greatest length, has its head again. It is shown if there are rows.
    case table(head: String, rows: Int, goesOn: Bool)
    case fence(LineShape.Fence)
    /// Code by indentation, and the blank lines that are part of it if more code follows.
    case indentedCode(blankLines: Int)
    case formula(FormulaBlock)

    /// Whether its lines are kept as they are.
    var isVerbatim: Bool {
        switch self {
        case .fence, .formula, .indentedCode: true
        case .nothing, .paragraph, .table: false
        }
    }

    var isText: Bool {
        switch self {
        case .paragraph, .table: true
        case .nothing, .fence, .formula, .indentedCode: false
        }
    }
}
