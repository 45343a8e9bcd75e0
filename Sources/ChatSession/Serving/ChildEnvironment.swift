import FoundationEssentials
import Glibc

/// What a child process may know, and where its program is.
enum ChildEnvironment {
    private static let secretEndings = ["KEY", "TOKEN", "SECRET", "PASSWORD"]

    /// An environment (nil: this process's own) without names that look like secrets or that no child can be given.
    static func withoutSecrets(_ environment: [String: String]?) -> [String: String] {
        (environment ?? ProcessInfo.processInfo.environment).filter { name, value in
            let last = name.uppercased().split(separator: "_").last.map(String.init) ?? ""
            return !secretEndings.contains(last) && isValid(name) && !value.utf8.contains(0)
        }
    }

    /// The path of a program: a name is looked up in the environment's PATH, anything with a slash is taken as it is.
    ///
    /// Returns nil if there is no executable file.
    static func find(_ program: String, in environment: [String: String]) -> String? {
        if program.utf8.contains(UInt8(ascii: "/")) { return isExecutableFile(program) ? program : nil }
        guard !program.isEmpty else { return nil }
        let path = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        // An empty or relative entry would run whatever lies in the current directory.
        return path.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(program)" }.first(
            where: isExecutableFile)
    }

    private static func isExecutableFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }

    private static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first else { return false }
        return !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
            && !name.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "=") }
    }
}
