import Glibc

/// A file that goes along with a message.
package struct AttachedFile: Hashable, Sendable {
    /// What a text may have.
    package static let maximumTextBytes = 1 << 20
    /// What an image may have.
    package static let maximumImageBytes = 10 << 20
    /// What all files of a message may have: each turn sends and saves them again.
    package static let maximumTotalBytes = 32 << 20
    /// How many files one message may take along.
    package static let maximumCount = 20

    package enum Content: Hashable, Sendable {
        case text(String)
        case image([UInt8], mediaType: String)
    }

    /// The path as it is written in the message.
    package let name: String
    package let content: Content

    /// How many bytes it has.
    package var byteCount: Int {
        switch content {
        case .text(let text): text.utf8.count
        case .image(let bytes, _): bytes.count
        }
    }

    /// The files that a message names, each once, as far as they exist.
    ///
    /// Reads the disk, so it may block.
    ///
    /// - Parameters:
    ///   - text: The message.
    ///   - home: What `~` stands for.
    /// - Returns: The files, in order.
    /// - Throws: `AttachmentError` for the first that can't go along.
    package static func files(namedIn text: String, home: String?) throws(AttachmentError) -> [AttachedFile] {
        var files: [AttachedFile] = []
        var seen: Set<String> = []
        for reference in FileReference.all(in: text) {
            guard let (name, path) = try existing(reference, home: home), seen.insert(path).inserted else { continue }
            guard files.count < maximumCount else { throw AttachmentError(name: name, problem: .tooMany) }
            files.append(AttachedFile(name: name, content: try read(path, name: name)))
            guard files.reduce(0, { $0 + $1.byteCount }) <= maximumTotalBytes else {
                throw AttachmentError(name: name, problem: .tooLargeTogether)
            }
        }
        return files
    }

    /// A path as the system takes it.
    package static func expanded(_ path: String, home: String?) -> String {
        guard let home, path == "~" || path.hasPrefix("~/") else { return path }
        return home + path.dropFirst()
    }

    /// The longest beginning of a reference that exists; nil if none does and it may be no path at all.
    private static func existing(
        _ reference: FileReference, home: String?
    ) throws(AttachmentError) -> (name: String, path: String)? {
        // Dots alone are the sentence's (`@...`), and behind a NUL the system doesn't read on.
        for name in reference.candidates where !name.utf8.allSatisfy({ $0 == 0x2E }) && !name.utf8.contains(0) {
            let path = expanded(name, home: home)
            var status = stat()
            guard stat(path, &status) == 0 else { continue }
            // `@docs` may be somebody's name, where there is a directory of that name.
            if status.st_mode & S_IFMT == S_IFDIR, !reference.isSurelyPath, !name.utf8.contains(0x2F) { continue }
            return (name, path)
        }
        guard reference.isSurelyPath else { return nil }
        throw AttachmentError(name: reference.path, problem: .missing)
    }

    private static func read(_ path: String, name: String) throws(AttachmentError) -> Content {
        var status = stat()
        // Before it is opened, as opening a device may do something.
        guard stat(path, &status) == 0 else { throw AttachmentError(name: name, problem: .missing) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw AttachmentError(name: name, problem: .directory)
        default: throw AttachmentError(name: name, problem: .special)
        }
        let bytes: [UInt8]
        do {
            bytes = try AtomicFile.read(path, limit: maximumImageBytes)
        } catch {
            let isTooLarge = error.errorNumber == EFBIG
            throw AttachmentError(
                name: name, problem: isTooLarge ? .tooLarge(limit: maximumImageBytes) : .unreadable(error))
        }
        if let mediaType = imageType(of: bytes) { return .image(bytes, mediaType: mediaType) }
        guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
            throw AttachmentError(name: name, problem: .unknownKind)
        }
        guard bytes.count <= maximumTextBytes else {
            throw AttachmentError(name: name, problem: .tooLarge(limit: maximumTextBytes))
        }
        return .text(text)
    }

    /// What kind of image it is, by its first bytes, whatever its name says.
    static func imageType(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return "image/png" }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return "image/jpeg" }
        if bytes.starts(with: Array("GIF87a".utf8)) || bytes.starts(with: Array("GIF89a".utf8)) { return "image/gif" }
        if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            return "image/webp"
        }
        return nil
    }
}

/// Why a file can't go along with a message.
package struct AttachmentError: Error, Hashable, Sendable {
    package enum Problem: Hashable, Sendable {
        case missing
        case directory
        /// A device, a FIFO or a socket.
        case special
        /// Neither text in UTF-8 nor an image that models know.
        case unknownKind
        /// More bytes than the limit.
        case tooLarge(limit: Int)
        case unreadable(FileSystemError)
        /// More bytes in all files than `AttachedFile.maximumTotalBytes`.
        case tooLargeTogether
        /// More files than `AttachedFile.maximumCount`.
        case tooMany
    }

    /// The path as it is written in the message.
    package let name: String
    package let problem: Problem
}
