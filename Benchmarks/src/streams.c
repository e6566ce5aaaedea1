#include "streams.h"

#include "support.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    EVENTS = 64,
    INPUT_SIZE = 2 + 65535,
    // Closed connections keep their ports for a minute; with so many addresses to come from, ports
    // do not run out.
    SOURCES = 250,
};

static const uint32_t FIRST_SOURCE = 0x7f010101;  // 127.1.1.1

struct stream {
    int fd;  // -1: closed
    unsigned begun;  // queries of this connection
    unsigned out;    // of these, those without an answer
    size_t unsent, sent;     // octets of the output
    size_t received;  // octets of the input
    unsigned char *output;
    unsigned char *input;
};

struct streams *streams_make(uint16_t port, unsigned count, unsigned window,
                             unsigned per_connection) {
    struct streams *streams = calloc(1, sizeof *streams);
    if (streams == NULL) fail("memory", 1);
    if (window > per_connection) window = per_connection;
    *streams = (struct streams){
        .port = port, .count = count, .window = window, .per_connection = per_connection};
    unsigned bits = 0;
    while ((1u << bits) < count * window) bits++;
    if (bits > MAX_SLOT_BITS) fail("too many queries on too many connections", 0);
    streams->slots = slots_make(bits);
    streams->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (streams->epoll < 0) fail("epoll_create1", 1);
    streams->list = calloc(count, sizeof *streams->list);
    if (streams->list == NULL) fail("memory", 1);
    for (unsigned i = 0; i < count; i++) {
        struct stream *stream = &streams->list[i];
        stream->fd = -1;
        stream->output = malloc(window * (2 + QUERY_MAX));
        stream->input = malloc(INPUT_SIZE);
        if (stream->output == NULL || stream->input == NULL) fail("memory", 1);
    }
    return streams;
}

/// Events of interest: answers always, room to send only after there was none.
static void watch(struct streams *streams, struct stream *stream, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.u32 = (uint32_t)(stream - streams->list)};
    if (epoll_ctl(streams->epoll, operation, stream->fd, &event) != 0) fail("epoll_ctl", 1);
}

static void open_stream(struct streams *streams, struct stream *stream) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) fail("socket", 1);
    int on = 1;
    if (setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on) != 0)
        fail("IP_BIND_ADDRESS_NO_PORT", 1);
    struct sockaddr_in source = loopback(0), address = loopback(streams->port);
    source.sin_addr.s_addr = htonl(FIRST_SOURCE + streams->opened++ % SOURCES);
    if (bind(fd, (struct sockaddr *)&source, sizeof source) != 0) fail("bind", 1);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS &&
        errno != ECONNREFUSED)
        fail("connect", 1);
    stream->fd = fd;
    stream->begun = stream->out = 0;
    stream->unsent = stream->sent = stream->received = 0;
    watch(streams, stream, EPOLL_CTL_ADD, EPOLLIN);
}

static void close_stream(struct stream *stream) {
    close(stream->fd);
    stream->fd = -1;
}

/// Closes the connection, and gives up what is out on it.
static void drop(struct streams *streams, struct stream *stream, struct tally *tally) {
    uint16_t owner = (uint16_t)(stream - streams->list);
    for (uint32_t i = 0; stream->out > 0 && i < slots_count(&streams->slots); i++) {
        struct slot *slot = &streams->slots.list[i];
        if (slot->since == 0 || slot->owner != owner) continue;
        slots_give_up(&streams->slots, i, tally);
        stream->out--;
    }
    close_stream(stream);
}

