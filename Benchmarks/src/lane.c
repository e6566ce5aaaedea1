#include "lane.h"

#include "support.h"

#include <errno.h>
#include <linux/sock_diag.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// The load generator must never be the one that loses packets.
enum { RECEIVE_BUFFER = 4 << 20 };

struct lane *lane_open(uint16_t port, unsigned slot_bits) {
    struct lane *lane = calloc(1, sizeof *lane);
    if (lane == NULL) fail("memory", 1);
    lane->slots = slots_make(slot_bits);

    lane->fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (lane->fd < 0) fail("socket", 1);
    int size = RECEIVE_BUFFER;
    if (setsockopt(lane->fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size) != 0)
        fail("SO_RCVBUF", 1);
    struct sockaddr_in address = loopback(port);
    if (connect(lane->fd, (struct sockaddr *)&address, sizeof address) != 0) fail("connect", 1);

    for (unsigned i = 0; i < LANE_BATCH; i++) {
        lane->out_vectors[i].iov_base = lane->out_bytes[i];
        lane->out_messages[i].msg_hdr.msg_iov = &lane->out_vectors[i];
        lane->out_messages[i].msg_hdr.msg_iovlen = 1;
        lane->in_vectors[i] = (struct iovec){lane->in_bytes[i], ANSWER_MAX};
        lane->in_messages[i].msg_hdr.msg_iov = &lane->in_vectors[i];
        lane->in_messages[i].msg_hdr.msg_iovlen = 1;
    }
    return lane;
}

void lane_stamp_answers(struct lane *lane) {
    int on = 1;
    if (setsockopt(lane->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0)
        fail("SO_TIMESTAMPNS", 1);
    // The stamps are in wall-clock time.
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    lane->clock_offset = (int64_t)now_ns() - (wall.tv_sec * (int64_t)NANOSECONDS + wall.tv_nsec);
    for (unsigned i = 0; i < LANE_BATCH; i++)
        lane->in_messages[i].msg_hdr.msg_control = lane->in_control[i];
}

unsigned lane_send(struct lane *lane, const struct queries *queries, size_t *next,
                   unsigned wanted, struct tally *tally) {
    unsigned count = wanted < LANE_BATCH ? wanted : LANE_BATCH;
    if (count > lane->slots.free_count) count = lane->slots.free_count;
    if (count == 0) return 0;

    size_t position = *next;
    for (unsigned i = 0; i < count; i++) {
        struct slot *slot = slots_next(&lane->slots, i);
        slot->query = (uint32_t)position;
        lane->out_vectors[i].iov_len = queries_put(queries, position, slot->id, lane->out_bytes[i]);
        if (++position == queries->count) position = 0;
    }

    uint64_t now = now_ns();
    int done = sendmmsg(lane->fd, lane->out_messages, count, 0);
    if (done < 0) {
        // A refusal tells of an earlier packet; the server may be about to come back.
        if (errno == EAGAIN || errno == EINTR || errno == ECONNREFUSED || errno == ENOBUFS)
            return 0;
        fail("sendmmsg", 1);
    }
    slots_take(&lane->slots, (unsigned)done, now, tally);
    *next = (*next + (unsigned)done) % queries->count;
    return (unsigned)done;
}

/// When the kernel had the packet; `otherwise` when it does not say.
static uint64_t arrival(const struct lane *lane, struct msghdr *message, uint64_t otherwise) {
    struct cmsghdr *control = CMSG_FIRSTHDR(message);
    for (; control != NULL; control = CMSG_NXTHDR(message, control)) {
        if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_TIMESTAMPNS) continue;
        struct timespec stamp;
        memcpy(&stamp, CMSG_DATA(control), sizeof stamp);
        int64_t wall = stamp.tv_sec * (int64_t)NANOSECONDS + stamp.tv_nsec;
        return (uint64_t)(wall + lane->clock_offset);
    }
    return otherwise;
}

unsigned lane_receive(struct lane *lane, const struct queries *queries, struct tally *tally) {
    int stamped = lane->clock_offset != 0;
    for (unsigned i = 0; stamped && i < LANE_BATCH; i++)
        lane->in_messages[i].msg_hdr.msg_controllen = CONTROL_MAX;
    int count = recvmmsg(lane->fd, lane->in_messages, LANE_BATCH, MSG_DONTWAIT, NULL);
    if (count <= 0) {
        if (count < 0 && errno != EAGAIN && errno != EINTR && errno != ECONNREFUSED)
            fail("recvmmsg", 1);
        return 0;
    }
    uint64_t now = now_ns();
    for (unsigned i = 0; i < (unsigned)count; i++) {
        struct mmsghdr *message = &lane->in_messages[i];
        uint64_t time = stamped ? arrival(lane, &message->msg_hdr, now) : now;
        slots_answer(&lane->slots, queries, lane->in_bytes[i], message->msg_len, time, tally);
    }
    return (unsigned)count;
}

void lane_expire(struct lane *lane, uint64_t limit, struct tally *tally) {
    if (slots_outstanding(&lane->slots) == 0) return;
    for (uint32_t index = 0; index < slots_count(&lane->slots); index++) {
        uint64_t since = lane->slots.list[index].since;
        if (since != 0 && since < limit) slots_give_up(&lane->slots, index, tally);
    }
}

uint64_t lane_overflows(const struct lane *lane) {
    uint32_t memory[SK_MEMINFO_VARS] = {0};
    socklen_t size = sizeof memory;
    if (getsockopt(lane->fd, SOL_SOCKET, SO_MEMINFO, memory, &size) != 0) fail("SO_MEMINFO", 1);
    return memory[SK_MEMINFO_DROPS];
}
