// Loads a DNS server on 127.0.0.1 over UDP or TCP and counts what comes back.
//
// Closed loop (default): keeps a bounded number of queries out, so the server sets the pace
// and its rate is what is measured.
// Open loop (--rate): sends at a fixed pace whatever the server does, so a stall is charged to
// every query that it holds up. Latency is from the sending to the time the kernel had the
// answer: when this program looked does not matter. Over TCP, where the kernel does not say, it is
// to the time this program had it. How late it sent is reported as its lag.

#include "histogram.h"
#include "lane.h"
#include "queries.h"
#include "slots.h"
#include "streams.h"
#include "support.h"

#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

enum {
    MAX_LANES = 64,
    EXPIRY_INTERVAL = NANOSECONDS / 50,
    // Empty rounds over all lanes before sleeping. Sleeping makes the server pay for waking
    // us, so it is the exception.
    PATIENCE = 2000,
    // How long the open loop sleeps: short enough that packets leave in small groups. Over UDP it
    // does not wake for answers: taking them one by one would steal a core from the server.
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
    unsigned per_connection;  // 0: over UDP
    int realtime;
    int spin;
};

struct load {
    struct settings settings;
    struct queries queries;
    // Over UDP a path is a lane; over TCP the only path is all connections together.
    unsigned path_count;
    unsigned window;  // queries out on one path
    struct lane *lanes[MAX_LANES];
    struct streams *streams;
    struct pollfd polled[MAX_LANES];
    size_t next;
    uint64_t timeout;
    uint64_t expired_at;
    struct tally tally;
};

static struct load load;
static volatile sig_atomic_t stopped;

static void stop(int signal) {
    (void)signal;
    stopped = 1;
}

static unsigned send_on(unsigned path, unsigned wanted) {
    if (load.streams != NULL)
        return streams_send(load.streams, &load.queries, &load.next, wanted, &load.tally);
    return lane_send(load.lanes[path], &load.queries, &load.next, wanted, &load.tally);
}

static unsigned receive_on(unsigned path) {
    if (load.streams != NULL) return streams_receive(load.streams, &load.queries, &load.tally);
    return lane_receive(load.lanes[path], &load.queries, &load.tally);
}

static uint32_t outstanding_on(unsigned path) {
    return slots_outstanding(load.streams != NULL ? &load.streams->slots : &load.lanes[path]->slots);
}

/// Gives up queries sent before `limit`.
static void give_up(uint64_t limit) {
    if (load.streams != NULL) {
        streams_expire(load.streams, limit, &load.tally);
        return;
    }
    for (unsigned i = 0; i < load.path_count; i++)
        lane_expire(load.lanes[i], limit, &load.tally);
}

static void expire(uint64_t now) {
    if (now - load.expired_at < EXPIRY_INTERVAL) return;
    load.expired_at = now;
    give_up(now - load.timeout);
}

static void sleep_until_answer(long nanoseconds) {
    struct timespec time = {.tv_nsec = nanoseconds};
    ppoll(load.polled, load.path_count, &time, NULL);
}

static unsigned receive_all(void) {
    unsigned received = 0;
    for (unsigned i = 0; i < load.path_count; i++) received += receive_on(i);
    return received;
}

/// How many of `wanted` queries may still be sent.
static unsigned within_count(unsigned wanted) {
    if (load.settings.count <= 0) return wanted;
    double left = load.settings.count - (double)load.tally.sent;
    return left < wanted ? (unsigned)left : wanted;
}

static int finished(uint64_t now, uint64_t deadline) {
    return now >= deadline || within_count(1) == 0 || stopped;
}

static void run_closed_loop(uint64_t start, uint64_t deadline) {
    unsigned idle_rounds = 0;
    for (uint64_t now = start; !finished(now, deadline); now = now_ns()) {
        unsigned moved = 0;
        for (unsigned i = 0; i < load.path_count; i++) {
            moved += receive_on(i);
            uint32_t outstanding = outstanding_on(i);
            if (outstanding < load.window)
                moved += send_on(i, within_count(load.window - outstanding));
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
            unsigned sent = send_on(turn++ % load.path_count, wanted);
            load.tally.held_back += wanted - sent;
            scheduled += wanted;
            moved = wanted;
        }
        moved += receive_all();
        expire(now);
        // Behind by a batch or more: no nap.
        if (moved >= LANE_BATCH || load.settings.spin) continue;
        if (load.streams != NULL)
            sleep_until_answer(OPEN_LOOP_NAP);
        else
            nanosleep(&nap, NULL);
    }
}

