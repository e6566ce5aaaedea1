// TCP connections (RFC 7766) with the queries that are out on them. A connection is opened when there
// is something to send, and closed when it has had its number of queries.

#ifndef STREAMS_H
#define STREAMS_H

#include "queries.h"
#include "slots.h"

#include <stdint.h>

enum { MAX_STREAMS = 256 };

struct stream;

struct streams {
    int epoll;
    uint16_t port;
    unsigned count;
    unsigned window;          // queries out on one connection
    unsigned per_connection;  // queries until it is closed
    unsigned turn;            // whose turn it is to send
    uint32_t opened;          // connections so far
    struct stream *list;
    struct slots slots;
};

/// Up to `count` connections at a time to 127.0.0.1:port.
struct streams *streams_make(uint16_t port, unsigned count, unsigned window, unsigned per_connection);

/// Sends `wanted` queries or as many as the windows allow, going on in the list at `next`.
/// Returns how many went.
unsigned streams_send(struct streams *streams, const struct queries *queries, size_t *next,
                      unsigned wanted, struct tally *tally);

/// Takes what has come, without waiting. Returns how many connections had something.
unsigned streams_receive(struct streams *streams, const struct queries *queries,
                         struct tally *tally);

/// Gives up queries sent before `limit`, and with them their connections.
void streams_expire(struct streams *streams, uint64_t limit, struct tally *tally);

#endif
