// What both programs need: the clock, pinning, numbers from flags, failing.

#ifndef SUPPORT_H
#define SUPPORT_H

#include <netinet/in.h>
#include <stdint.h>

enum { NANOSECONDS = 1000000000 };

/// Monotonic time in nanoseconds.
uint64_t now_ns(void);

/// Prints the message (with errno's text when `with_errno`) and exits with 1.
_Noreturn void fail(const char *what, int with_errno);

/// The value of a numeric flag; exits when it is no number or out of range.
double number_from(const char *flag, const char *text, double low, double high);

/// Lets this process run on one core only. A negative core means any.
void pin_to_core(int core);

/// Takes real-time priority, so that no other process delays this one. Says so when it cannot.
void become_realtime(void);

/// 127.0.0.1 with the port.
struct sockaddr_in loopback(uint16_t port);

#endif
