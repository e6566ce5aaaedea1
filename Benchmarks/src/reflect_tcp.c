#include "reflect_tcp.h"

#include "support.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 64, BACKLOG = 1024, INPUT_SIZE = 65536, DNS_HEADER_SIZE = 12, QR_BIT = 0x80 };

struct connection {
    int fd;
    size_t received;  // octets of messages that are not whole yet
    unsigned char input[INPUT_SIZE];
};

static int listen_on(uint16_t port) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) fail("socket", 1);
    int on = 1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0) fail("SO_REUSEADDR", 1);
    struct sockaddr_in address = loopback(port);
    if (bind(fd, (struct sockaddr *)&address, sizeof address) != 0) fail("bind", 1);
    if (listen(fd, BACKLOG) != 0) fail("listen", 1);
    return fd;
}

static void accept_all(int epoll, int listener) {
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
        struct connection *connection = malloc(sizeof *connection);
        if (connection == NULL) fail("memory", 1);
        connection->fd = fd;
        connection->received = 0;
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) != 0) fail("epoll_ctl", 1);
    }
}

/// Sets the QR bits of the whole messages that are in the input. Returns their octets.
static size_t turn_round(struct connection *connection) {
    size_t at = 0;
    while (connection->received - at >= 2) {
        unsigned char *message = connection->input + at;
        size_t length = (size_t)(message[0] << 8 | message[1]);
        if (connection->received - at < 2 + length) break;
        if (length >= DNS_HEADER_SIZE) message[2 + 2] |= QR_BIT;
        at += 2 + length;
    }
    return at;
}

static void serve(struct connection *connection) {
    ssize_t count = recv(connection->fd, connection->input + connection->received,
                         INPUT_SIZE - connection->received, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count > 0) {
        connection->received += (size_t)count;
        size_t whole = turn_round(connection);
        // The load generator has few queries out, so the send buffer has room for all.
        ssize_t sent = whole == 0 ? 0 : send(connection->fd, connection->input, whole, MSG_NOSIGNAL);
        if (sent == (ssize_t)whole) {
            connection->received -= whole;
            memmove(connection->input, connection->input + whole, connection->received);
            return;
        }
    }
    close(connection->fd);
    free(connection);
}

_Noreturn void reflect_tcp(uint16_t port) {
    int listener = listen_on(port), epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) fail("epoll_create1", 1);
    struct epoll_event event = {.events = EPOLLIN};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event) != 0) fail("epoll_ctl", 1);
    for (;;) {
        struct epoll_event events[EVENTS];
        int count = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            if (events[i].data.ptr == NULL)
                accept_all(epoll, listener);
            else
                serve(events[i].data.ptr);
        }
    }
}
