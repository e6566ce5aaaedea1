// Unsafe file. Owns an SSL_CTX, whose pointer is valid until it is freed in deinit or replaced; sessions hold a
// reference to it of their own.

import COpenSSL
import Glibc
import Steering
import Transport
import Zones

/// What sessions have in common: whom to trust. A file of authorities is read anew when it has changed.
@safe
final class TLSContext {
  /// Why there can be no session. The text is fit to be shown.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let verification: TLSVerification
  private var context: OpaquePointer?
  /// Of the file of authorities, when it was read.
  private var stamp: FileStamp?

  init(_ verification: TLSVerification) {
    self.verification = verification
  }

  deinit { unsafe SSL_CTX_free(context) }

  /// A new session, of a client.
  func makeSession() throws(Failure) -> OpaquePointer {
    if case .authorities(let path) = verification {
      var status = stat()
      guard unsafe stat(path, &status) == 0 else {
        throw Failure(description: "cannot read ca=\(path): \(Errno(rawValue: errno))")
      }
      let stamp = FileStamp(status)
      if stamp != self.stamp {
        unsafe SSL_CTX_free(context)
        unsafe context = nil
      }
      self.stamp = stamp
    }
    if unsafe context == nil { unsafe context = try makeContext() }
    guard let session = unsafe SSL_new(context) else { throw Failure(description: OpenSSL.lastError) }
    return unsafe session
  }

  private func makeContext() throws(Failure) -> OpaquePointer {
    guard let made = unsafe SSL_CTX_new(TLS_client_method()) else {
      throw Failure(description: OpenSSL.lastError)
    }
    unsafe co_release_buffers(made)
    // The handshake goes on with any certificate, so that something can be said of it; what verification has
    // found is asked when it is over, and nothing is sent before.
    unsafe SSL_CTX_set_verify(made, SSL_VERIFY_NONE, nil)
    switch verification {
    case .none: break
    case .system: unsafe SSL_CTX_set_default_verify_paths(made)
    case .authorities(let path):
      guard unsafe SSL_CTX_load_verify_file(made, path) == 1 else {
        let reason = OpenSSL.lastError
        unsafe SSL_CTX_free(made)
        stamp = nil
        throw Failure(description: "cannot read ca=\(path): \(reason)")
      }
    }
    return unsafe made
  }
}
