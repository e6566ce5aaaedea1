// The queries to send, in wire format, built ahead from a text of lines `name type`, after which
// may come `edns` or, for a query with EDNS Client Subnet (RFC 7871), `subnet=192.0.2.0/24`.

#ifndef QUERIES_H
#define QUERIES_H

#include <stddef.h>
#include <stdint.h>

enum { QUERY_MAX = 12 + 255 + 4 + 11 + 12 };

struct query {
    uint32_t offset;  // into the bytes
    uint32_t length;
};

struct queries {
    unsigned char *bytes;
    struct query *list;
    size_t count;
};

/// Reads the file; exits with its line number when a line is none.
struct queries read_queries(const char *path);

/// Writes a query with its ID to `out`, which has room for QUERY_MAX. Returns its length.
size_t queries_put(const struct queries *queries, size_t position, uint16_t id, unsigned char *out);

#endif
