#ifndef CWRITEBACK_H
#define CWRITEBACK_H

#include <sys/types.h>

/// Has the disk begin with a part of a file's data, and doesn't wait: 0, or -1 with errno (sync_file_range(2)).
///
/// Swift can't see the call, as its Glibc module leaves out what is Linux's own. Of its flags only the one that begins is used: those that
/// wait would take the disk's error from the fsync that follows, which would then report none.
///
/// Where there is no such call, 0: the fsync does it all then.
int writeback_begin(int file, off_t offset, off_t count);

#endif
