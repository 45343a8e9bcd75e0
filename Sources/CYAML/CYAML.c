#include "CYAML.h"
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct cyaml_parser {
    yaml_parser_t parser;
    yaml_event_t event;
    int has_event;
    const unsigned char *bytes;
};

cyaml_parser *cyaml_open(const unsigned char *bytes, size_t count) {
    cyaml_parser *self = calloc(1, sizeof *self);
    if (!self) return NULL;
    if (!yaml_parser_initialize(&self->parser)) {
        free(self);
        return NULL;
    }
    self->bytes = bytes;
    yaml_parser_set_input_string(&self->parser, bytes, count);
    // Its guess would take other bytes for UTF-16.
    yaml_parser_set_encoding(&self->parser, YAML_UTF8_ENCODING);
    return self;
}

static void release(cyaml_parser *self) {
    if (self->has_event) yaml_event_delete(&self->event);
    self->has_event = 0;
}

cyaml_event cyaml_next(cyaml_parser *self) {
    cyaml_event next = {0};
    // Events that say nothing here are passed over.
    for (;;) {
        release(self);
        if (!yaml_parser_parse(&self->parser, &self->event)) {
            next.kind = cyaml_error;
            next.text = self->parser.problem;
            next.length = next.text ? strlen(next.text) : 0;
            next.line = self->parser.problem_mark.line + 1;
            // Of a byte that can't be read it tells the place only.
            if (self->parser.error == YAML_READER_ERROR) {
                next.line = 1;
                for (size_t i = 0; i < self->parser.problem_offset; i++) next.line += self->bytes[i] == '\n';
            }
            return next;
        }
        self->has_event = 1;
        next.line = self->event.start_mark.line + 1;
        switch (self->event.type) {
        case YAML_NO_EVENT:
        case YAML_STREAM_END_EVENT: next.kind = cyaml_end; return next;
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_END_EVENT: continue;
        case YAML_DOCUMENT_START_EVENT: next.kind = cyaml_document; return next;
        case YAML_SCALAR_EVENT:
            next.kind = cyaml_scalar;
            next.text = (const char *)self->event.data.scalar.value;
            next.length = self->event.data.scalar.length;
            next.plain = self->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
            return next;
        case YAML_ALIAS_EVENT:
            next.kind = cyaml_alias;
            next.text = (const char *)self->event.data.alias.anchor;
            next.length = strlen(next.text);
            return next;
        case YAML_SEQUENCE_START_EVENT: next.kind = cyaml_sequence; return next;
        case YAML_SEQUENCE_END_EVENT: next.kind = cyaml_sequence_end; return next;
        case YAML_MAPPING_START_EVENT: next.kind = cyaml_mapping; return next;
        case YAML_MAPPING_END_EVENT: next.kind = cyaml_mapping_end; return next;
        }
    }
}

void cyaml_close(cyaml_parser *self) {
    release(self);
    yaml_parser_delete(&self->parser);
    free(self);
}
