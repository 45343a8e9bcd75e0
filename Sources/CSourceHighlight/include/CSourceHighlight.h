#ifndef CSOURCEHIGHLIGHT_H
#define CSOURCEHIGHLIGHT_H

#include <stddef.h>

/* A C facade over GNU libsource-highlight, whose own interface is C++ (streams, exceptions, shared pointers).
 *
 * A state is what the highlighter knows between two lines; it never changes, so highlighting a line gives a new one and the
 * old one can be used again. All functions may be called from any thread; none lets an exception out. */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct csourcehighlight_state csourcehighlight_state;

/* A run of a line: `kind` is an element name of source-highlight ("keyword", "comment", …; "normal" for the rest), in static
 * storage. Runs follow each other without gaps from the start of the line. */
typedef struct csourcehighlight_run {
    const char *kind;
    size_t length;
} csourcehighlight_run;

/* The state before the first line of a source in `language`, a name in the lang.map of `directory`; NULL where the directory
 * or the language isn't there or can't be read. */
csourcehighlight_state *csourcehighlight_start(const char *directory, const char *language);

/* The state before the first line of a source in a language that is defined here, as a file of source-highlight defines one
 * but with nothing included. A name stands for one definition, which is read once. NULL where it can't be read. */
csourcehighlight_state *csourcehighlight_start_defined(const char *name, const char *definition);

/* Highlights one line (without its line break). Writes its runs, at most one per byte, to `runs`, which has room for `length`
 * of them, and their number to `count`. Gives the state before the next line; NULL where the library gave up, for example
 * on a regular expression that would take too long. */
csourcehighlight_state *csourcehighlight_line(
    const csourcehighlight_state *state, const char *line, size_t length, csourcehighlight_run *runs, size_t *count);

void csourcehighlight_free(csourcehighlight_state *state);

#ifdef __cplusplus
}
#endif

#endif
