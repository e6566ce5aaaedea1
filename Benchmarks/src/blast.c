// Loads a DNS server on 127.0.0.1 over UDP and counts what comes back.
//
// Closed loop (default): keeps a bounded number of queries out, so the server sets the pace
// and its rate is what is measured.
// Open loop (--rate): sends at a fixed pace whatever the server does, so a stall is charged to
// every query that it holds up. Latency is from the sending to the time the kernel had the
// answer: when this program looked does not matter. How late it sent is reported as its lag.

#include "histogram.h"
#include "lane.h"
#include "queries.h"
#include "support.h"

#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

enum {
    MAX_LANES = 64,
    MAX_SLOT_BITS = 14,  // leaves two bits of an ID to tell one use of a slot from the next
    EXPIRY_INTERVAL = NANOSECONDS / 50,
    // Empty rounds over all lanes before sleeping. Sleeping makes the server pay for waking
    // us, so it is the exception.
    PATIENCE = 2000,
    // How long the open loop sleeps: short enough that packets leave in small groups. It does
    // not wake for answers: taking them one by one would steal a core from the server.
    OPEN_LOOP_NAP = 50000,
};

struct settings {
    const char *queries_path;
    uint16_t port;
    int core;
    unsigned lane_count;
    unsigned window;
    double seconds;
    double count;
    double rate;
    double timeout_ms;
    int realtime;
    int spin;
};

struct load {
    struct settings settings;
    struct queries queries;
    struct lane *lanes[MAX_LANES];
    struct pollfd polled[MAX_LANES];
    size_t next;
    uint64_t timeout;
    uint64_t expired_at;
    struct tally tally;
};

static struct load load;

static void expire(uint64_t now) {
    if (now - load.expired_at < EXPIRY_INTERVAL) return;
    load.expired_at = now;
    for (unsigned i = 0; i < load.settings.lane_count; i++)
        lane_expire(load.lanes[i], now - load.timeout, &load.tally);
}

static void sleep_until_answer(long nanoseconds) {
    struct timespec time = {.tv_nsec = nanoseconds};
    ppoll(load.polled, load.settings.lane_count, &time, NULL);
}

static unsigned receive_all(void) {
    unsigned received = 0;
    for (unsigned i = 0; i < load.settings.lane_count; i++)
        received += lane_receive(load.lanes[i], &load.tally);
    return received;
}

/// How many of `wanted` queries may still be sent.
static unsigned within_count(unsigned wanted) {
    if (load.settings.count <= 0) return wanted;
    double left = load.settings.count - (double)load.tally.sent;
    return left < wanted ? (unsigned)left : wanted;
}

static int finished(uint64_t now, uint64_t deadline) {
    return now >= deadline || within_count(1) == 0;
}

static void run_closed_loop(uint64_t start, uint64_t deadline) {
    unsigned idle_rounds = 0;
    for (uint64_t now = start; !finished(now, deadline); now = now_ns()) {
        unsigned moved = 0;
        for (unsigned i = 0; i < load.settings.lane_count; i++) {
            struct lane *lane = load.lanes[i];
            moved += lane_receive(lane, &load.tally);
            uint32_t outstanding = lane_outstanding(lane);
            if (outstanding >= load.settings.window) continue;
            moved += lane_send(lane, &load.queries, &load.next,
                               within_count(load.settings.window - outstanding), &load.tally);
        }
        expire(now);
        idle_rounds = moved > 0 ? 0 : idle_rounds + 1;
        if (idle_rounds > PATIENCE) sleep_until_answer(NANOSECONDS / 1000);
    }
}

static void run_open_loop(uint64_t start, uint64_t deadline) {
    const double interval = NANOSECONDS / load.settings.rate;
    const struct timespec nap = {.tv_nsec = OPEN_LOOP_NAP};
    uint64_t scheduled = 0;  // queries dealt with: sent or held back
    unsigned turn = 0;
    for (uint64_t now = start; !finished(now, deadline); now = now_ns()) {
        uint64_t due = (uint64_t)((double)(now - start) / interval) + 1;
        unsigned moved = 0;
        if (scheduled < due) {
            unsigned wanted = LANE_BATCH;
            if (due - scheduled < wanted) wanted = (unsigned)(due - scheduled);
            wanted = within_count(wanted);
            uint64_t oldest = start + (uint64_t)((double)scheduled * interval);
            histogram_add(&load.tally.lag, now > oldest ? now - oldest : 0);
            struct lane *lane = load.lanes[turn++ % load.settings.lane_count];
            unsigned sent = lane_send(lane, &load.queries, &load.next, wanted, &load.tally);
            load.tally.held_back += wanted - sent;
            scheduled += wanted;
            moved = wanted;
        }
        moved += receive_all();
        expire(now);
        // Behind by a batch or more: no nap.
        if (moved < LANE_BATCH && !load.settings.spin) nanosleep(&nap, NULL);
    }
}

/// Waits for the answers still out, at most the timeout; then they are lost.
static void drain(void) {
    uint64_t limit = now_ns() + load.timeout;
    for (;;) {
        uint32_t outstanding = 0;
        for (unsigned i = 0; i < load.settings.lane_count; i++)
            outstanding += lane_outstanding(load.lanes[i]);
        if (outstanding == 0 || now_ns() >= limit) break;
        if (receive_all() == 0) sleep_until_answer(NANOSECONDS / 1000);
    }
    for (unsigned i = 0; i < load.settings.lane_count; i++)
        lane_expire(load.lanes[i], UINT64_MAX, &load.tally);
}

