// Unsafe file. Owns an SSL with the two memory BIOs that the SSL owns in turn; all three are valid until deinit.
// Each buffer is an array's or a span's, passed with its length.

import COpenSSL
import DNSWire
import Glibc
import Steering

/// The client's side of a TLS session (RFC 8446) as octets in, octets out.
@safe
final class TLSSession {
  enum Progress: Equatable {
    case waiting, done
    /// The text is fit to be shown.
    case failed(String)
  }

  private let session: OpaquePointer
  /// What the peer has sent, and what is to be sent to it.
  private let input: OpaquePointer
  private let output: OpaquePointer

  /// - Parameter host: the name or address of which the peer must have a certificate; names are told to it.
  init(_ context: TLSContext, host: String) throws(TLSContext.Failure) {
    let made = unsafe try context.makeSession()
    guard let input = unsafe BIO_new(BIO_s_mem()), let output = unsafe BIO_new(BIO_s_mem()) else {
      unsafe SSL_free(made)
      throw TLSContext.Failure(description: OpenSSL.lastError)
    }
    unsafe co_wait_when_empty(input)
    unsafe SSL_set_bio(made, input, output)
    unsafe SSL_set_connect_state(made)
    if IPAddress(host) == nil {
      unsafe co_set_server_name(made, host)
      unsafe SSL_set1_host(made, host)
    } else {
      unsafe X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(made), host)
    }
    unsafe session = made
    unsafe self.input = input
    unsafe self.output = output
  }

  deinit { unsafe SSL_free(session) }

  /// Takes what the peer has sent.
  func receive(_ octets: Span<UInt8>) {
    unsafe octets.withUnsafeBytes { octets in
      _ = unsafe BIO_write(input, octets.baseAddress, Int32(octets.count))
    }
  }

  /// Goes on with the handshake.
  func handshake() -> Progress {
    ERR_clear_error()
    let status = unsafe SSL_do_handshake(session)
    return status == 1 ? .done : progress(after: status)
  }

  /// Puts octets that the peer has sent to us into `buffer`.
  ///
  /// - Returns: how many; 0 with `done`: there are no more to come.
  func read(into buffer: inout [UInt8]) -> (count: Int, progress: Progress) {
    ERR_clear_error()
    let count = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe SSL_read(session, buffer.baseAddress, Int32(buffer.count))
    }
    return count > 0 ? (Int(count), .done) : (0, progress(after: count))
  }

  /// Takes octets for the peer.
  func write(_ octets: [UInt8]) {
    guard !octets.isEmpty else { return }
    // A memory BIO takes everything.
    unsafe octets.withUnsafeBytes { octets in
      _ = unsafe SSL_write(session, octets.baseAddress, Int32(octets.count))
    }
  }

  /// What is to be sent to the peer.
  func takeOutput() -> [UInt8] {
    let count = unsafe BIO_ctrl_pending(output)
    guard count > 0 else { return [] }
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, unsafe Int(BIO_read(output, buffer.baseAddress, Int32(buffer.count))))
    }
  }

  private func progress(after status: Int32) -> Progress {
    switch unsafe SSL_get_error(session, status) {
    case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .waiting
    case SSL_ERROR_ZERO_RETURN: return .done
    default: return .failed(OpenSSL.lastError)
    }
  }

  // MARK: The peer's certificate

  /// What is wrong with it; nil: nothing.
  var verificationFailure: String? {
    let code = unsafe SSL_get_verify_result(session)
    guard code != X509_V_OK, let text = unsafe X509_verify_cert_error_string(code) else { return nil }
    return unsafe String(cString: text)
  }

  /// When it expires, in seconds since 1970; nil: none was seen.
  var certificateExpiry: Int64? {
    guard let certificate = unsafe SSL_get0_peer_certificate(session),
      let end = unsafe X509_get0_notAfter(certificate)
    else { return nil }
    var time = unsafe tm()
    guard unsafe ASN1_TIME_to_tm(end, &time) == 1 else { return nil }
    return unsafe Int64(timegm(&time))
  }
}
