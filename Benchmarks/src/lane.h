// A lane is one UDP socket with the queries that are out on it.

#ifndef LANE_H
#define LANE_H

#include "queries.h"
#include "slots.h"

#include <stdint.h>
#include <sys/socket.h>

enum { LANE_BATCH = 64, ANSWER_MAX = 1500, CONTROL_MAX = 64 };

struct lane {
    int fd;
    int64_t clock_offset;  // from the kernel's stamps to now_ns(); 0: no stamps are taken
    struct slots slots;
    struct mmsghdr out_messages[LANE_BATCH], in_messages[LANE_BATCH];
    struct iovec out_vectors[LANE_BATCH], in_vectors[LANE_BATCH];
    unsigned char out_bytes[LANE_BATCH][QUERY_MAX];
    unsigned char in_bytes[LANE_BATCH][ANSWER_MAX];
    _Alignas(8) unsigned char in_control[LANE_BATCH][CONTROL_MAX];
};

/// A lane to 127.0.0.1:port with 2^slot_bits slots.
struct lane *lane_open(uint16_t port, unsigned slot_bits);

/// From now on an answer's time is when the kernel had it, not when this program took it.
void lane_stamp_answers(struct lane *lane);

/// Sends `wanted` queries or as many as there are free slots, at most a batch, going on in
/// the list at `next`. Returns how many went.
unsigned lane_send(struct lane *lane, const struct queries *queries, size_t *next,
                   unsigned wanted, struct tally *tally);

/// Takes what has come as answers to `queries`, at most a batch, without waiting. Returns how many packets.
unsigned lane_receive(struct lane *lane, const struct queries *queries, struct tally *tally);

/// Gives up queries sent before `limit`.
void lane_expire(struct lane *lane, uint64_t limit, struct tally *tally);

/// How many answers the kernel dropped because this program was too slow to take them.
uint64_t lane_overflows(const struct lane *lane);

#endif
