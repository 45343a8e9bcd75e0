// A fuzz target of `make fuzz`: hostile text through the sanitiser, see Fuzz/run.

private func require(_ condition: Bool, _ what: String) {
    guard condition else { fatalError("doesn't hold: \(what)") }
}

private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

/// The text in pieces whose sizes the seed gives.
private func pieces(_ text: [Unicode.Scalar], seed: UInt64) -> [String] {
    var state = seed
    var rest = text[...]
    var pieces: [String] = []
    while !rest.isEmpty {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let size = Int(state >> 33) % (state & 1 << 20 == 0 ? 3 : 40) + 1
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: rest.prefix(size))
        pieces.append(String(piece))
        rest = rest.dropFirst(size)
    }
    return pieces
}

/// What a terminal says to a text on one line.
private func requireHarmless(_ text: String) {
    var screen = TerminalScreen(rows: 2, columns: 80)
    screen.feed(text.utf8)
    require(
        screen.foreignSequences == [] && screen.misplaced == [],
        "nothing acts on a terminal: \(screen.foreignSequences)")
    require(
        screen.bells == 0 && screen.modes == [7, 25] && screen.title == "the old title", "the terminal is as it was")
}

/// Whether all of some scalars are in others, in their order.
private func isContained(_ part: [Unicode.Scalar], in whole: [Unicode.Scalar]) -> Bool {
    var rest = whole[...]
    return part.allSatisfy { scalar in
        guard let index = rest.firstIndex(of: scalar) else { return false }
        rest = rest[(index + 1)...]
        return true
    }
}

/// Takes an input: two bytes for the cuts, and the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: data, count: size))
    guard input.count >= 2 else { return 0 }
    let text = String(decoding: input[2...], as: UTF8.self)
    let whole = Sanitizer.sanitize(text)

    var sanitizer = StreamingSanitizer()
    var parts = ""
    var (arrived, shown) = (0, 0)
    for piece in pieces(scalars(text), seed: UInt64(input[0]) << 8 | UInt64(input[1])) {
        let clean = sanitizer.append(piece)
        parts += clean
        (arrived, shown) = (arrived + piece.utf8.count, shown + clean.utf8.count)
    }
    let rest = sanitizer.finish()
    require(scalars(parts + rest) == scalars(whole), "what comes out doesn't depend on the cuts")
    require(rest.unicodeScalars.count <= 7 * "<U+E0041>".count, "no more than a flag is held back")

    require(scalars(Sanitizer.sanitize(whole)) == scalars(whole), "what is harmless stays as it is")
    require(HiddenCharacters(in: scalars(whole)).total == 0, "nothing is hidden any more")
    for line in whole.unicodeScalars.split(separator: "\n") { requireHarmless(String(line)) }
    requireHarmless(Sanitizer.sanitizeLine(text))
    require(!Sanitizer.sanitizeLine(text).utf8.contains { $0 < 0x20 }, "a line is one line")
    // Marks may be dropped, and nothing else that can be seen.
    let visible = text.unicodeScalars.filter { scalar in
        TerminalScreen.isHarmless(scalar)
            && ![.nonspacingMark, .enclosingMark, .spacingMark, .format].contains(scalar.properties.generalCategory)
    }
    require(isContained(Array(visible), in: scalars(whole)), "nothing is lost that can be seen")
    let escaped = Sanitizer.escapeHidden(inJSON: text)
    require(
        escaped.unicodeScalars.allSatisfy { $0.value < 0x80 || TerminalScreen.isHarmless($0) },
        "JSON text hides nothing")
    return 0
}
