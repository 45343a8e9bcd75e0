// What Glibc's Swift module doesn't show: nl_langinfo, ioctl, pipe2, open without a mode, closefrom for posix_spawn and
// memfd_create.
#define _GNU_SOURCE
#include "CLibEdit.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <spawn.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

int clibedit_set_utf8_locale(void) {
    const char *name = setlocale(LC_CTYPE, "");
    if (name && strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
    if (!setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "C.utf8");
    return 0;
}

// Where standard input, output or error are closed, what is opened next takes their place, and the answer is written into it. So
// they are opened before Swift's runtime opens something.
__attribute__((constructor)) static void open_standard_descriptors(void) {
    for (int descriptor = 0; descriptor < 3; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF && open("/dev/null", O_RDWR) < 0) return;
}

int clibedit_window_size(int terminal, int *rows, int *columns) {
    struct winsize size;
    if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return 0;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return 1;
}

int clibedit_pipe(int *reading_end, int *writing_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return errno;
    *reading_end = ends[0];
    *writing_end = ends[1];
    return 0;
}

int clibedit_spawn_closes_others(void *actions) {
    return posix_spawn_file_actions_addclosefrom_np(actions, 3);
}

int clibedit_memory_file(void) { return memfd_create("text", MFD_CLOEXEC); }
