#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#include "CNcurses.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

// A capability of term.h by its short name.
#undef columns

_Static_assert(sizeof(wchar_t) == sizeof(int32_t), "a wchar_t is a Unicode scalar");

struct cncurses {
    SCREEN *screen;
    FILE *input, *output;
    // What terminfo's global variable pointed to: libedit looks its capabilities up through it too.
    TERMINAL *before;
    // How many colours there are; 0 if none are to be shown.
    int colors;
    // Whether the terminal brackets what is pasted.
    int brackets;
    // So many times in a row there was something to read that couldn't be read.
    int failures;
};

// Function keys that a terminal sends otherwise than its terminfo entry says, as soon as its cursor key mode is the other one.
static const struct {
    const char *sequence;
    int key;
} more_keys[] = {
    {"\033[A", KEY_UP},     {"\033[B", KEY_DOWN},   {"\033[C", KEY_RIGHT},   {"\033[D", KEY_LEFT},
    {"\033OA", KEY_UP},     {"\033OB", KEY_DOWN},   {"\033OC", KEY_RIGHT},   {"\033OD", KEY_LEFT},
    {"\033[H", KEY_HOME},   {"\033[F", KEY_END},    {"\033OH", KEY_HOME},    {"\033OF", KEY_END},
    {"\033[1~", KEY_HOME},  {"\033[4~", KEY_END},   {"\033[7~", KEY_HOME},   {"\033[8~", KEY_END},
    {"\033[5~", KEY_PPAGE}, {"\033[6~", KEY_NPAGE}, {"\033[3~", KEY_DC},     {"\033OM", KEY_ENTER},
    {"\033[Z", KEY_BTAB},   {"\033OQ", KEY_F(2)},   {"\033[12~", KEY_F(2)},
};

// What is pasted comes between these two, if the terminal is told so; codes that no other key has.
enum { PASTE_BEGINS = KEY_F(61), PASTE_ENDS = KEY_F(62) };

