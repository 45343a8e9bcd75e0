import Glibc

/// By what a file that somebody else has replaced or changed is known from the one that we read or wrote.
struct FileStamp: Equatable {
    private let device: dev_t
    private let inode: ino_t
    /// How long it is, in bytes.
    let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    /// When the file was changed last, in nanoseconds since the epoch.
    var modified: Int { seconds &* 1_000_000_000 &+ nanoseconds }

    /// When the file was changed last.
    var time: Timestamp { Timestamp(secondsSinceEpoch: Double(modified) / 1e9) }

    /// The file's stamp as it is now; nil if there is no file.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    init(_ status: stat) {
        device = status.st_dev
        inode = status.st_ino
        size = status.st_size
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }
}
