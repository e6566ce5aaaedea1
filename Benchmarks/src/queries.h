// The queries to send, in wire format, built ahead from a text of lines `name type`.

#ifndef QUERIES_H
#define QUERIES_H

#include <stddef.h>
#include <stdint.h>

enum { QUERY_MAX = 12 + 255 + 4 };

struct query {
    uint32_t offset;  // into the bytes
    uint32_t length;
};

struct queries {
    unsigned char *bytes;
    struct query *list;
    size_t count;
};

/// Reads the file; exits with its line number when a line is not `name type`.
struct queries read_queries(const char *path);

#endif
