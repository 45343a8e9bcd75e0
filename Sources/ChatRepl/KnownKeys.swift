import Synchronization

/// The keys that were used in this run, so that what is typed can be compared with them; in memory only.
final class KnownKeys: Sendable {
    /// No more than this many: the newest.
    private static let limit = 16

    private let keys = Mutex<[String]>([])

    /// Takes note of a key.
    func learn(_ key: String) {
        keys.withLock { keys in
            if !keys.contains(key) { keys = keys.suffix(Self.limit - 1) + [key] }
        }
    }

    /// Whether an entry may be written to the history file.
    func mayKeep(_ entry: String) -> Bool {
        !SecretRules(knownKeys: keys.withLock { $0 }).findSecret(in: entry)
    }
}
