#include "histogram.h"

// Values below 64 have a bucket each; above, every power of two is cut into 64 equal steps.
static unsigned bucket_of(uint64_t value) {
    if (value < (1u << HISTOGRAM_STEP_BITS)) return (unsigned)value;
    unsigned shift = 63u - (unsigned)__builtin_clzll(value) - HISTOGRAM_STEP_BITS;
    unsigned step = (unsigned)(value >> shift) - (1u << HISTOGRAM_STEP_BITS);
    return ((shift + 1) << HISTOGRAM_STEP_BITS) + step;
}

static uint64_t middle_of(unsigned bucket) {
    unsigned power = bucket >> HISTOGRAM_STEP_BITS;
    if (power == 0) return bucket;
    uint64_t step = bucket & ((1u << HISTOGRAM_STEP_BITS) - 1);
    uint64_t low = ((1u << HISTOGRAM_STEP_BITS) + step) << (power - 1);
    return low + ((1ull << (power - 1)) >> 1);
}

void histogram_add(struct histogram *histogram, uint64_t nanoseconds) {
    histogram->buckets[bucket_of(nanoseconds)]++;
    histogram->count++;
    if (nanoseconds > histogram->largest) histogram->largest = nanoseconds;
}

uint64_t histogram_at(const struct histogram *histogram, double share) {
    if (histogram->count == 0) return 0;
    uint64_t wanted = (uint64_t)((double)histogram->count * share);
    if (wanted >= histogram->count) return histogram->largest;
    uint64_t seen = 0;
    for (unsigned bucket = 0; bucket < HISTOGRAM_BUCKETS; bucket++) {
        seen += histogram->buckets[bucket];
        if (seen > wanted) return middle_of(bucket);
    }
    return histogram->largest;
}
