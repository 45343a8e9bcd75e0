// libedit and the terminal's modes behind plain C functions.
//
// Swift can't call libedit itself: el_wset, el_wget and history_w are variadic, stdin is a global variable, and a command
// added with EL_ADDFN is called back without a context. No type of histedit.h or termios.h gets past this header.
#ifndef CLIBEDIT_H
#define CLIBEDIT_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// ---- Editor.c: libedit as an engine without a display ----

/// An EditLine whose screen output goes nowhere; the caller draws.
typedef struct clibedit clibedit_t;

/// What a command tells libedit (CC_NORM … CC_ERROR in histedit.h).
enum {
    CLIBEDIT_NORMAL = 0,
    CLIBEDIT_END_OF_FILE = 2,
    /// Keeps the count, the pending operator and the last change of vi.
    CLIBEDIT_KEEP_ARGUMENT = 3,
    CLIBEDIT_ERROR = 6,
};

/// The number of commands that can be added.
enum { CLIBEDIT_COMMANDS = 64 };

/// The caller's part of the editor. All are called on the thread that is in clibedit_run, with the context of clibedit_new.
typedef struct {
    /// Waits for the next character: 1 and the character, or 0 to end clibedit_run.
    int (*read)(void *context, int32_t *character);
    /// Runs the added command with that number; returns one of the codes above.
    int (*perform)(void *context, int command);
    /// libedit beeped.
    void (*bell)(void *context);
} clibedit_callbacks_t;

/// Makes the editor on a terminal; null if libedit can't. The program's name is what `.editrc` lines may be prefixed with.
clibedit_t *_Nullable clibedit_new(
    const char *program, int terminal, int vi, void *context, clibedit_callbacks_t callbacks);
void clibedit_free(clibedit_t *editor);

/// Edits until `read` or a command ends it (el_wgets).
void clibedit_run(clibedit_t *editor);

/// Adds a command under a name that keys can be bound to (EL_ADDFN). 0, or -1.
int clibedit_add_command(clibedit_t *editor, int command, const char *name);
/// Binds a character to a command, or to nothing with "ed-unassigned"; in vi's command map if asked.
int clibedit_bind(clibedit_t *editor, int32_t character, const char *command, int vi_command_map);
/// Binds a key sequence in the notation of editrc(5), such as "\\ex".
int clibedit_bind_sequence(clibedit_t *editor, const char *sequence, const char *command, int vi_command_map);
/// Runs one line in the language of editrc(5). Quotes in it must be closed. 0, or -1.
int clibedit_parse(clibedit_t *editor, const char *line);
/// Runs one command of editrc(5), given as so many words, each ended by a zero byte. 0, or -1.
int clibedit_parse_words(clibedit_t *editor, const char *words, int count);
/// What libedit prints while it runs such a line, as UTF-8, to be freed; null if there is no memory for it.
char *_Nullable clibedit_output(clibedit_t *editor, const char *line);
int clibedit_is_vi(clibedit_t *editor);
void clibedit_set_vi(clibedit_t *editor, int vi);

/// The entry being edited; the buffer is libedit's, and good until its next call.
void clibedit_entry(clibedit_t *editor, const int32_t *_Nonnull *_Nonnull text, size_t *length, size_t *cursor);
/// Replaces the entry and leaves libedit's kill and undo buffers alone. Call clibedit_refresh before libedit reads on.
void clibedit_set_entry(clibedit_t *editor, const int32_t *text, size_t length, size_t cursor);
/// Moves the cursor. Call clibedit_refresh before libedit reads on.
void clibedit_set_cursor(clibedit_t *editor, size_t cursor);
/// Puts a character before those that are still to be read (el_wpush).
void clibedit_push(clibedit_t *editor, int32_t character);
/// Brings libedit's picture of the screen up to date (EL_REFRESH); see Editor.c.
void clibedit_refresh(clibedit_t *editor);
/// Enters (1) or leaves (0) the tty modes for editing (EL_PREP_TERM).
void clibedit_set_raw(clibedit_t *editor, int raw);
/// Adds an entry to libedit's own history, which only vi's `_` (last word) and the like look at.
void clibedit_add_history(clibedit_t *editor, const int32_t *text, size_t length);

// ---- TerminalGuard.c: signals, and the way out of the terminal's modes ----

enum { CLIBEDIT_GUARD_FULL = -1, CLIBEDIT_GUARD_NO_TERMINAL = -2 };

/// Saves the modes of a terminal and takes the signals over; a number for the calls below, or one of the codes above.
///
/// SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP and SIGCONT are written to `signals` as one byte each. SIGSEGV, SIGBUS,
/// SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGQUIT and exit(3) write `reset` to the terminal and restore its modes on the way
/// out. With a terminal of -1 only the signals are taken over.
int clibedit_guard_open(int terminal, int signals, const char *reset);
/// What a dying process writes to the terminal before its modes are restored.
enum {
    /// `reset`.
    CLIBEDIT_GUARD_EDITING = 0,
    /// What takes a full-screen view off.
    CLIBEDIT_GUARD_LENT = 1,
    /// Nothing, as everything was left in order; a second `reset` would take off what another program has put on (kitty's stack of
    /// keyboard modes).
    CLIBEDIT_GUARD_LEFT = 2,
};
void clibedit_guard_set_phase(int guard, int phase);
/// Reports no more signals to a descriptor, which is about to be closed; they still don't end the process.
void clibedit_guard_mute(int signals);
/// Restores the terminal's modes now; signals are still reported, and no longer end the process.
void clibedit_guard_restore(int guard);
/// Gives the signals back. The last guard restores the handlers that were there before.
void clibedit_guard_close(int guard);
/// While a program or a view has the terminal, Ctrl-Z must stop this process with it (1); else it is reported (0).
/// Returns what it was before. Without a guard nothing is changed.
int clibedit_guard_stops_by_itself(int on);
/// Stops this process (or its whole process group, as Ctrl-Z does) as SIGTSTP would, and returns when it goes on.
void clibedit_guard_stop(int whole_group);

// ---- Environment.c, which also opens /dev/null for standard descriptors that are closed ----

/// Takes the character set from the environment; where that isn't UTF-8 takes C.UTF-8, as libedit drops every other byte.
/// 1 if the environment asked for UTF-8 itself.
int clibedit_set_utf8_locale(void);
/// The size of a terminal (TIOCGWINSZ); 0 if it says nothing.
int clibedit_window_size(int terminal, int *rows, int *columns);
/// A pipe that neither blocks nor is inherited (pipe2); 0, or the error number.
int clibedit_pipe(int *reading_end, int *writing_end);
/// Has a program that is spawned get no descriptors but 0, 1 and 2 (a posix_spawn_file_actions_t); 0, or the error number.
int clibedit_spawn_closes_others(void *actions);
/// An empty file in memory that isn't inherited (memfd_create); its descriptor, or -1 with the error number in errno.
int clibedit_memory_file(void);

#pragma clang assume_nonnull end
#endif
