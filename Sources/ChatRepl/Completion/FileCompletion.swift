import ChatSession
import Terminal

/// Completes the `@path` that the cursor is in.
struct FileCompletion: Sendable {
    /// Of a directory with more names, so many are looked at.
    private static let maximumEntries = 5000

    private let home: String?
    private let directories = BackgroundReads<String, [DirectoryListing.Entry]> {
        DirectoryListing.entries(in: $0, limit: maximumEntries)
    }

    init(home: String?) { self.home = home }

    /// The candidates for the text up to the cursor; nil if it doesn't end in an `@` with a path.
    ///
    /// - Parameters:
    ///   - scalars: The text up to the cursor.
    ///   - next: What stands behind the cursor: a closing quote or a blank isn't written twice.
    ///   - whenRead: Told when more is known.
    /// - Returns: The candidates, which may be none yet.
    func complete(
        _ scalars: [Unicode.Scalar], before next: Unicode.Scalar?, whenRead: @escaping @Sendable () -> Void
    ) -> Completion? {
        guard let start = FileCompletion.start(in: scalars) else { return nil }
        let reference = FileReference(scalars, at: start)
        let typed = reference?.path ?? ""
        let isQuoted = scalars[(start + 1)...].first == "\""
        let (directory, name) = FileCompletion.split(typed)
        if name == ".." || typed == "~" {
            let text = FileReference.spelling(of: typed + "/", isQuoted: isQuoted, isClosed: false)
            return Completion(from: start, candidates: [Completion.Candidate(text: text)])
        }
        let (entries, isFresh) = entries(in: directory, for: name, whenRead: whenRead)
        let offers = entries.map { FileCompletion.offer($0, in: directory, isQuoted: isQuoted, before: next) }
        let (candidates, goesOn) = CompletionOffer.fitting(offers, typed: name)
        if candidates.isEmpty, isFresh { return nil }
        return Completion(from: start, candidates: candidates, goesOn: goesOn, isPartial: !isFresh)
    }

    /// What a path can be completed to that goes on to the end of the entry, blanks and all; and whether all that is known yet.
    func offers(
        for typed: String, whenRead: @escaping @Sendable () -> Void
    ) -> (offers: ArgumentOffers, isFresh: Bool) {
        let (directory, name) = FileCompletion.split(typed)
        let offset = directory.unicodeScalars.count
        if name == ".." || typed == "~" {
            return (ArgumentOffers([CompletionOffer(name + "/", names: [name])], offset: offset), true)
        }
        let (entries, isFresh) = entries(in: directory, for: name, whenRead: whenRead)
        let offers = entries.map { entry in
            CompletionOffer(entry.isDirectory ? entry.name + "/" : entry.name, names: [entry.name])
        }
        return (ArgumentOffers(offers, offset: offset), isFresh)
    }

    /// A path's directory, with the slash behind it, and the name that is being typed.
    private static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.unicodeScalars.lastIndex(of: "/") else { return ("", path) }
        return (String(path.unicodeScalars[...slash]), String(path.unicodeScalars[slash...].dropFirst()))
    }

    /// What is in a directory, as far as it is known; what is hidden only for a name that begins so.
    private func entries(
        in directory: String, for name: String, whenRead: @escaping @Sendable () -> Void
    ) -> (entries: [DirectoryListing.Entry], isFresh: Bool) {
        let path = AttachedFile.expanded(directory.isEmpty ? "." : directory, home: home)
        let (entries, isFresh) = directories.value(for: path, whenRead: whenRead)
        return ((entries ?? []).filter { $0.name.hasPrefix(".") == name.hasPrefix(".") }, isFresh)
    }

    private static func offer(
        _ entry: DirectoryListing.Entry, in directory: String, isQuoted: Bool, before next: Unicode.Scalar?
    ) -> CompletionOffer {
        let name = entry.isDirectory ? entry.name + "/" : entry.name
        // A directory is gone on from, so its quote stays open; what is done gets a blank behind it.
        let isClosed = isQuoted && next == "\""
        let text = FileReference.spelling(
            of: directory + name, isQuoted: isQuoted, isClosed: !entry.isDirectory && !isClosed)
        let blank = entry.isDirectory || isClosed || next?.properties.isWhitespace == true ? "" : " "
        return CompletionOffer(text + blank, label: name, names: [entry.name])
    }

    /// Where the `@` stands whose path the end of a text is in.
    private static func start(in scalars: [Unicode.Scalar]) -> Int? {
        // Quotes may hold blanks, so it is found from the front.
        var index = scalars.lastIndex(of: "\n").map { $0 + 1 } ?? 0
        while let start = scalars[index...].firstIndex(of: "@") {
            index = start + 1
            if start > 0, !FileReference.isBoundary(scalars[start - 1]) { continue }
            if [[], ["\""]].contains(scalars[(start + 1)...]) { return start }
            guard let reference = FileReference(scalars, at: start) else { continue }
            index = reference.range.upperBound
            if index == scalars.count, !reference.isClosed { return start }
        }
        return nil
    }
}
