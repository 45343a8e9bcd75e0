import ChatApi

/// A value of the configuration file, which knows its place, so that any mistake in it can be named by line and key.
struct ConfigurationNode {
    let value: JSONValue
    private let document: JSONDocument
    private let file: String
    private let path: [JSONPathComponent]

    /// The whole of a file.
    init(parsing bytes: [UInt8], file: String) throws(ConfigurationError) {
        do {
            document = try JSONDocument(parsing: bytes)
        } catch {
            throw ConfigurationError(
                path: file, line: error.location.line, column: error.location.column, problem: .syntax(error.reason))
        }
        self.file = file
        value = document.value
        path = []
    }

    private init(_ value: JSONValue, _ component: JSONPathComponent, in parent: ConfigurationNode) {
        self.value = value
        document = parent.document
        file = parent.file
        path = parent.path + [component]
    }

    /// The value of a key, if the object has it. (Only after `checkKeys` or `fields` has found that this is an object.)
    subscript(key: String) -> ConfigurationNode? {
        value[key].map { ConfigurationNode($0, .key(key), in: self) }
    }

    /// The fields of an object with keys that people choose, in order.
    func fields() throws(ConfigurationError) -> [(key: String, node: ConfigurationNode)] {
        guard let object = value.objectValue else { throw wrongKind("object") }
        return object.map { ($0, ConfigurationNode($1, .key($0), in: self)) }
    }

    /// Makes sure that this is an object with none but the known keys.
    func checkKeys(_ known: [String]) throws(ConfigurationError) {
        // Editors look for "$schema" and find completion and checks by it.
        for (key, node) in try fields() where !known.contains(key) && !(path.isEmpty && key == "$schema") {
            throw node.error(.unknownKey(nearest: Spelling.nearest(to: key, among: known)))
        }
    }

    func string() throws(ConfigurationError) -> String {
        guard let text = value.stringValue else { throw wrongKind("string") }
        return text
    }

    func bool() throws(ConfigurationError) -> Bool {
        guard let truth = value.boolValue else { throw wrongKind("boolean") }
        return truth
    }

    /// A whole number in a range.
    func integer(in range: ClosedRange<Int>) throws(ConfigurationError) -> Int {
        guard case .number(let number) = value else { throw wrongKind("number") }
        guard let integer = number.doubleValue.flatMap(Int.init(exactly:)), range.contains(integer) else {
            throw error(
                .invalidValue("it must be a whole number from \(range.lowerBound) to \(range.upperBound)"))
        }
        return integer
    }

    /// A number of seconds above zero.
    func seconds() throws(ConfigurationError) -> Duration {
        guard case .number(let number) = value else { throw wrongKind("number") }
        guard let seconds = number.doubleValue, seconds >= 0.001, seconds <= 86_400 else {
            throw error(.invalidValue("it must be seconds, from 0.001 to 86400"))
        }
        return .milliseconds(Int64(seconds * 1000))
    }

    func strings() throws(ConfigurationError) -> [String] {
        guard let elements = value.arrayValue else { throw wrongKind("array") }
        var strings: [String] = []
        for (index, element) in elements.enumerated() {
            strings.append(try ConfigurationNode(element, .index(index), in: self).string())
        }
        return strings
    }

    /// A command that Banter runs: a program and its arguments.
    func command(access: FileAccess) throws(ConfigurationError) -> [String] {
        let words = try strings()
        guard let program = words.first, !program.isEmpty else { throw error(.invalidValue("the command is empty")) }
        guard access.isTrusted else {
            throw error(
                .invalidValue(
                    "the file is another user's, or everybody may write to it, so its commands are not run: chmod o-w it"
                ))
        }
        return words
    }

    func error(_ problem: ConfigurationError.Problem) -> ConfigurationError {
        let location = document.location(of: path)
        var key = ""
        for component in path {
            switch component {
            case .key(let name): key += key.isEmpty ? name : ".\(name)"
            case .index(let index): key += "[\(index)]"
            }
        }
        return ConfigurationError(
            path: file, line: location.line, column: location.column, key: key.isEmpty ? nil : key, problem: problem)
    }

    private func wrongKind(_ expected: String) -> ConfigurationError {
        error(.wrongKind(expected: expected, found: value.kind))
    }
}
