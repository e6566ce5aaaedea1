// Linux calls that the Glibc module does not show to Swift, or that the data path needs with a promise:
// functions marked CL_DATA_PATH neither allocate nor take a lock, and Swift's @_noAllocation and
// @_noLocks proofs rely on it.
//
// The functions are not inline where their bodies need _GNU_SOURCE, which must not reach Swift targets, as it
// changes the layout of structures. Unless said otherwise they return what the call does, or the
// negative of errno when it fails, and leave retrying to the caller.

#ifndef CLINUX_H
#define CLINUX_H

#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define CL_DATA_PATH __attribute__((swift_attr("@_noLocks"), swift_attr("@_noAllocation")))

/// What glibc calls `struct mmsghdr` and declares for _GNU_SOURCE only.
struct cl_mmsghdr {
    struct msghdr msg_hdr;
    /// Octets received or sent.
    unsigned int msg_len;
};

/// Octets of control data that hold the destination address of a datagram of either family.
enum { CL_CONTROL_SIZE = 64 };

// Datagrams

/// recvmmsg(2) with MSG_WAITFORONE: waits for one datagram, then takes what else is there.
CL_DATA_PATH int cl_receive_batch(int fd, struct cl_mmsghdr *messages, unsigned int count);

/// sendmmsg(2) without waiting. Returns how many were sent; stops at the first that fails, and fails
/// itself when that is the first one.
CL_DATA_PATH int cl_send_batch(int fd, struct cl_mmsghdr *messages, unsigned int count);

/// Turns the control data of a received message into that of its reply, in place: the address asked
/// becomes the source address. Returns how many octets of it to send, 0 when there is no such address.
CL_DATA_PATH size_t cl_reply_control(struct msghdr *received);

/// setsockopt(2): asks for the destination address of every datagram (IP_PKTINFO, IPV6_RECVPKTINFO).
int cl_request_destination(int fd, int family);

/// setsockopt(2): lets datagrams be fragmented and disregards path MTU discovery.
int cl_allow_fragments(int fd, int family);

/// Datagrams that the kernel dropped because the socket's receive buffer was full, since it was opened.
int64_t cl_overflow_count(int fd);

// Streams

/// accept4(2) with SOCK_NONBLOCK and SOCK_CLOEXEC.
CL_DATA_PATH int cl_accept(int fd, struct sockaddr_storage *peer);
/// recv(2) without waiting.
CL_DATA_PATH long cl_receive(int fd, void *buffer, size_t count);
/// send(2) without waiting and without SIGPIPE.
CL_DATA_PATH long cl_send(int fd, const void *buffer, size_t count);
CL_DATA_PATH int cl_close(int fd);

// Files passed to other processes

/// sendmsg(2) of octets with descriptors, without waiting and without SIGPIPE. Returns how many octets were sent;
/// the descriptors go with the first.
long cl_send_files(int fd, const void *octets, size_t count, const int *files, size_t fileCount);
/// recvmsg(2) of octets with the descriptors that came with them, closed on exec, without waiting. `fileCount` is
/// how many there is room for, up to CL_FILES, and then how many came.
long cl_receive_files(int fd, void *buffer, size_t count, int *files, size_t *fileCount);
/// The most descriptors that Linux passes in one message.
enum { CL_FILES = 253 };
/// The user of the process at the other end of a Unix socket (SO_PEERCRED), and its number.
int64_t cl_peer_user(int fd, int *process);

// Files

/// memfd_create(2) with MFD_CLOEXEC: a file without a name, in memory.
int cl_memory_file(const char *name);

// Events and time

int cl_epoll_create(void);
CL_DATA_PATH int cl_epoll_add(int epoll, int fd, uint32_t events, uint64_t data);
CL_DATA_PATH int cl_epoll_modify(int epoll, int fd, uint32_t events, uint64_t data);
CL_DATA_PATH int cl_epoll_wait(int epoll, struct epoll_event *events, int count, int milliseconds);
/// An eventfd(2) that is read nowhere: once signalled it stays readable for all who wait on it.
int cl_event_create(void);
int cl_event_signal(int fd);
/// Milliseconds of CLOCK_MONOTONIC.
CL_DATA_PATH int64_t cl_monotonic_milliseconds(void);
/// Nanoseconds of CLOCK_MONOTONIC.
CL_DATA_PATH int64_t cl_monotonic_nanoseconds(void);
/// Nanoseconds of CLOCK_REALTIME since 1970.
CL_DATA_PATH int64_t cl_wall_nanoseconds(void);
/// setsockopt(2), SO_SNDTIMEO: how long connecting and sending may take.
int cl_limit_sending(int fd, int seconds);
/// Sleeps, or less when a signal comes.
CL_DATA_PATH void cl_nap(int64_t microseconds);
/// prctl(2), PR_SET_TIMERSLACK: the shortest.
CL_DATA_PATH void cl_wake_punctually(void);

// Names

/// Makes lookups of the calling thread take names as they are: else those without an address are looked for in
/// the domains of resolv.conf's `search`, too.
void cl_take_names_as_they_are(void);

// Processes

/// pidfd_open(2): a descriptor that is readable from when the process has ended.
int cl_process_file(int process);
/// pipe(2): the end to read from, which never waits, and the one to write to, both closed on exec.
int cl_pipe(int *ends);
/// read(2).
long cl_read(int fd, void *buffer, size_t count);
/// posix_spawnp(3) of `arguments`, which like `environment` end with NULL: in a process group of its own, with
/// /dev/null for input and errors, `output` for output and no other descriptor, and with no signal blocked or
/// ignored. Returns the process ID.
int cl_spawn(char *const *arguments, char *const *environment, int output);
/// Waits for a child that has ended or is about to. Returns its status as wait(2) gives it.
int cl_reap(int process);

// Threads

/// Cores that the calling thread may run on.
int cl_allowed_cores(void);
/// Binds the calling thread to the core that is the `index`th (from 0) of those it may run on.
int cl_pin_to_core(int index);
/// Names the calling thread; at most 15 octets are kept.
void cl_name_thread(const char *name);
/// Makes a signal do nothing but end the system call that the thread waits in (sigaction(2) without SA_RESTART).
void cl_heed_interruption(int signal);
/// Gives the calling thread the priority of the process's first one (setpriority(2)), if it may have it.
void cl_take_process_priority(void);
/// Asks for turns on a core of so many nanoseconds, from 100,000 (sched_setattr(2); since Linux 6.12, others ignore it).
/// Does nothing unless the calling thread is scheduled in the ordinary way.
CL_DATA_PATH void cl_take_short_turns(int64_t nanoseconds);
/// Gives the calling thread the lowest of the ordinary priorities (setpriority(2)).
int cl_lower_priority(void);

// Memory

/// Has the processor fetch the memory at an address, while other work goes on. It may be any address.
CL_DATA_PATH static inline void cl_prefetch(uintptr_t address) { __builtin_prefetch((const void *)address); }

/// Makes the allocator take blocks of a mebibyte and more from the system, and give them back as they are
/// freed. By itself glibc keeps ever larger ones once it has seen them freed.
void cl_return_large_blocks(void);
/// Gives what the allocator has left over back to the system.
void cl_trim_memory(void);

#endif