static void report_times(const char *name, const struct histogram *times) {
    printf("\"%s\": {\"p50\": %.1f, \"p99\": %.1f, \"p99.9\": %.1f, \"max\": %.1f}", name,
           (double)histogram_at(times, 0.5) / 1000, (double)histogram_at(times, 0.99) / 1000,
           (double)histogram_at(times, 0.999) / 1000, (double)times->largest / 1000);
}

static void report(double seconds, uint64_t answered_in_time) {
    const struct tally *tally = &load.tally;
    uint64_t overflows = 0;
    for (unsigned i = 0; i < load.settings.lane_count; i++)
        overflows += lane_overflows(load.lanes[i]);
    printf("{\"seconds\": %.6f, \"sent\": %lu, \"answered\": %lu, \"lost\": %lu, \"late\": %lu, "
           "\"held_back\": %lu, \"overflows\": %lu, \"truncated\": %lu, \"records\": %lu, "
           "\"rate\": %.1f, \"rcodes\": {",
           seconds, tally->sent, tally->answered, tally->lost, tally->late, tally->held_back,
           overflows, tally->truncated, tally->records, (double)answered_in_time / seconds);
    const char *separator = "";
    for (unsigned i = 0; i < 16; i++) {
        if (tally->rcodes[i] == 0) continue;
        printf("%s\"%u\": %lu", separator, i, tally->rcodes[i]);
        separator = ", ";
    }
    printf("}, ");
    report_times("latency_us", &tally->latency);
    printf(", ");
    report_times("lag_us", &tally->lag);
    printf("}\n");
}

static _Noreturn void usage(void) {
    fputs("usage: blast --port PORT --queries FILE [--seconds S] [--count N] [--core CORE]\n"
          "             [--lanes SOCKETS] [--window QUERIES_PER_SOCKET] [--timeout MS]\n"
          "             [--rate QUERIES_PER_SECOND [--spin]] [--realtime]\n"
          "FILE has lines `name type`. One line of JSON tells the outcome.\n",
          stderr);
    exit(2);
}

static struct settings settings_from(int argc, char **argv) {
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},    {"queries", required_argument, NULL, 'q'},
        {"seconds", required_argument, NULL, 's'}, {"count", required_argument, NULL, 'n'},
        {"core", required_argument, NULL, 'c'},    {"lanes", required_argument, NULL, 'l'},
        {"window", required_argument, NULL, 'w'},  {"timeout", required_argument, NULL, 't'},
        {"rate", required_argument, NULL, 'r'},    {"realtime", no_argument, NULL, 'R'},
        {"spin", no_argument, NULL, 'S'},          {NULL, 0, NULL, 0},
    };
    // 4 x 48 packets fit in the kernel's default receive buffer (some 250 small ones), so a
    // server that sets no buffer of its own loses nothing.
    struct settings s = {
        .core = -1, .lane_count = 4, .window = 48, .seconds = 3, .timeout_ms = 500};
    for (int flag; (flag = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (flag) {
        case 'p': s.port = (uint16_t)number_from("port", optarg, 1, 65535); break;
        case 'q': s.queries_path = optarg; break;
        case 's': s.seconds = number_from("seconds", optarg, 0.001, 3600); break;
        case 'n': s.count = number_from("count", optarg, 1, 1e12); break;
        case 'c': s.core = (int)number_from("core", optarg, 0, 1023); break;
        case 'l': s.lane_count = (unsigned)number_from("lanes", optarg, 1, MAX_LANES); break;
        case 'w': s.window = (unsigned)number_from("window", optarg, 1, 1 << MAX_SLOT_BITS); break;
        case 't': s.timeout_ms = number_from("timeout", optarg, 1, 60000); break;
        case 'r': s.rate = number_from("rate", optarg, 1, 1e7); break;
        case 'R': s.realtime = 1; break;
        case 'S': s.spin = 1; break;
        default: usage();
        }
    }
    if (optind != argc || s.port == 0 || s.queries_path == NULL) usage();
    return s;
}

/// The closed loop has few slots, reused with many different IDs; the open loop has many, for
/// it must not run out while the server stalls.
static unsigned slot_bits_for(const struct settings *settings) {
    if (settings->rate > 0) return MAX_SLOT_BITS;
    unsigned bits = 0;
    while ((1u << bits) < settings->window) bits++;
    return bits;
}

int main(int argc, char **argv) {
    load.settings = settings_from(argc, argv);
    load.queries = read_queries(load.settings.queries_path);
    load.timeout = (uint64_t)(load.settings.timeout_ms * 1e6);
    for (unsigned i = 0; i < load.settings.lane_count; i++) {
        load.lanes[i] = lane_open(load.settings.port, slot_bits_for(&load.settings));
        if (load.settings.rate > 0) lane_stamp_answers(load.lanes[i]);
        load.polled[i] = (struct pollfd){.fd = load.lanes[i]->fd, .events = POLLIN};
    }
    pin_to_core(load.settings.core);
    if (load.settings.realtime) become_realtime();
    prctl(PR_SET_TIMERSLACK, 1ul);  // naps end when they should

    uint64_t start = now_ns();
    uint64_t deadline = start + (uint64_t)(load.settings.seconds * 1e9);
    load.expired_at = start;
    if (load.settings.rate > 0)
        run_open_loop(start, deadline);
    else
        run_closed_loop(start, deadline);
    double seconds = (double)(now_ns() - start) / 1e9;
    uint64_t answered_in_time = load.tally.answered;
    drain();
    report(seconds, answered_in_time);
    return 0;
}
