// One full-screen window of ncurses behind plain C functions.
//
// Swift can't use curses.h itself: stdscr, LINES and COLS are global variables, WACS_*, KEY_F and getyx are macros that aren't
// imported, and the attributes are casts. No type of curses.h or term.h gets past this header.
#ifndef CNCURSES_H
#define CNCURSES_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// How many colours a kind of terminal has, by terminfo(5); -1 if it doesn't know the kind. Not while there is a window, nor from
/// two threads at once.
int cncurses_colors(const char *kind);

/// The window. One at a time in a process, used by one thread: ncurses keeps its screen in global variables.
typedef struct cncurses cncurses_t;

/// Why there is no window.
enum {
    CNCURSES_OPENED = 0,
    /// The terminal's descriptor can't be read and written; the reason is in errno(3).
    CNCURSES_NO_TERMINAL = -1,
    /// terminfo(5) doesn't know this kind of terminal.
    CNCURSES_UNKNOWN_KIND = -2,
    /// The kind of terminal can't move its cursor.
    CNCURSES_UNSUITABLE_KIND = -3,
};

/// Takes over the terminal (newterm(3)): alternate screen, raw keys. `kind` is what `$TERM` says.
///
/// The character set must be UTF-8 already (setlocale(3)). No signal handler is changed.
int cncurses_open(
    int terminal, const char *kind, int colors, cncurses_t *_Nullable *_Nonnull window);
/// Gives the terminal back as it was, with the cursor in the first column of its row, and frees everything.
void cncurses_close(cncurses_t *window);

// ---- What is seen ----

/// How many colours cncurses_put can show: 256, 16, or 0.
int cncurses_window_colors(cncurses_t *window);
void cncurses_size(cncurses_t *window, int *rows, int *columns);
/// Tells ncurses the size of the terminal; the next frame is drawn anew.
void cncurses_resize(cncurses_t *window, int rows, int columns);
/// Has the next frame drawn anew, whatever ncurses believes to be there.
void cncurses_redraw(cncurses_t *window);
/// Gives the screen and the terminal's modes back, until the next frame is drawn.
void cncurses_leave(cncurses_t *window);
/// Begins a frame: an empty one.
void cncurses_erase(cncurses_t *window);

enum {
    CNCURSES_BOLD = 1,
    CNCURSES_DIM = 2,
    CNCURSES_ITALIC = 4,
    CNCURSES_UNDERLINED = 8,
    CNCURSES_REVERSED = 16,
};

/// Puts one grapheme cluster into the cells of exactly `width` columns; they must be inside the window.
///
/// The style is a sum of the above; the colour is 0 for the terminal's own, else 1 (black) … 16 (bright white) …
/// 256, the numbers of xterm's palette and one more.
void cncurses_put(
    cncurses_t *window, int row, int column, const int32_t *cluster, size_t count, int width, int style,
    int color);
/// Ends a frame: draws what has changed, with the cursor in that cell.
void cncurses_show(cncurses_t *window, int cursor_row, int cursor_column);

// ---- What is typed ----

/// What cncurses_read_key returns beside characters, which are positive.
enum {
    /// Nothing was typed in that time.
    CNCURSES_NO_KEY = -1,
    /// The terminal has hung up.
    CNCURSES_GONE = -2,
    /// A key that nobody here knows.
    CNCURSES_UNKNOWN_KEY = -3,
    CNCURSES_UP = -4,
    CNCURSES_DOWN = -5,
    CNCURSES_LEFT = -6,
    CNCURSES_RIGHT = -7,
    CNCURSES_PAGE_UP = -8,
    CNCURSES_PAGE_DOWN = -9,
    CNCURSES_HOME = -10,
    CNCURSES_END = -11,
    CNCURSES_DELETE = -12,
    CNCURSES_BACKSPACE = -13,
    CNCURSES_ENTER = -14,
    CNCURSES_ESCAPE = -15,
    CNCURSES_BACK_TAB = -16,
    CNCURSES_F2 = -17,
    /// What comes from here on is pasted, not typed.
    CNCURSES_PASTE_BEGINS = -18,
    CNCURSES_PASTE_ENDS = -19,
};

/// Waits so many milliseconds for a key: a character, or one of the codes above.
int cncurses_read_key(cncurses_t *window, int milliseconds);

#pragma clang assume_nonnull end
#endif
