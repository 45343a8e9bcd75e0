import CSourceHighlight
import Synchronization

/// A part of a line of code that is of one kind.
struct HighlightedRun: Sendable {
    /// An element name of source-highlight.
    let kind: String
    /// In bytes.
    let length: Int
}

/// What the highlighter knows between two lines.
///
/// It never changes but for what it remembers: the line that came last after it, as a block that is still open is drawn again and
/// again, and each time from its first line. The library behind it takes one caller at a time: so it is safe to share.
final class HighlightingState: @unchecked Sendable {
    struct Step: Sendable {
        /// What is known after the line; nil where the library gave up.
        var state: HighlightingState?
        var runs: [HighlightedRun]
    }

    /// A block is remembered so many lines far; what is drawn again is no longer.
    private static let mostRemembered = 300
    private static let directory = "/usr/share/source-highlight"
    /// The states before the first line, by language.
    private static let starts = Mutex<[String: HighlightingState]>([:])

    private let handle: OpaquePointer
    private let lineNumber: Int
    private let last = Mutex<(line: String, step: Step)?>(nil)

    private init(_ handle: OpaquePointer, lineNumber: Int) { (self.handle, self.lineNumber) = (handle, lineNumber) }

    deinit { csourcehighlight_free(handle) }

    /// The state before the first line; nil where the language isn't known.
    static func start(_ language: CodeLanguage) -> HighlightingState? {
        let name = language.key
        if let known = starts.withLock({ $0[name] }) { return known }
        let handle =
            switch language {
            case .own(let definition): csourcehighlight_start_defined(definition.name, definition.text)
            case .library(let name): csourcehighlight_start(directory, name)
            }
        // Only languages that there are, which aren't many.
        guard let state = handle.map({ HighlightingState($0, lineNumber: 0) }) else { return nil }
        starts.withLock { $0[name] = state }
        return state
    }

    /// The next line, which isn't empty.
    func after(_ line: String) -> Step {
        // Byte by byte: equal in Unicode's eyes isn't enough.
        if let last = last.withLock({ $0 }), last.line.utf8.elementsEqual(line.utf8) { return last.step }
        let step = highlight(line)
        if lineNumber < Self.mostRemembered { last.withLock { $0 = (line, step) } }
        return step
    }

    private func highlight(_ line: String) -> Step {
        var line = line
        return line.withUTF8 { bytes in
            var next: OpaquePointer?
            let runs = [csourcehighlight_run](unsafeUninitializedCapacity: bytes.count) { buffer, count in
                next = bytes.withMemoryRebound(to: CChar.self) {
                    csourcehighlight_line(handle, $0.baseAddress, $0.count, buffer.baseAddress, &count)
                }
                if next == nil { count = 0 }
            }
            return Step(
                state: next.map { HighlightingState($0, lineNumber: lineNumber + 1) },
                runs: runs.map { HighlightedRun(kind: String(cString: $0.kind), length: $0.length) })
        }
    }
}

extension CodeLanguage {
    /// A name of its own for each language, also where the library has one of ours.
    fileprivate var key: String {
        switch self {
        case .own(let definition): "own \(definition.name)"
        case .library(let name): name
        }
    }
}
