// What Glibc's Swift module doesn't show: nl_langinfo, ioctl and pipe2.
#define _GNU_SOURCE
#include "CLibEdit.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

int clibedit_set_utf8_locale(void) {
    const char *name = setlocale(LC_CTYPE, "");
    if (name && strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0) return 1;
    if (!setlocale(LC_CTYPE, "C.UTF-8")) setlocale(LC_CTYPE, "C.utf8");
    return 0;
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
