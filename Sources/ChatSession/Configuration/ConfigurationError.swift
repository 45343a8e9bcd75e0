/// A mistake in the configuration, with the place to mend it.
public struct ConfigurationError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Problem: Hashable, Sendable {
        /// The file isn't JSON.
        case syntax(String)
        /// There is no such key here; perhaps this one was meant.
        case unknownKey(nearest: String?)
        /// The value is of another kind than it must be; both in the words of JSON.
        case wrongKind(expected: String, found: String)
        /// The value is of the right kind, but no good; why, as the end of a sentence.
        case invalidValue(String)
        /// The file can't be read.
        case unreadable(FileSystemError)
    }

    /// The file.
    public let path: String
    /// The line, counted from 1; nil where the whole file is meant.
    public let line: Int?
    /// The column, counted from 1.
    public let column: Int?
    /// The key, with those above it: `providers.openai.baseURL`; nil where the whole file is meant.
    public let key: String?
    /// What is wrong.
    public let problem: Problem

    init(path: String, line: Int? = nil, column: Int? = nil, key: String? = nil, problem: Problem) {
        self.path = path
        self.line = line
        self.column = column
        self.key = key
        self.problem = problem
    }
}
