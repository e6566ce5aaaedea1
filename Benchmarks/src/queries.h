// The queries to send, in wire format, built ahead from a text of lines `name type`, after which
// may come `edns` or, for a query with EDNS Client Subnet (RFC 7871), `subnet=192.0.2.0/24`, and, to
// have answers checked, `expect=192.0.2.1,192.0.2.2`: the addresses that they may have.

#ifndef QUERIES_H
#define QUERIES_H

#include <stddef.h>
#include <stdint.h>

enum { QUERY_MAX = 12 + 255 + 4 + 11 + 12 };

enum { EXPECTED_MAX = 8 };

struct query {
    uint32_t offset;  // into the bytes
    uint32_t length;
    uint32_t expected[EXPECTED_MAX];  // addresses, as in packets
    uint32_t expected_count;          // 0: answers are not checked
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

/// Whether a response of at least a header is to that question, without an error, has records, and
/// these have no other addresses than expected. True where nothing is expected.
int queries_expect(const struct queries *queries, size_t position, const unsigned char *response,
                   size_t length);

#endif
