// libedit as an engine: it edits, and draws into a sink.
#define _GNU_SOURCE
#include "CLibEdit.h"

#include <fcntl.h>
#include <histedit.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

_Static_assert(sizeof(wchar_t) == sizeof(int32_t), "a wchar_t is a Unicode scalar");

struct clibedit {
    EditLine *line;
    HistoryW *history;
    FILE *sink;
    void *context;
    clibedit_callbacks_t callbacks;
    int terminal;    // a duplicate of our own
    int has_screen;  // set_screen has been here since el_wgets looked at the terminal's size
    // EL_ADDFN keeps the pointers to the names, so they live as long as the editor.
    wchar_t *names[CLIBEDIT_COMMANDS];
    // Where the output of a line goes while it is wanted.
    FILE *capture;
};

static clibedit_t *owner(EditLine *line) {
    void *owner = NULL;
    el_wget(line, EL_CLIENTDATA, &owner);
    return owner;
}

static wchar_t *empty_prompt(EditLine *line) {
    (void)line;
    static wchar_t empty[1];
    return empty;
}

// libedit draws into nothing; only its beep is heard.
static ssize_t write_to_sink(void *cookie, const char *bytes, size_t count) {
    clibedit_t *editor = cookie;
    if (editor->capture) return (ssize_t)fwrite(bytes, 1, count, editor->capture);
    if (memchr(bytes, '\a', count)) editor->callbacks.bell(editor->context);
    return (ssize_t)count;
}

// el_wline returns the live line, although it calls it const. vi's `ESC $ ^K` on an empty line leaves cursor and end before
// the buffer, and the next insertion would corrupt the heap.
static LineInfoW *clamped_line(EditLine *line) {
    LineInfoW *info = (LineInfoW *)el_wline(line);
    if (info->lastchar < info->buffer) info->lastchar = info->buffer;
    if (info->cursor < info->buffer) info->cursor = info->buffer;
    if (info->cursor > info->lastchar) info->cursor = info->lastchar;
    return info;
}

// libedit's picture of the screen counts rows wrong where an entry is higher than that, and then writes behind its last row
// (SIGSEGV in re_fastputc). So it gets a screen that never changes and that hardly any entry fills.
enum { SCREEN_ROWS = 256 };

static void set_screen(clibedit_t *editor) {
    editor->has_screen = 1;
    el_wset(editor->line, EL_SETTC, L"co", L"512", NULL);
    el_wset(editor->line, EL_SETTC, L"li", L"256", NULL);
    clibedit_refresh(editor);
}

static int fills_screen(const LineInfoW *info) {
    int rows = (int)((info->lastchar - info->buffer) / 512);
    for (const wchar_t *c = info->buffer; c < info->lastchar && rows < SCREEN_ROWS / 2; c++) rows += *c == L'\n';
    return rows >= SCREEN_ROWS / 2;
}

static int read_character(EditLine *line, wchar_t *character) {
    clibedit_t *editor = owner(line);
    clamped_line(line);
    int count = editor->callbacks.read(editor->context, (int32_t *)character);
    // After the first prompt was drawn; and a picture drawn anew is right for one key.
    if (!editor->has_screen) set_screen(editor);
    else if (fills_screen(clamped_line(line))) clibedit_refresh(editor);
    return count;
}

// A command is called with the EditLine and the key, so each number has a function of its own.
#define COMMAND(number)                                                             \
    static unsigned char command_##number(EditLine *line, int key) {                \
        (void)key;                                                                  \
        clibedit_t *editor = owner(line);                                           \
        return (unsigned char)editor->callbacks.perform(editor->context, 0##number); \
    }
