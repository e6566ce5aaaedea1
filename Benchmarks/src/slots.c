#include "slots.h"

#include "support.h"

#include <stdlib.h>

enum { HEADER_SIZE = 12 };

struct slots slots_make(unsigned bits) {
    struct slots slots = {.bits = bits, .free_count = 1u << bits};
    slots.list = calloc(slots_count(&slots), sizeof *slots.list);
    slots.free = calloc(slots_count(&slots), sizeof *slots.free);
    if (slots.list == NULL || slots.free == NULL) fail("memory", 1);
    for (uint32_t i = 0; i < slots_count(&slots); i++) {
        slots.list[i].id = (uint16_t)i;
        slots.free[i] = i;
    }
    return slots;
}

void slots_take(struct slots *slots, uint32_t count, uint64_t now, struct tally *tally) {
    for (uint32_t i = 0; i < count; i++) slots_next(slots, i)->since = now;
    slots->free_first = (slots->free_first + count) & (slots_count(slots) - 1);
    slots->free_count -= count;
    tally->sent += count;
}

static void release(struct slots *slots, uint32_t index) {
    uint32_t mask = slots_count(slots) - 1;
    slots->list[index].since = 0;
    // The next use has another ID: one more in the bits above the slot's index.
    slots->list[index].id = (uint16_t)(slots->list[index].id + (1u << slots->bits));
    slots->free[(slots->free_first + slots->free_count) & mask] = index;
    slots->free_count++;
}

int slots_answer(struct slots *slots, const struct queries *queries, const unsigned char *bytes,
                 unsigned length, uint64_t now, struct tally *tally) {
    uint16_t id = length < HEADER_SIZE ? 0 : (uint16_t)(bytes[0] << 8 | bytes[1]);
    uint32_t index = id & (slots_count(slots) - 1);
    struct slot *slot = &slots->list[index];
    if (length < HEADER_SIZE || (bytes[2] & 0x80) == 0 || slot->since == 0 || slot->id != id) {
        tally->late++;
        return -1;
    }
    tally->answered++;
    tally->wrong += !queries_expect(queries, slot->query, bytes, length);
    tally->rcodes[bytes[3] & 15]++;
    tally->records += (unsigned)(bytes[6] << 8 | bytes[7]);
    tally->truncated += (bytes[2] & 0x02) != 0;
    histogram_add(&tally->latency, now > slot->since ? now - slot->since : 0);
    release(slots, index);
    return slot->owner;
}

void slots_give_up(struct slots *slots, uint32_t index, struct tally *tally) {
    tally->lost++;
    release(slots, index);
}
