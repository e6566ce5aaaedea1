#include "support.h"

#include <arpa/inet.h>
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * NANOSECONDS + (uint64_t)now.tv_nsec;
}

_Noreturn void fail(const char *what, int with_errno) {
    if (with_errno)
        fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, strerror(errno));
    else
        fprintf(stderr, "%s: %s\n", program_invocation_short_name, what);
    exit(1);
}

double number_from(const char *flag, const char *text, double low, double high) {
    char *end = NULL;
    double value = strtod(text, &end);
    if (end == text || *end != '\0' || !(value >= low && value <= high)) {
        fprintf(stderr, "%s: --%s takes a number from %.0f to %.0f, not \"%s\"\n",
                program_invocation_short_name, flag, low, high, text);
        exit(2);
    }
    return value;
}

void pin_to_core(int core) {
    if (core < 0) return;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)core, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) fail("pin to core", 1);
}

void become_realtime(void) {
    struct sched_param parameters = {.sched_priority = 1};
    if (sched_setscheduler(0, SCHED_FIFO, &parameters) != 0)
        fprintf(stderr, "%s: no real-time priority: %s\n", program_invocation_short_name,
                strerror(errno));
}

struct sockaddr_in loopback(uint16_t port) {
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}
