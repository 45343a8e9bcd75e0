/// Colours beyond the sixteen: those of the palette, and exact ones, as the product writes them.
extension TerminalScreen {
    /// Obeys the parameters of SGR; what is left over goes one by one.
    mutating func select(_ parameters: [Int]) {
        var rest = parameters[...]
        while let first = rest.first {
            let length = first != 38 ? 1 : rest.dropFirst().first == 5 ? 3 : 5
            let color = rest.dropFirst().prefix(length - 1)
            rest = rest.dropFirst(length)
            if first != 38 {
                select(first)
            } else if color.count == length - 1, [2, 5].contains(color.first),
                color.dropFirst().allSatisfy({ ((length == 3 ? 16 : 0)...255).contains($0) })
            {
                style.color = color.map(String.init).joined(separator: ";")
            } else {
                foreign("SGR \(parameters)")
            }
        }
    }
}
