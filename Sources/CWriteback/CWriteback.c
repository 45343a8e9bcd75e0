#define _GNU_SOURCE
#include <fcntl.h>

#include "CWriteback.h"

int writeback_begin(int file, off_t offset, off_t count) {
#ifdef SYNC_FILE_RANGE_WRITE
    return sync_file_range(file, offset, count, SYNC_FILE_RANGE_WRITE);
#else
    return 0;
#endif
}