// newterm puts handlers of its own in place of every SIG_DFL of these and never takes them back; its SIGINT handler ends the
// process. It looks once, so they are ignored for just that long. The line editor's handlers stay, as they aren't SIG_DFL.
static const int guarded[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
enum { GUARDED = sizeof guarded / sizeof *guarded };

static SCREEN *new_screen(const char *kind, FILE *output, FILE *input) {
    struct sigaction before[GUARDED], ignore = {.sa_handler = SIG_IGN};
    for (int i = 0; i < GUARDED; i++) {
        sigaction(guarded[i], NULL, &before[i]);
        if (before[i].sa_handler == SIG_DFL) sigaction(guarded[i], &ignore, NULL);
    }
    SCREEN *screen = newterm(kind, output, input);
    for (int i = 0; i < GUARDED; i++) sigaction(guarded[i], &before[i], NULL);
    return screen;
}

// newterm wants streams, and closing those must leave the caller's descriptor open.
static FILE *stream(int descriptor, const char *mode) {
    int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (copy < 0) return NULL;
    FILE *stream = fdopen(copy, mode);
    if (!stream) {
        int error = errno;
        close(copy);
        errno = error;
    }
    return stream;
}

static void close_streams(cncurses_t *window) {
    if (window->input) fclose(window->input);
    if (window->output) fclose(window->output);
}

static void set_up_colors(cncurses_t *window) {
    if (!has_colors() || start_color() == ERR) return;
    short background = use_default_colors() == OK ? -1 : COLOR_BLACK;
    int colors = COLORS >= 256 && COLOR_PAIRS > 256 ? 256 : 16;
    window->colors = COLOR_PAIRS > colors ? colors : 0;
    // Where there are only eight, the bright ones are the plain ones.
    for (short color = 0; color < window->colors; color++)
        init_pair(color + 1, COLORS >= 16 ? color : color % 8, background);
}

static void set_up_keys(void) {
    raw();
    noecho();
    // Enter is a carriage return, so that it isn't Ctrl-J.
    nonl();
    keypad(stdscr, TRUE);
    set_escdelay(25);
    for (size_t i = 0; i < sizeof more_keys / sizeof *more_keys; i++)
        define_key(more_keys[i].sequence, more_keys[i].key);
    define_key("\033[200~", PASTE_BEGINS);
    define_key("\033[201~", PASTE_ENDS);
    // A frame that stops half-way because a key came in would be seen.
    typeahead(-1);
    // No mouse mode is on; half of a stray report would be taken for typed text.
    define_key(NULL, KEY_MOUSE);
}

static int open_window(int terminal, const char *kind, int colors, cncurses_t *window) {
    window->before = cur_term;
    window->input = stream(terminal, "r");
    window->output = stream(terminal, "w");
    if (!window->input || !window->output) return CNCURSES_NO_TERMINAL;
    window->screen = new_screen(kind, window->output, window->input);
    if (!window->screen) return CNCURSES_UNKNOWN_KIND;
    if (!cursor_address) return CNCURSES_UNSUITABLE_KIND;
    if (colors) set_up_colors(window);
    set_up_keys();
    // Characters that the terminal takes for wider than they are would be shifted about.
    idcok(stdscr, FALSE);
    return CNCURSES_OPENED;
}

// Past ncurses, which knows nothing of it, and so behind what that has written and before what it will.
static void bracket_pastes(cncurses_t *window, int brackets) {
    if (window->brackets == brackets) return;
    window->brackets = brackets;
    fputs(brackets ? "\033[?2004h" : "\033[?2004l", window->output);
    fflush(window->output);
}

static void free_window(cncurses_t *window) {
    if (window->screen) {
        bracket_pastes(window, 0);
        endwin();
        delscreen(window->screen);
    }
    set_curterm(window->before);
    close_streams(window);
    free(window);
}

int cncurses_open(int terminal, const char *kind, int colors, cncurses_t **result) {
    *result = NULL;
    cncurses_t *window = calloc(1, sizeof *window);
    if (!window) return CNCURSES_NO_TERMINAL;
    int code = open_window(terminal, kind, colors, window);
    if (code == CNCURSES_OPENED) {
        *result = window;
    } else {
        int error = errno;
        free_window(window);
        errno = error;
    }
    return code;
}

void cncurses_close(cncurses_t *window) { free_window(window); }

// setupterm makes the entry the one that terminfo's global variable points to, and says nothing itself if it is told where to put
// what went wrong.
int cncurses_colors(const char *kind) {
    TERMINAL *before = cur_term;
    int error = 0, colors = -1;
    if (setupterm((char *)kind, STDOUT_FILENO, &error) == OK) {
        colors = tigetnum((char *)"colors");
        if (colors < 0) colors = 0;
        del_curterm(cur_term);
    }
    set_curterm(before);
    return colors;
}

// ---- What is seen ----

int cncurses_window_colors(cncurses_t *window) { return window->colors; }

void cncurses_size(cncurses_t *window, int *rows, int *columns) {
    (void)window;
    getmaxyx(stdscr, *rows, *columns);
}

void cncurses_resize(cncurses_t *window, int rows, int columns) {
    resizeterm(rows, columns);
    cncurses_redraw(window);
}

void cncurses_redraw(cncurses_t *window) {
    (void)window;
    clearok(curscr, TRUE);
}

void cncurses_leave(cncurses_t *window) {
    bracket_pastes(window, 0);
    endwin();
    // What is still in the stream would come out between the lines of whoever is next.
    fflush(window->output);
}

void cncurses_erase(cncurses_t *window) {
    (void)window;
    werase(stdscr);
}

static attr_t attributes(int style) {
    attr_t attributes = A_NORMAL;
    if (style & CNCURSES_BOLD) attributes |= A_BOLD;
    if (style & CNCURSES_DIM) attributes |= A_DIM;
    if (style & CNCURSES_ITALIC) attributes |= A_ITALIC;
    if (style & CNCURSES_UNDERLINED) attributes |= A_UNDERLINE;
    if (style & CNCURSES_REVERSED) attributes |= A_REVERSE;
    return attributes;
}

static void put_cell(int row, int column, const wchar_t *text, int style, short pair) {
    cchar_t cell;
    if (setcchar(&cell, text, attributes(style), pair, NULL) == OK) mvwadd_wch(stdscr, row, column, &cell);
}

// A cell holds one character and four marks. Of a cluster that is joined of several characters (ZWJ, skin tone, VS16, keycap)
// ncurses would make cells of their own, and the terminal would not: the first character stands for it. A flag's two letters
// are two cells of one column. Blanks fill up what is missing to the width that the caller counts with.
void cncurses_put(
    cncurses_t *window, int row, int column, const int32_t *cluster, size_t count, int width, int style, int color) {
    short pair = color > 0 && color <= window->colors ? (short)color : 0;
    int used = 0;
    for (size_t i = 0; i < count && used < width;) {
        wchar_t cell[CCHARW_MAX + 1] = {cluster[i++]};
        int columns = wcwidth(cell[0]);
        if (columns <= 0 || used + columns > width) {
            // Younger than the C library, or a mark with nothing to stand on.
            if (used > 0) break;
            cell[0] = 0xFFFD;
            columns = 1;
        }
        for (int marks = 1; i < count && marks < CCHARW_MAX && wcwidth(cluster[i]) == 0; i++) {
            // ZWNJ, ZWJ and variation selectors
            if (cluster[i] == 0x200C || cluster[i] == 0x200D || (cluster[i] & ~0xF) == 0xFE00) break;
            cell[marks++] = cluster[i];
        }
        put_cell(row, column + used, cell, style, pair);
        used += columns;
        if (cell[0] < 0x1F1E6 || cell[0] > 0x1F1FF) break;
    }
    for (; used < width; used++) put_cell(row, column + used, L" ", style, pair);
}

void cncurses_show(cncurses_t *window, int cursor_row, int cursor_column) {
    wmove(stdscr, cursor_row, cursor_column);
    wrefresh(stdscr);
    bracket_pastes(window, 1);
}

// ---- What is typed ----

static int function_key(wint_t key) {
    switch (key) {
    case KEY_UP: return CNCURSES_UP;
    case KEY_DOWN: return CNCURSES_DOWN;
    case KEY_LEFT: return CNCURSES_LEFT;
    case KEY_RIGHT: return CNCURSES_RIGHT;
    case KEY_PPAGE: return CNCURSES_PAGE_UP;
    case KEY_NPAGE: return CNCURSES_PAGE_DOWN;
    case KEY_HOME: return CNCURSES_HOME;
    case KEY_END: return CNCURSES_END;
    case KEY_DC: return CNCURSES_DELETE;
    case KEY_BACKSPACE: return CNCURSES_BACKSPACE;
    case KEY_ENTER: return CNCURSES_ENTER;
    case KEY_BTAB: return CNCURSES_BACK_TAB;
    case KEY_F(2): return CNCURSES_F2;
    case PASTE_BEGINS: return CNCURSES_PASTE_BEGINS;
    case PASTE_ENDS: return CNCURSES_PASTE_ENDS;
    default: return CNCURSES_UNKNOWN_KEY;
    }
}

// A character that is there already; 0 if there is none.
static wint_t pending_character(void) {
    wint_t key = 0;
    wtimeout(stdscr, 0);
    return wget_wch(stdscr, &key) == OK ? key : 0;
}

// A sequence that terminfo doesn't know comes as Esc and what follows: read to its end, or it would be taken for typed text.
static int escape_or_unknown(void) {
    wint_t next = pending_character();
    if (!next) return CNCURSES_ESCAPE;
    if (next == 'O') pending_character();
    if (next == '[')
        for (int i = 0; i < 64; i++) {
            wint_t part = pending_character();
            if (!part || (part >= 0x40 && part < 0x7F)) break;
        }
    return CNCURSES_UNKNOWN_KEY;
}

// ncurses says the same of a time-out and of a terminal that has hung up or is another job's (EIO), and then at once, again and
// again. Something that came just after the time-out is there once, not four times.
static int is_gone(cncurses_t *window) {
    struct pollfd terminal = {.fd = fileno(window->input), .events = POLLIN};
    if (poll(&terminal, 1, 0) != 1) terminal.revents = 0;
    window->failures = terminal.revents & POLLIN ? window->failures + 1 : 0;
    return (terminal.revents & (POLLHUP | POLLERR | POLLNVAL)) || window->failures > 3;
}

int cncurses_read_key(cncurses_t *window, int milliseconds) {
    wint_t key = 0;
    wtimeout(stdscr, milliseconds);
    switch (wget_wch(stdscr, &key)) {
    case KEY_CODE_YES: return key == KEY_RESIZE ? CNCURSES_NO_KEY : function_key(key);
    case OK: break;
    default: return is_gone(window) ? CNCURSES_GONE : CNCURSES_NO_KEY;
    }
    window->failures = 0;
    if (key == 0) return CNCURSES_UNKNOWN_KEY;
    return key == 0x1B ? escape_or_unknown() : (int)key;
}