static void flush(struct streams *streams, struct stream *stream, struct tally *tally) {
    ssize_t done = send(stream->fd, stream->output + stream->sent, stream->unsent, MSG_NOSIGNAL);
    if (done < 0 && errno != EAGAIN && errno != EINTR) {
        drop(streams, stream, tally);
        return;
    }
    if (done > 0) {
        stream->sent += (size_t)done;
        stream->unsent -= (size_t)done;
    }
    if (stream->unsent > 0) {
        watch(streams, stream, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
    } else {
        stream->sent = 0;
    }
}

/// How many queries may go on the connection, closed or not. None while some wait to be sent.
static unsigned room_on(const struct streams *streams, const struct stream *stream) {
    if (stream->fd < 0) return streams->window;
    if (stream->unsent > 0) return 0;
    unsigned window = streams->window - stream->out, left = streams->per_connection - stream->begun;
    return window < left ? window : left;
}

unsigned streams_send(struct streams *streams, const struct queries *queries, size_t *next,
                      unsigned wanted, struct tally *tally) {
    unsigned total = 0;
    for (unsigned tried = 0; tried < streams->count && total < wanted; tried++) {
        unsigned index = streams->turn++ % streams->count;
        struct stream *stream = &streams->list[index];
        unsigned count = room_on(streams, stream);
        if (count > wanted - total) count = wanted - total;
        if (count == 0) continue;

        uint64_t now = now_ns();
        if (stream->fd < 0) open_stream(streams, stream);
        for (unsigned i = 0; i < count; i++) {
            struct slot *slot = slots_next(&streams->slots, i);
            slot->owner = (uint16_t)index;
            slot->query = (uint32_t)*next;
            unsigned char *output = stream->output + stream->unsent;
            size_t length = queries_put(queries, *next, slot->id, output + 2);
            output[0] = (unsigned char)(length >> 8);
            output[1] = (unsigned char)(length & 255);
            stream->unsent += 2 + length;
            if (++*next == queries->count) *next = 0;
        }
        slots_take(&streams->slots, count, now, tally);
        stream->begun += count;
        stream->out += count;
        total += count;
        flush(streams, stream, tally);
    }
    return total;
}

/// Takes the whole messages that are in the input.
static void take_answers(struct streams *streams, struct stream *stream,
                         const struct queries *queries, struct tally *tally) {
    uint64_t now = now_ns();
    size_t at = 0;
    while (stream->received - at >= 2) {
        const unsigned char *message = stream->input + at;
        size_t length = (size_t)(message[0] << 8 | message[1]);
        if (stream->received - at < 2 + length) break;
        int owner = slots_answer(&streams->slots, queries, message + 2, (unsigned)length, now, tally);
        if (owner >= 0) streams->list[owner].out--;
        at += 2 + length;
    }
    stream->received -= at;
    memmove(stream->input, stream->input + at, stream->received);
}

static void receive(struct streams *streams, struct stream *stream, const struct queries *queries,
                    struct tally *tally) {
    ssize_t count = recv(stream->fd, stream->input + stream->received,
                         INPUT_SIZE - stream->received, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
        drop(streams, stream, tally);
        return;
    }
    stream->received += (size_t)count;
    take_answers(streams, stream, queries, tally);
    if (stream->out == 0 && stream->begun == streams->per_connection) close_stream(stream);
}

unsigned streams_receive(struct streams *streams, const struct queries *queries,
                         struct tally *tally) {
    struct epoll_event events[EVENTS];
    int count = epoll_wait(streams->epoll, events, EVENTS, 0);
    if (count < 0 && errno != EINTR) fail("epoll_wait", 1);
    for (int i = 0; i < count; i++) {
        struct stream *stream = &streams->list[events[i].data.u32];
        if (events[i].events & EPOLLOUT) {
            watch(streams, stream, EPOLL_CTL_MOD, EPOLLIN);
            flush(streams, stream, tally);
        }
        if (stream->fd >= 0 && (events[i].events & ~(uint32_t)EPOLLOUT))
            receive(streams, stream, queries, tally);
    }
    return count > 0 ? (unsigned)count : 0;
}

void streams_expire(struct streams *streams, uint64_t limit, struct tally *tally) {
    if (slots_outstanding(&streams->slots) == 0) return;
    for (uint32_t i = 0; i < slots_count(&streams->slots); i++) {
        struct slot *slot = &streams->slots.list[i];
        if (slot->since != 0 && slot->since < limit)
            drop(streams, &streams->list[slot->owner], tally);
    }
}
