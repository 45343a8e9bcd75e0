import ChatApi

/// A form in which a session leaves Banter.
package enum ExportFormat: String, CaseIterable, Sendable {
    case markdown = "md"
    /// The messages as the API takes them: an array.
    case json
    case html
    case text = "txt"
    /// The session's file, as it stands.
    case banter

    /// The form that a person names.
    package init?(name: String) {
        switch name.lowercased() {
        case "markdown": self = .markdown
        case "htm": self = .html
        case "text": self = .text
        case let name: self.init(rawValue: name)
        }
    }

    /// The form that a path's ending tells.
    package init?(endingOf path: String) {
        guard let ending = Self.ending(of: path), let format = ExportFormat(name: ending), format != .banter else {
            return nil
        }
        self = format
    }

    /// The form for a file: Markdown where the path's ending says nothing.
    /// - Throws: `ExportProblem.unknownEnding`, as a file called `x.pdf` is to be one.
    package init(for path: String) throws(ExportProblem) {
        if let format = ExportFormat(endingOf: path) {
            self = format
        } else if Self.ending(of: path) != nil {
            throw .unknownEnding(path)
        } else {
            self = .markdown
        }
    }

    private static func ending(of path: String) -> String? {
        let name =
            path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).last ?? path[...].utf8
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return nil }
        let ending = String(decoding: name[name.index(after: dot)...], as: UTF8.self)
        return ending.isEmpty ? nil : ending
    }
}

/// Why a session can't be exported so.
package enum ExportProblem: Error, Hashable, Sendable {
    /// The conversation hasn't these turns, but so many.
    case noSuchTurns(TurnSelection, count: Int)
    /// Our own format has whole sessions only.
    case isWhole
    /// A path ends like a file of another form.
    case unknownEnding(String)
}

extension Session {
    /// The conversation as a document: the line that stands in `messages`, all of it or some turns.
    ///
    /// What branched off is only in our own format. The system prompt is in a document of the whole, and always in `.json`, which is to be sent.
    /// - Throws: ``ExportProblem``.
    package func exported(as format: ExportFormat, turns selection: TurnSelection? = nil) throws(ExportProblem)
        -> [UInt8]
    {
        if format == .banter {
            if selection != nil { throw .isWhole }
            return SessionFile.encode(self)
        }
        var range = messages.indices
        if let selection {
            guard let selected = selection.range(in: messages) else {
                throw .noSuchTurns(selection, count: exchanges.count)
            }
            range = selected
        }
        switch format {
        case .json:
            let instructions = messages.prefix { $0.role == .system || $0.role == .developer }
            let sent = (range.lowerBound >= instructions.count ? instructions : []) + messages[range]
            return JSONValue.array(sent.map { .object($0.fields) }).serialized(.indented) + [UInt8(ascii: "\n")]
        case .markdown: return Array(SessionDocument(self, range, selection).markdown.utf8)
        case .html: return Array(SessionDocument(self, range, selection).html.utf8)
        case .text, .banter: return Array(SessionDocument(self, range, selection).plainText.utf8)
        }
    }

    /// What to call a file with the session, without an ending: the words of its title, of letters and digits of any script; else its id.
    ///
    /// Nothing in it means anything to a shell, a path or a terminal.
    package var fileName: String {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        for scalar in displayTitle.unicodeScalars.prefix(200) {
            if Self.isPartOfName(scalar) {
                word.append(scalar)
            } else if !word.isEmpty {
                words.append(String(word))
                word = .init()
            }
        }
        if !word.isEmpty { words.append(String(word)) }
        var name = ""
        for word in words {
            // File systems take 255 bytes, and an ending and a number come behind it.
            guard name.utf8.count + word.utf8.count < 120 else { break }
            name += name.isEmpty ? word : "-\(word)"
        }
        return name.isEmpty ? id.text : name
    }

    private static func isPartOfName(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) }
        if scalar.properties.isDefaultIgnorableCodePoint { return false }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber:
            true
        default: false
        }
    }
}
