// The queries that are out, and what became of them. The ID of a query names its slot (low bits)
// and how often that slot was used (high bits), so that an answer is matched without a search, and
// one that comes after its time is told from one to the slot's next use.

#ifndef SLOTS_H
#define SLOTS_H

#include "histogram.h"
#include "queries.h"

#include <stdint.h>

struct tally {
    uint64_t sent;
    uint64_t answered;
    uint64_t lost;       // no answer within the timeout, or the connection ended before it
    uint64_t late;       // answers after the timeout, and those that match nothing
    uint64_t wrong;      // answers that are not as expected
    uint64_t held_back;  // were due, but every slot was out
    uint64_t truncated;
    uint64_t records;  // sum of the answers' ANCOUNT
    uint64_t rcodes[16];
    struct histogram latency;
    struct histogram lag;  // how late the generator itself was
};

struct slot {
    uint64_t since;  // when it was sent; 0: free
    uint16_t id;
    uint16_t owner;  // the connection, where there are several
    uint32_t query;  // its position in the list
};

struct slots {
    unsigned bits;
    struct slot *list;
    uint32_t *free;  // a ring: a freed slot waits longest before its next use
    uint32_t free_first, free_count;
};

enum { MAX_SLOT_BITS = 14 };  // leaves two bits of an ID to tell one use of a slot from the next

/// 2^bits free slots.
struct slots slots_make(unsigned bits);

/// How many there are, free or not.
static inline uint32_t slots_count(const struct slots *slots) { return 1u << slots->bits; }

/// How many queries are out.
static inline uint32_t slots_outstanding(const struct slots *slots) {
    return slots_count(slots) - slots->free_count;
}

/// The slot to be used next but `ahead`, which is less than the number of free slots.
static inline struct slot *slots_next(const struct slots *slots, uint32_t ahead) {
    return &slots->list[slots->free[(slots->free_first + ahead) & (slots_count(slots) - 1)]];
}

/// Counts the next `count` slots as sent.
void slots_take(struct slots *slots, uint32_t count, uint64_t now, struct tally *tally);

/// Counts the answer to one of `queries` and frees its slot. Returns the slot's owner; -1 when it answers
/// nothing that is out.
int slots_answer(struct slots *slots, const struct queries *queries, const unsigned char *bytes,
                 unsigned length, uint64_t now, struct tally *tally);

/// Gives up the query of a slot that is out.
void slots_give_up(struct slots *slots, uint32_t index, struct tally *tally);

#endif
