import Glibc

/// A text in a file that nobody else may read, in a directory of its own for what an editor puts beside it.
struct TemporaryText {
    private let directory: String
    /// The file's path; Markdown, by its name, is what a message is.
    let path: String

    /// Writes a text, with a line end behind it.
    init(_ text: String) throws(ExternalEditorError) {
        let parent = ExternalEditor.variable("TMPDIR") ?? "/tmp"
        // mkdtemp(3) makes it 0700.
        var template = Array("\(parent)/banter-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw .system(operation: "make a directory in \(parent)", code: errno)
        }
        directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        path = "\(directory)/message.md"
        let code = TemporaryText.write(Array((text.isEmpty ? "" : text + "\n").utf8), to: path)
        if code != 0 {
            remove()
            throw .system(operation: "write \(path)", code: code)
        }
    }

    private static func write(_ bytes: [UInt8], to path: String) -> Int32 {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        return TerminalOutput.write(bytes, to: descriptor)
    }

    /// What stands there now, without the last line end.
    func contents(limit: Int) throws(ExternalEditorError) -> String {
        let file: (bytes: [UInt8], size: Int)
        do {
            file = try HistoryFile.contents(ofFile: path, limit: limit, isPrivate: true)
        } catch let error as TerminalError {
            throw .system(operation: error.operation, code: error.code)
        } catch {
            throw .system(operation: "read \(path)", code: EIO)
        }
        guard file.size <= limit else { throw .tooLarge }
        guard var text = String(validating: file.bytes, as: UTF8.self) else { throw .notUTF8 }
        // Of CRLF, one character, both go.
        if text.last == "\n" || text.last == "\r\n" { text.removeLast() }
        return text
    }

    /// Removes the file, and what an editor may have left beside it.
    func remove() {
        if let entries = opendir(directory) {
            while let entry = readdir(entries) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                // "." and "..", too, which aren't unlinked. What can't be removed is in a private directory of /tmp.
                unlink("\(directory)/\(name)")
            }
            closedir(entries)
        }
        rmdir(directory)
    }
}
