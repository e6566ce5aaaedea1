// OpenSSL 3, with functions for those of its macros that are used, as Swift does not see macros with arguments.
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/// Sends `name` as the server's name (RFC 6066 §3); 1: done.
static inline long co_set_server_name(SSL *session, const char *name) {
    return SSL_set_tlsext_host_name(session, name);
}

/// Frees buffers while nothing is in them.
static inline void co_release_buffers(SSL_CTX *context) {
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}

/// Makes a memory BIO that is empty say "not yet", in place of "the end".
static inline void co_wait_when_empty(BIO *memory) {
    BIO_set_mem_eof_return(memory, -1);
}
