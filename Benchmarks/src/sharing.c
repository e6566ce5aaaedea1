/* Reads what valgrind's lackey tells of the loads and stores of a program's threads (--trace-mem=yes
 * --trace-sched=yes --trace-syscalls=yes), and notes for each cache line who stored to it and who loaded from it.
 *
 * Says "idle" whenever nothing has come for a while. SIGUSR1 forgets what was noted so far. At the end of the input it
 * prints, for each thread that sent with sendmmsg(2), "sender NUMBER STORED TOUCHED" (cache lines), and for each cache line that one thread stored
 * to and another touched, "line ADDRESS STORED-BY TOUCHED-BY" (sets of threads as hexadecimal masks). */
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BITS = 6, THREADS = 64, SLOTS = 1 << 22, IDLE_MS = 500, BUFFER = 1 << 16 };

struct line {
    uint64_t address; /* of the line; 0: free */
    uint64_t stored;  /* threads, a bit each */
    uint64_t touched;
};

static struct line *lines;
static size_t count;
static uint64_t senders;
static volatile sig_atomic_t forget;

static void on_signal(int number) {
    (void)number;
    forget = 1;
}

static struct line *find(uint64_t address) {
    size_t slot = (size_t)((address * 0x9e3779b97f4a7c15u) >> 42);
    while (lines[slot].address != 0 && lines[slot].address != address) slot = (slot + 1) % SLOTS;
    if (lines[slot].address == 0) {
        if (++count > SLOTS / 2) {
            fputs("sharing: too many cache lines\n", stderr);
            exit(1);
        }
        lines[slot].address = address;
    }
    return &lines[slot];
}

static void note(uint64_t address, uint64_t size, int thread, int stores, int loads) {
    for (uint64_t at = address >> LINE_BITS; at <= (address + size - 1) >> LINE_BITS; at++) {
        struct line *line = find(at);
        if (stores) line->stored |= UINT64_C(1) << thread;
        if (loads || stores) line->touched |= UINT64_C(1) << thread;
    }
}

/* " S 1ffe8,8", " L ...", " M ..." (both), "I  ...", "SYSCALL[PID,THREAD](N) NAME ...", or
 * "--PID--   SCHED[THREAD]: ...". */
static void read_line(const char *text, int *thread) {
    if (text[0] == ' ' && text[2] == ' ') {
        char *end;
        uint64_t address = strtoull(text + 3, &end, 16);
        uint64_t size = *end == ',' ? strtoull(end + 1, NULL, 10) : 0;
        if (address == 0 || size == 0) return;
        note(address, size, *thread, text[1] != 'L', text[1] != 'S');
    } else if (strncmp(text, "SYSCALL[", 8) == 0) {
        const char *comma = strchr(text, ',');
        if (comma && strstr(comma, "sendmmsg")) senders |= UINT64_C(1) << (atoi(comma + 1) % THREADS);
    } else if (text[0] == '-') {
        const char *found = strstr(text, "SCHED[");
        /* Who takes the lock runs from here on. */
        if (found && strstr(found, "acquired lock")) *thread = atoi(found + 6) % THREADS;
    }
}

static void report(void) {
    for (int thread = 0; thread < THREADS; thread++) {
        size_t stored = 0, touched = 0;
        for (size_t slot = 0; slot < SLOTS; slot++) {
            stored += lines[slot].stored >> thread & 1;
            touched += lines[slot].touched >> thread & 1;
        }
        if (senders >> thread & 1) printf("sender %d %zu %zu\n", thread, stored, touched);
    }
    for (size_t slot = 0; slot < SLOTS; slot++) {
        const struct line *line = &lines[slot];
        if (line->stored && (line->touched & (line->touched - 1)))
            printf("line %" PRIx64 " %" PRIx64 " %" PRIx64 "\n", line->address << LINE_BITS, line->stored,
                   line->touched);
    }
}

int main(void) {
    static char buffer[BUFFER];
    size_t kept = 0;
    int thread = 0, was_idle = 0;
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGUSR1, &action, NULL);
    lines = calloc(SLOTS, sizeof *lines);
    if (!lines) return 1;
    for (;;) {
        struct pollfd input = {.fd = 0, .events = POLLIN};
        int ready = poll(&input, 1, IDLE_MS);
        if (forget) {
            memset(lines, 0, SLOTS * sizeof *lines);
            count = 0;
            senders = 0;
            forget = 0;
            was_idle = 0;
        }
        if (ready < 0) continue;
        if (ready == 0) {
            if (!was_idle) {
                puts("idle");
                fflush(stdout);
            }
            was_idle = 1;
            continue;
        }
        ssize_t more = read(0, buffer + kept, sizeof buffer - kept - 1);
        if (more <= 0) break;
        was_idle = 0;
        kept += (size_t)more;
        buffer[kept] = 0;
        char *start = buffer;
        for (char *end; (end = memchr(start, '\n', (size_t)(buffer + kept - start))); start = end + 1) {
            *end = 0;
            read_line(start, &thread);
        }
        kept = (size_t)(buffer + kept - start);
        memmove(buffer, start, kept);
        if (kept == sizeof buffer - 1) kept = 0;
    }
    report();
    return 0;
}
