#ifndef CYAML_H
#define CYAML_H

#include <stddef.h>

// A facade of libyaml's parser: its events are unions that Swift can't read, and its errors are fields of a structure whose
// layout is the library's own business.

typedef enum {
    cyaml_end,      // of the stream
    cyaml_error,    // text says what is wrong
    cyaml_document, // a document begins
    cyaml_scalar,   // text is its value
    cyaml_alias,    // stands for another node, named by text
    cyaml_sequence, cyaml_sequence_end,
    cyaml_mapping, cyaml_mapping_end,
} cyaml_kind;

typedef struct {
    cyaml_kind kind;
    const char *_Nullable text; // of that length; valid until the next event
    size_t length;
    int plain;                  // whether a scalar is written without quotes and not as a block, so that it may be a number
    size_t line;                // counted from 1
} cyaml_event;

typedef struct cyaml_parser cyaml_parser;

/// A parser of these bytes, which stay the caller's and must outlive it; NULL if there is no memory.
cyaml_parser *_Nullable cyaml_open(const unsigned char *_Nonnull bytes, size_t count);
/// The next event; after cyaml_end or cyaml_error there is none.
cyaml_event cyaml_next(cyaml_parser *_Nonnull parser);
void cyaml_close(cyaml_parser *_Nonnull parser);

#endif
