import Terminal

// A fuzz target of `make fuzz`: hostile text through the renderer of Markdown, see Fuzz/run.

private func require(_ condition: Bool, _ what: String) {
    guard condition else { fatalError("doesn't hold: \(what)") }
}

/// Rendered in pieces whose sizes the seed gives; a seed of zero takes it whole.
private func lines(
    of text: [Unicode.Scalar], width: Int, rendersSource: Bool, seed: UInt64, changesWidth: Bool = false
) -> [StyledLine] {
    var markdown = StreamingMarkdown(width: width, rendersSource: rendersSource)
    var lines: [StyledLine] = []
    var state = seed
    var rest = text[...]
    var cuts = 0
    while !rest.isEmpty {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let size = seed == 0 ? rest.count : Int(state >> 33) % (state & 1 << 20 == 0 ? 4 : 100) + 1
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: rest.prefix(size))
        rest = rest.dropFirst(size)
        markdown.append(String(piece))
        lines += markdown.takeFinished()
        cuts += 1
        // Not after each, as it is the most work.
        if seed != 0, cuts % 4 == 0 { requireHarmless(markdown.openLines(), width: width) }
        if changesWidth { markdown.width = Int(state >> 40) % 100 }
    }
    markdown.finish()
    return lines + markdown.takeFinished()
}

private func requireHarmless(_ lines: [StyledLine], width: Int) {
    for line in lines {
        var isInFlag = false
        for run in line.runs {
            for scalar in run.text.unicodeScalars {
                let isTag = (0xE0020...0xE007F).contains(scalar.value)
                require(
                    TerminalScreen.isHarmless(scalar) || isTag && isInFlag,
                    "U+\(String(scalar.value, radix: 16)) isn't shown")
                isInFlag = scalar == "\u{1F3F4}" || isTag && isInFlag
            }
        }
    }
}

/// Takes an input: a byte for the width, two for the cuts, one for the mode, and the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: data, count: size))
    guard input.count >= 4 else { return 0 }
    let width = Int(input[0]) % 120
    let seed = UInt64(input[1]) << 8 | UInt64(input[2]) | 1 << 16
    let rendersSource = input[3] & 1 == 1
    let text = Array(String(decoding: input[4...], as: UTF8.self).unicodeScalars)
    let whole = lines(of: text, width: width, rendersSource: rendersSource, seed: 0)
    requireHarmless(whole, width: width)
    let cut = lines(of: text, width: width, rendersSource: rendersSource, seed: seed)
    require(cut == whole, "the lines don't depend on the cuts")
    // Columns, rules and repeated markers take more room than their source, but not without end.
    let shown = whole.reduce(0) { $0 + $1.text.utf8.count }
    require(shown <= 4096 + text.count * 1024, "\(shown) bytes of \(text.count) scalars")
    if input[3] & 2 == 2 {
        _ = lines(of: text, width: width, rendersSource: rendersSource, seed: seed, changesWidth: true)
    }
    return 0
}
