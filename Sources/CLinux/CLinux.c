#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sock_diag.h>
#include <malloc.h>
#include <netinet/in.h>
#include <pthread.h>
#include <resolv.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

_Static_assert(sizeof(struct cl_mmsghdr) == sizeof(struct mmsghdr), "size of mmsghdr");
_Static_assert(
    offsetof(struct cl_mmsghdr, msg_len) == offsetof(struct mmsghdr, msg_len), "layout of mmsghdr");
_Static_assert(CMSG_SPACE(sizeof(struct in6_pktinfo)) <= CL_CONTROL_SIZE, "room for IPV6_PKTINFO");
_Static_assert(CMSG_SPACE(sizeof(struct in_pktinfo)) <= CL_CONTROL_SIZE, "room for IP_PKTINFO");

static inline long result(long value) {
    return value < 0 ? -errno : value;
}

// Datagrams

int cl_receive_batch(int fd, struct cl_mmsghdr *messages, unsigned int count) {
    return (int)result(recvmmsg(fd, (struct mmsghdr *)messages, count, MSG_WAITFORONE, NULL));
}

int cl_send_batch(int fd, struct cl_mmsghdr *messages, unsigned int count) {
    return (int)result(sendmmsg(fd, (struct mmsghdr *)messages, count, MSG_DONTWAIT));
}

size_t cl_reply_control(struct msghdr *received) {
    for (struct cmsghdr *header = CMSG_FIRSTHDR(received); header != NULL;
         header = CMSG_NXTHDR(received, header)) {
        // The interface is left to routing, as an answer may have to leave by another one than its
        // query came in by. A link-local address means nothing without its interface.
        if (header->cmsg_level == IPPROTO_IP && header->cmsg_type == IP_PKTINFO) {
            ((struct in_pktinfo *)CMSG_DATA(header))->ipi_ifindex = 0;
            return received->msg_controllen;
        }
        if (header->cmsg_level == IPPROTO_IPV6 && header->cmsg_type == IPV6_PKTINFO) {
            struct in6_pktinfo *info = (struct in6_pktinfo *)CMSG_DATA(header);
            if (!IN6_IS_ADDR_LINKLOCAL(&info->ipi6_addr)) info->ipi6_ifindex = 0;
            return received->msg_controllen;
        }
    }
    return 0;
}

int cl_request_destination(int fd, int family) {
    const int on = 1;
    if (family == AF_INET6)
        return (int)result(setsockopt(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on));
    return (int)result(setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &on, sizeof on));
}

int cl_allow_fragments(int fd, int family) {
    const int omit = family == AF_INET6 ? IPV6_PMTUDISC_OMIT : IP_PMTUDISC_OMIT;
    if (family == AF_INET6)
        return (int)result(setsockopt(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, &omit, sizeof omit));
    return (int)result(setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &omit, sizeof omit));
}

int64_t cl_overflow_count(int fd) {
    uint32_t memory[SK_MEMINFO_VARS] = {0};
    socklen_t length = sizeof memory;
    if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, memory, &length) < 0) return -errno;
    return memory[SK_MEMINFO_DROPS];
}

// Streams

int cl_accept(int fd, struct sockaddr_storage *peer) {
    socklen_t length = sizeof *peer;
    return (int)result(accept4(fd, (struct sockaddr *)peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC));
}

long cl_receive(int fd, void *buffer, size_t count) {
    return result(recv(fd, buffer, count, MSG_DONTWAIT));
}

long cl_send(int fd, const void *buffer, size_t count) {
    return result(send(fd, buffer, count, MSG_DONTWAIT | MSG_NOSIGNAL));
}

int cl_close(int fd) {
    return (int)result(close(fd));
}

// Files passed to other processes

union files {
    struct cmsghdr header;
    char room[CMSG_SPACE(CL_FILES * sizeof(int))];
};

long cl_send_files(int fd, const void *octets, size_t count, const int *files, size_t fileCount) {
    if (fileCount > CL_FILES) return -EINVAL;
    struct iovec vector = {.iov_base = (void *)octets, .iov_len = count};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
    union files control;
    if (fileCount > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(fileCount * sizeof(int));
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(fileCount * sizeof(int));
        memcpy(CMSG_DATA(&control.header), files, fileCount * sizeof(int));
    }
    return result(sendmsg(fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL));
}

long cl_receive_files(int fd, void *buffer, size_t count, int *files, size_t *fileCount) {
    struct iovec vector = {.iov_base = buffer, .iov_len = count};
    union files control;
    size_t room = *fileCount < CL_FILES ? *fileCount : CL_FILES;
    struct msghdr message = {
        .msg_iov = &vector,
        .msg_iovlen = 1,
        .msg_control = &control,
        .msg_controllen = room > 0 ? CMSG_LEN(room * sizeof(int)) : 0,
    };
    *fileCount = 0;
    long received = result(recvmsg(fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC));
    if (received < 0) return received;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        size_t length = header->cmsg_len - CMSG_LEN(0);
        memcpy(files, CMSG_DATA(header), length);
        *fileCount = length / sizeof(int);
    }
    return received;
}

