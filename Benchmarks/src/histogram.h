// Latencies in buckets whose width grows with the value: at most 1.6 % off, from 1 ns up.

#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <stdint.h>

enum {
    HISTOGRAM_STEP_BITS = 6,
    HISTOGRAM_BUCKETS = (64 - HISTOGRAM_STEP_BITS + 1) << HISTOGRAM_STEP_BITS,
};

struct histogram {
    uint64_t buckets[HISTOGRAM_BUCKETS];
    uint64_t count;
    uint64_t largest;
};

void histogram_add(struct histogram *histogram, uint64_t nanoseconds);

/// The value that `share` (0 to 1) of the values do not exceed; 0 when there are none.
uint64_t histogram_at(const struct histogram *histogram, double share);

#endif
