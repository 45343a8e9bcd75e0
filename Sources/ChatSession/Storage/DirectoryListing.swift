import Glibc

/// The names in a directory.
package enum DirectoryListing {
    /// A name in a directory.
    package struct Entry: Hashable, Sendable {
        package let name: String
        /// Whether it is a directory, or leads to one.
        package let isDirectory: Bool

        package init(name: String, isDirectory: Bool) {
            self.name = name
            self.isDirectory = isDirectory
        }
    }

    /// The names that are text, and what they name, sorted; none if the directory can't be read.
    ///
    /// May block for as long as the disk does. Of more than `limit` names, any so many.
    ///
    /// The C functions are `opendir`, `readdir` and `stat`.
    package static func entries(in path: String, limit: Int) -> [Entry] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var entries: [Entry] = []
        while entries.count < limit, let entry = readdir(directory) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard let name = String(validating: bytes, as: UTF8.self), name != ".", name != ".." else { continue }
            var isDirectory = entry.pointee.d_type == UInt8(DT_DIR)
            if [DT_LNK, DT_UNKNOWN].contains(where: { entry.pointee.d_type == UInt8($0) }) {
                var status = stat()
                isDirectory = stat(path + "/" + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
            }
            entries.append(Entry(name: name, isDirectory: isDirectory))
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// All names but `.` and `..`, in no order; empty if the directory isn't there.
    static func names(in path: String) throws(FileSystemError) -> [String] {
        try names(in: path) { String(decoding: $0, as: UTF8.self) }
    }

    /// What is made of the bytes of each name but `.` and `..`, in no order; empty if the directory isn't there.
    ///
    /// The C functions are `opendir` and `readdir`.
    static func names<Name>(
        in path: String, as name: (UnsafeBufferPointer<UInt8>) -> Name?
    ) throws(FileSystemError) -> [Name] {
        guard let directory = opendir(path) else {
            if errno == ENOENT { return [] }
            throw FileSystemError("opendir", path)
        }
        defer { closedir(directory) }
        var names: [Name] = []
        while true {
            errno = 0
            guard let entry = readdir(directory) else {
                if errno != 0 { throw FileSystemError("readdir", path) }
                return names
            }
            withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                let bytes = bytes.bindMemory(to: UInt8.self)
                let text = UnsafeBufferPointer(rebasing: bytes.prefix { $0 != 0 })
                let isItself = text.elementsEqual(".".utf8) || text.elementsEqual("..".utf8)
                if !isItself, let name = name(text) { names.append(name) }
            }
        }
    }
}
