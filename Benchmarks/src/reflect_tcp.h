// Turns DNS messages round over TCP, as the reflector does over UDP.

#ifndef REFLECT_TCP_H
#define REFLECT_TCP_H

#include <stdint.h>

/// Listens on 127.0.0.1:port, and never returns.
_Noreturn void reflect_tcp(uint16_t port);

#endif
