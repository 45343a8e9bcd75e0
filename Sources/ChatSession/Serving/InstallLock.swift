import Glibc

/// Keeps a second process from installing or removing a local model at the same time; the kernel lets go of it with the process.
struct InstallLock {
    private let descriptor: Int32

    /// Locks an existing directory, without waiting.
    init(directory: String) throws(LocalModelError) {
        descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .file(path: directory, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            throw reason == EWOULDBLOCK
                ? .busy(path: directory) : .file(path: directory, reason: String(cString: strerror(reason)))
        }
    }

    /// Lets go; once.
    func release() {
        // Closing isn't enough: a child that is just being started shares the lock until it runs its program.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
