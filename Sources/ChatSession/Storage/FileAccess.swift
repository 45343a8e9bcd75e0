import Glibc

/// Who beside its owner can get at a file.
struct FileAccess: Equatable {
    /// Whether nobody else can read it, or write to it.
    let isPrivate: Bool
    /// Whether its commands may be run: it is ours, or root's, and not everybody may write to it.
    ///
    /// Write permission for the group is no reason to refuse, as many systems give everybody a group of his own.
    let isTrusted: Bool

    init(_ status: stat) {
        let isOurs = status.st_uid == geteuid()
        isPrivate = isOurs && status.st_mode & 0o077 == 0
        isTrusted = (isOurs || status.st_uid == 0) && status.st_mode & 0o002 == 0
    }

    init(isPrivate: Bool, isTrusted: Bool) {
        self.isPrivate = isPrivate
        self.isTrusted = isTrusted
    }
}