#define EIGHT_COMMANDS(tens)                                                \
    COMMAND(tens##0) COMMAND(tens##1) COMMAND(tens##2) COMMAND(tens##3)     \
    COMMAND(tens##4) COMMAND(tens##5) COMMAND(tens##6) COMMAND(tens##7)
#define EIGHT_NAMES(tens)                                                                                        \
    command_##tens##0, command_##tens##1, command_##tens##2, command_##tens##3, command_##tens##4,               \
        command_##tens##5, command_##tens##6, command_##tens##7
// Octal, so that the digits count on without a gap.
EIGHT_COMMANDS(0) EIGHT_COMMANDS(1) EIGHT_COMMANDS(2) EIGHT_COMMANDS(3)
EIGHT_COMMANDS(4) EIGHT_COMMANDS(5) EIGHT_COMMANDS(6) EIGHT_COMMANDS(7)
static unsigned char (*const commands[CLIBEDIT_COMMANDS])(EditLine *, int) = {
    EIGHT_NAMES(0), EIGHT_NAMES(1), EIGHT_NAMES(2), EIGHT_NAMES(3),
    EIGHT_NAMES(4), EIGHT_NAMES(5), EIGHT_NAMES(6), EIGHT_NAMES(7),
};

clibedit_t *clibedit_new(const char *program, int terminal, int vi, void *context, clibedit_callbacks_t callbacks) {
    clibedit_t *editor = calloc(1, sizeof *editor);
    if (!editor) return NULL;
    editor->context = context;
    editor->callbacks = callbacks;
    editor->terminal = fcntl(terminal, F_DUPFD_CLOEXEC, 3);
    editor->sink = fopencookie(editor, "w", (cookie_io_functions_t){.write = write_to_sink});
    editor->history = history_winit();
    // The output descriptor must be the terminal too, or libedit believes that there is none; only the streams are the sink.
    if (editor->sink && editor->history && editor->terminal >= 0)
        editor->line = el_init_fd(
            program, stdin, editor->sink, editor->sink, editor->terminal, editor->terminal, editor->terminal);
    if (!editor->line) {
        clibedit_free(editor);
        return NULL;
    }
    HistEventW event;
    history_w(editor->history, &event, H_SETSIZE, 100);
    el_wset(editor->line, EL_CLIENTDATA, editor);
    el_wset(editor->line, EL_HIST, history_w, editor->history);
    el_wset(editor->line, EL_PROMPT, empty_prompt);
    el_wset(editor->line, EL_GETCFN, read_character);
    el_wset(editor->line, EL_SIGNAL, 0);
    clibedit_set_vi(editor, vi);
    // While editing: Enter and Ctrl-J stay two keys (they'd be swapped); Ctrl-C, Ctrl-Z and Ctrl-\ are keys (as signals they'd
    // flush what was typed ahead); Ctrl-S, Ctrl-Q, Ctrl-V and Ctrl-O are ours.
    el_wset(editor->line, EL_SETTY, L"-d", L"-icrnl", L"-inlcr", L"-isig", L"-ixon", L"-iexten", NULL);
    return editor;
}

void clibedit_free(clibedit_t *editor) {
    HistEventW event;
    // el_end sets the terminal's modes with TCSAFLUSH, which throws away what was typed for the shell already: it gets
    // something else to set.
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing >= 0 && editor->terminal >= 0) dup3(nothing, editor->terminal, O_CLOEXEC);
    if (nothing >= 0) close(nothing);
    if (editor->line) el_end(editor->line);
    if (editor->terminal >= 0) close(editor->terminal);
    if (editor->history) {
        history_w(editor->history, &event, H_CLEAR);
        history_wend(editor->history);
    }
    if (editor->sink) fclose(editor->sink);
    for (int i = 0; i < CLIBEDIT_COMMANDS; i++) free(editor->names[i]);
    free(editor);
}

void clibedit_run(clibedit_t *editor) {
    int count = 0;
    // Commands never return CC_NEWLINE, so this is one long line.
    do editor->has_screen = 0;
    while (el_wgets(editor->line, &count) && count > 0);
}

static wchar_t *widened(const char *text) {
    size_t count = mbstowcs(NULL, text, 0);
    if (count == (size_t)-1) return NULL;
    wchar_t *wide = calloc(count + 1, sizeof *wide);
    if (wide) mbstowcs(wide, text, count + 1);
    return wide;
}

int clibedit_add_command(clibedit_t *editor, int command, const char *name) {
    if (command < 0 || command >= CLIBEDIT_COMMANDS || editor->names[command]) return -1;
    wchar_t *wide = widened(name);
    if (!wide) return -1;
    editor->names[command] = wide;
    return el_wset(editor->line, EL_ADDFN, wide, L"", commands[command]);
}

static int bind_wide(clibedit_t *editor, const wchar_t *key, const char *command, int vi_command_map) {
    wchar_t *name = widened(command);
    if (!name) return -1;
    int result = vi_command_map ? el_wset(editor->line, EL_BIND, L"-a", key, name, NULL)
                                : el_wset(editor->line, EL_BIND, key, name, NULL);
    free(name);
    return result;
}

int clibedit_bind(clibedit_t *editor, int32_t character, const char *command, int vi_command_map) {
    // Backslash and caret begin an escape in a key's notation, and a hyphen an option.
    wchar_t key[3] = {character, 0, 0};
    if (character == L'\\' || character == L'^' || character == L'-') {
        key[0] = L'\\';
        key[1] = character;
    }
    return bind_wide(editor, key, command, vi_command_map);
}

int clibedit_bind_sequence(clibedit_t *editor, const char *sequence, const char *command, int vi_command_map) {
    wchar_t *key = widened(sequence);
    if (!key) return -1;
    int result = bind_wide(editor, key, command, vi_command_map);
    free(key);
    return result;
}

int clibedit_parse(clibedit_t *editor, const char *line) {
    wchar_t *wide = widened(line);
    TokenizerW *tokenizer = tok_winit(NULL);
    int count = 0, result = -1;
    const wchar_t **words = NULL;
    if (wide && tokenizer && tok_wstr(tokenizer, wide, &count, &words) == 0 && count > 0)
        result = el_wparse(editor->line, count, words);
    if (tokenizer) tok_wend(tokenizer);
    free(wide);
    return result;
}

int clibedit_parse_words(clibedit_t *editor, const char *words, int count) {
    const wchar_t **wide = calloc((size_t)count + 1, sizeof *wide);
    int result = wide ? 0 : -1;
    for (int i = 0; i < count && result == 0; i++, words += strlen(words) + 1)
        if (!(wide[i] = widened(words))) result = -1;
    if (result == 0 && count > 0) result = el_wparse(editor->line, count, wide);
    for (int i = 0; wide && i < count; i++) free((void *)wide[i]);
    free(wide);
    return result;
}

char *clibedit_output(clibedit_t *editor, const char *line) {
    char *text = NULL;
    size_t length = 0;
    fflush(editor->sink);
    editor->capture = open_memstream(&text, &length);
    if (!editor->capture) return NULL;
    clibedit_parse(editor, line);
    fflush(editor->sink);
    fclose(editor->capture);
    editor->capture = NULL;
    return text;
}

int clibedit_is_vi(clibedit_t *editor) {
    const wchar_t *name = L"";
    el_wget(editor->line, EL_EDITOR, &name);
    return name && name[0] == L'v';
}

void clibedit_set_vi(clibedit_t *editor, int vi) { el_wset(editor->line, EL_EDITOR, vi ? L"vi" : L"emacs"); }

void clibedit_entry(clibedit_t *editor, const int32_t **text, size_t *length, size_t *cursor) {
    LineInfoW *info = clamped_line(editor->line);
    *text = (const int32_t *)info->buffer;
    *length = (size_t)(info->lastchar - info->buffer);
    *cursor = (size_t)(info->cursor - info->buffer);
}

// el_wreplacestr fails for "", el_deletestr writes to the kill buffer, and el_deletestr1 leaves the cursor behind the end: the
// line is emptied through el_wline, and el_winsertstr grows every buffer that must grow. It stops at a NUL, which is put in its
// place afterwards: libedit itself goes by lengths.
void clibedit_set_entry(clibedit_t *editor, const int32_t *text, size_t length, size_t cursor) {
    LineInfoW *info = (LineInfoW *)el_wline(editor->line);
    info->cursor = info->buffer;
    info->lastchar = info->buffer;
    if (length > 0) {
        wchar_t *copy = calloc(length + 1, sizeof *copy);
        if (!copy) return;
        for (size_t i = 0; i < length; i++) copy[i] = text[i] ? text[i] : L' ';
        el_winsertstr(editor->line, copy);
        free(copy);
        info = (LineInfoW *)el_wline(editor->line);
        if ((size_t)(info->lastchar - info->buffer) == length)
            memcpy((wchar_t *)info->buffer, text, length * sizeof *text);
    }
    info = (LineInfoW *)el_wline(editor->line);
    info->cursor = info->buffer + cursor;
    clamped_line(editor->line);
}

void clibedit_set_cursor(clibedit_t *editor, size_t cursor) {
    LineInfoW *info = (LineInfoW *)el_wline(editor->line);
    info->cursor = info->buffer + cursor;
    clamped_line(editor->line);
}

void clibedit_push(clibedit_t *editor, int32_t character) {
    const wchar_t text[2] = {character, 0};
    el_wpush(editor->line, text);
}

// ed_insert's fast path trusts libedit's picture of the screen, and writes past it after the line was changed from outside
// (SIGSEGV in re__copy_and_pad): refresh before libedit sees the next character.
void clibedit_refresh(clibedit_t *editor) { el_wset(editor->line, EL_REFRESH); }

void clibedit_set_raw(clibedit_t *editor, int raw) { el_wset(editor->line, EL_PREP_TERM, raw); }

void clibedit_add_history(clibedit_t *editor, const int32_t *text, size_t length) {
    wchar_t *copy = calloc(length + 1, sizeof *copy);
    if (!copy) return;
    memcpy(copy, text, length * sizeof *copy);
    HistEventW event;
    history_w(editor->history, &event, H_ENTER, copy);
    free(copy);
}