int64_t cl_peer_user(int fd, int *process) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) < 0) return -errno;
    *process = peer.pid;
    return peer.uid;
}

// Files

int cl_memory_file(const char *name) {
    return (int)result(memfd_create(name, MFD_CLOEXEC));
}

// Events and time

int cl_epoll_create(void) {
    return (int)result(epoll_create1(EPOLL_CLOEXEC));
}

static int epoll_change(int epoll, int operation, int fd, uint32_t events, uint64_t data) {
    struct epoll_event event = {.events = events, .data = {.u64 = data}};
    return (int)result(epoll_ctl(epoll, operation, fd, &event));
}

int cl_epoll_add(int epoll, int fd, uint32_t events, uint64_t data) {
    return epoll_change(epoll, EPOLL_CTL_ADD, fd, events, data);
}

int cl_epoll_modify(int epoll, int fd, uint32_t events, uint64_t data) {
    return epoll_change(epoll, EPOLL_CTL_MOD, fd, events, data);
}

int cl_epoll_wait(int epoll, struct epoll_event *events, int count, int milliseconds) {
    return (int)result(epoll_wait(epoll, events, count, milliseconds));
}

int cl_event_create(void) {
    return (int)result(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
}

int cl_event_signal(int fd) {
    return (int)result(eventfd_write(fd, 1));
}

int64_t cl_monotonic_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t cl_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t cl_wall_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int cl_limit_sending(int fd, int seconds) {
    struct timeval limit = {.tv_sec = seconds};
    return setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0 ? 0 : -errno;
}

void cl_nap(int64_t microseconds) {
    struct timespec time = {.tv_sec = microseconds / 1000000, .tv_nsec = microseconds % 1000000 * 1000};
    nanosleep(&time, NULL);
}

void cl_wake_punctually(void) {
    prctl(PR_SET_TIMERSLACK, 1);
}

// Names

void cl_take_names_as_they_are(void) {
    if (res_init() == 0) _res.options &= ~(RES_DEFNAMES | RES_DNSRCH);
}

// Processes

int cl_process_file(int process) {
    return (int)result(syscall(SYS_pidfd_open, process, 0));
}

int cl_pipe(int *ends) {
    if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
    return (int)result(fcntl(ends[0], F_SETFL, O_NONBLOCK));
}

long cl_read(int fd, void *buffer, size_t count) {
    return result(read(fd, buffer, count));
}

int cl_spawn(char *const *arguments, char *const *environment, int output) {
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawn_file_actions_init(&actions);
    // In this order, lest what is to be the output is replaced by what is opened.
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#ifdef __GLIBC__
    // Descriptors are closed on exec, but for such as a library has opened at this moment.
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
#endif
    pid_t process;
    int error = posix_spawnp(&process, arguments[0], &actions, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error == 0 ? process : -error;
}

int cl_reap(int process) {
    int status = 0;
    long reaped = result(waitpid(process, &status, 0));
    return reaped < 0 ? (int)reaped : status;
}

// Threads

int cl_allowed_cores(void) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) < 0) return -errno;
    return CPU_COUNT(&allowed);
}

int cl_pin_to_core(int index) {
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) < 0) return -errno;
    for (int core = 0; core < CPU_SETSIZE; core++) {
        if (!CPU_ISSET(core, &allowed) || index-- > 0) continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(core, &one);
        return (int)result(sched_setaffinity(0, sizeof one, &one));
    }
    return -EINVAL;
}

void cl_name_thread(const char *name) {
    char kept[16] = {0};
    strncpy(kept, name, sizeof kept - 1);
    pthread_setname_np(pthread_self(), kept);
}

static void do_nothing(int signal) {
    (void)signal;
}

void cl_heed_interruption(int signal) {
    struct sigaction action = {.sa_handler = do_nothing};
    sigaction(signal, &action, NULL);
}

// As in <linux/sched/types.h>, which not every C library's <sched.h> goes together with.
struct scheduling {
    uint32_t size;
    uint32_t policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t turn;
    uint64_t deadline;
    uint64_t period;
};
_Static_assert(sizeof(struct scheduling) == 48, "the first version of sched_attr");

void cl_take_short_turns(int64_t nanoseconds) {
    struct scheduling own = {0};
    if (syscall(SYS_sched_getattr, 0, &own, sizeof own, 0) != 0) return;
    // Other classes of scheduling were chosen by who started the process.
    if (own.policy != SCHED_OTHER) return;
    own.turn = (uint64_t)nanoseconds;
    syscall(SYS_sched_setattr, 0, &own, 0);
}

void cl_take_process_priority(void) {
    errno = 0;
    int priority = getpriority(PRIO_PROCESS, (id_t)getpid());
    if (errno == 0) setpriority(PRIO_PROCESS, 0, priority);
}

int cl_lower_priority(void) {
    // On Linux the calling thread, not the process: see the notes in setpriority(2).
    return (int)result(setpriority(PRIO_PROCESS, 0, 19));
}

// Memory: other C libraries than glibc (musl) have neither call, nor the need of it.

void cl_return_large_blocks(void) {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}

void cl_trim_memory(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}