/// Waits for the answers still out, at most the timeout; then they are lost.
static void drain(void) {
    uint64_t limit = now_ns() + load.timeout;
    for (;;) {
        uint32_t outstanding = 0;
        for (unsigned i = 0; i < load.path_count; i++) outstanding += outstanding_on(i);
        if (outstanding == 0 || now_ns() >= limit) break;
        if (receive_all() == 0) sleep_until_answer(NANOSECONDS / 1000);
    }
    give_up(UINT64_MAX);
}

static void report_times(const char *name, const struct histogram *times) {
    printf("\"%s\": {\"p50\": %.1f, \"p99\": %.1f, \"p99.9\": %.1f, \"max\": %.1f}", name,
           (double)histogram_at(times, 0.5) / 1000, (double)histogram_at(times, 0.99) / 1000,
           (double)histogram_at(times, 0.999) / 1000, (double)times->largest / 1000);
}

static void report(double seconds, uint64_t answered_in_time) {
    const struct tally *tally = &load.tally;
    uint64_t overflows = 0;
    for (unsigned i = 0; load.streams == NULL && i < load.path_count; i++)
        overflows += lane_overflows(load.lanes[i]);
    printf("{\"seconds\": %.6f, \"sent\": %lu, \"answered\": %lu, \"lost\": %lu, \"late\": %lu, "
           "\"wrong\": %lu, \"held_back\": %lu, \"overflows\": %lu, \"truncated\": %lu, \"records\": %lu, "
           "\"rate\": %.1f, \"rcodes\": {",
           seconds, tally->sent, tally->answered, tally->lost, tally->late, tally->wrong,
           tally->held_back,
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
          "             [--tcp QUERIES_PER_CONNECTION]\n"
          "FILE has lines `name type`, then what of `edns`, `subnet=A.B.C.0/24` and\n"
          "`expect=A.B.C.D,...` (the addresses that answers may have) is wanted.\n"
          "SIGTERM ends it early. One line of JSON tells the outcome.\n",
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
        {"spin", no_argument, NULL, 'S'},          {"tcp", required_argument, NULL, 'T'},
        {NULL, 0, NULL, 0},
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
        case 'l': s.lane_count = (unsigned)number_from("lanes", optarg, 1, MAX_STREAMS); break;
        case 'w': s.window = (unsigned)number_from("window", optarg, 1, 1 << MAX_SLOT_BITS); break;
        case 't': s.timeout_ms = number_from("timeout", optarg, 1, 60000); break;
        case 'r': s.rate = number_from("rate", optarg, 1, 1e7); break;
        case 'R': s.realtime = 1; break;
        case 'S': s.spin = 1; break;
        case 'T': s.per_connection = (unsigned)number_from("tcp", optarg, 1, 1e9); break;
        default: usage();
        }
    }
    if (optind != argc || s.port == 0 || s.queries_path == NULL) usage();
    if (s.per_connection == 0 && s.lane_count > MAX_LANES) fail("too many lanes", 0);
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

static void open_lanes(void) {
    const struct settings *settings = &load.settings;
    load.path_count = settings->lane_count;
    load.window = settings->window;
    for (unsigned i = 0; i < load.path_count; i++) {
        load.lanes[i] = lane_open(settings->port, slot_bits_for(settings));
        if (settings->rate > 0) lane_stamp_answers(load.lanes[i]);
        load.polled[i] = (struct pollfd){.fd = load.lanes[i]->fd, .events = POLLIN};
    }
}

static void make_streams(void) {
    const struct settings *settings = &load.settings;
    load.streams = streams_make(settings->port, settings->lane_count, settings->window,
                                settings->per_connection);
    load.path_count = 1;
    load.window = load.streams->count * load.streams->window;
    load.polled[0] = (struct pollfd){.fd = load.streams->epoll, .events = POLLIN};
}

int main(int argc, char **argv) {
    load.settings = settings_from(argc, argv);
    signal(SIGTERM, stop);
    load.queries = read_queries(load.settings.queries_path);
    load.timeout = (uint64_t)(load.settings.timeout_ms * 1e6);
    if (load.settings.per_connection > 0)
        make_streams();
    else
        open_lanes();
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
