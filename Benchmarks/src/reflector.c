// Turns UDP packets round: sets the QR bit and sends each back to where it came from. It does
// nothing else, so its rate is the limit of what any server can reach through the same system
// calls with the same batches. A process of its own does so over TCP.

#include "reflect_tcp.h"
#include "support.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 64, PACKET_SIZE = 1500, DNS_HEADER_SIZE = 12, QR_BIT = 0x80 };

static unsigned char packets[BATCH][PACKET_SIZE];
static struct sockaddr_in peers[BATCH];
static struct iovec vectors[BATCH];
static struct mmsghdr messages[BATCH];

static int open_socket(uint16_t port) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) fail("socket", 1);
    struct sockaddr_in address = loopback(port);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("bind", 1);
    return fd;
}

/// Receives one batch, at least one packet.
static unsigned receive(int fd) {
    for (unsigned i = 0; i < BATCH; i++) {
        // Both were overwritten by the batch before.
        vectors[i].iov_len = PACKET_SIZE;
        messages[i].msg_hdr.msg_namelen = sizeof peers[i];
    }
    for (;;) {
        int count = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL);
        if (count > 0) return (unsigned)count;
        if (count < 0 && errno != EINTR && errno != ECONNREFUSED) fail("recvmmsg", 1);
    }
}

static void send_back(int fd, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        vectors[i].iov_len = messages[i].msg_len;
        if (messages[i].msg_len >= DNS_HEADER_SIZE) packets[i][2] |= QR_BIT;
    }
    unsigned sent = 0;
    while (sent < count) {
        int done = sendmmsg(fd, messages + sent, count - sent, 0);
        if (done > 0)
            sent += (unsigned)done;
        else if (errno != EINTR)
            sent++;  // This one cannot be sent: its asker is gone.
    }
}

int main(int argc, char **argv) {
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},
        {"core", required_argument, NULL, 'c'},
        {NULL, 0, NULL, 0},
    };
    uint16_t port = 0;
    int core = -1;
    for (int flag; (flag = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (flag) {
        case 'p': port = (uint16_t)number_from("port", optarg, 1, 65535); break;
        case 'c': core = (int)number_from("core", optarg, 0, 1023); break;
        default: return 2;
        }
    }
    if (port == 0) fail("usage: reflector --port PORT [--core CORE]", 0);

    pin_to_core(core);
    pid_t child = fork();
    if (child < 0) fail("fork", 1);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        reflect_tcp(port);
    }
    int fd = open_socket(port);
    for (unsigned i = 0; i < BATCH; i++) {
        vectors[i].iov_base = packets[i];
        messages[i].msg_hdr = (struct msghdr){
            .msg_name = &peers[i], .msg_iov = &vectors[i], .msg_iovlen = 1};
    }
    for (;;) send_back(fd, receive(fd));
}
