// Has the N-th call of one kind that touches a directory fail, or be the last one. Loaded before the C library (LD_PRELOAD).
//
// strace can do this too, but counts the calls of each thread apart and can't leave out what isn't about the directory: a write that only
// wakes a thread would fail as well, which no disk can cause.
//
// FAULT_UNDER: the directory; FAULT_CALL: open, write, ...; FAULT_NUMBER: N; FAULT_ERROR: an error number, or 0 for SIGKILL before the call,
// -1 for SIGKILL after it; FAULT_LOG: the file that gets a line when it has happened.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int calls;

static int is_under(const char *path) {
    const char *directory = getenv("FAULT_UNDER");
    return directory && path && strncmp(path, directory, strlen(directory)) == 0;
}

static int is_open_under(int descriptor) {
    char name[64], path[4096];
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    ssize_t count = readlink(name, path, sizeof path - 1);
    if (count < 0) return 0;
    path[count] = 0;
    return is_under(path);
}

static void note(void) {
    int log = syscall(SYS_openat, AT_FDCWD, getenv("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
    syscall(SYS_write, log, "hit\n", 4);
    syscall(SYS_close, log);
}

// The fault for this call: 0 for none, an error number, or -1 for the end after the call.
static int fault(const char *call, int touches) {
    const char *wanted = getenv("FAULT_CALL");
    if (!touches || !wanted || strcmp(call, wanted) != 0) return 0;
    if (atomic_fetch_add(&calls, 1) + 1 != atoi(getenv("FAULT_NUMBER"))) return 0;
    note();
    int error = atoi(getenv("FAULT_ERROR"));
    if (error == 0) kill(getpid(), SIGKILL);
    return error;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FAIL(call, touches, real)                     \
    int error = fault(call, touches);                 \
    if (error > 0) { errno = error; return -1; }      \
    __auto_type result = real;                        \
    int number = errno;                               \
    if (error < 0) kill(getpid(), SIGKILL);           \
    errno = number;                                   \
    return result;

#define MODE(flags, mode)                             \
    mode_t mode = 0;                                  \
    if (flags & (O_CREAT | O_TMPFILE)) {              \
        va_list rest;                                 \
        va_start(rest, flags);                        \
        mode = va_arg(rest, mode_t);                  \
        va_end(rest);                                 \
    }

int open(const char *path, int flags, ...) { MODE(flags, mode) FAIL("open", is_under(path), REAL(open)(path, flags, mode)) }
int open64(const char *path, int flags, ...) { MODE(flags, mode) FAIL("open", is_under(path), REAL(open64)(path, flags, mode)) }
ssize_t write(int file, const void *bytes, size_t count) { FAIL("write", is_open_under(file), REAL(write)(file, bytes, count)) }
int fsync(int file) { FAIL("fsync", is_open_under(file), REAL(fsync)(file)) }
int fdatasync(int file) { FAIL("fdatasync", is_open_under(file), REAL(fdatasync)(file)) }
int sync_file_range(int file, off64_t offset, off64_t count, unsigned flags) {
    FAIL("sync_file_range", is_open_under(file), REAL(sync_file_range)(file, offset, count, flags))
}
int rename(const char *from, const char *to) { FAIL("rename", is_under(from), REAL(rename)(from, to)) }
int unlink(const char *path) { FAIL("unlink", is_under(path), REAL(unlink)(path)) }
int mkdir(const char *path, mode_t mode) { FAIL("mkdir", is_under(path), REAL(mkdir)(path, mode)) }
int ftruncate(int file, off_t size) { FAIL("ftruncate", is_open_under(file), REAL(ftruncate)(file, size)) }

// A close that fails has closed all the same.
int close(int file) {
    int error = fault("close", is_open_under(file));
    int result = REAL(close)(file);
    if (error < 0) kill(getpid(), SIGKILL);
    if (error > 0) { errno = error; return -1; }
    return result;
}
