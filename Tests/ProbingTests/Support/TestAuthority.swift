import COpenSSL
import Glibc
import TestSupport
import Testing

/// An authority with a certificate of its own, which gives out others. Never freed, as it lives as long as the
/// tests.
struct TestAuthority: @unchecked Sendable {
  /// A key and its certificate.
  struct Identity: @unchecked Sendable {
    let key: OpaquePointer
    let certificate: OpaquePointer

    /// Both in PEM.
    func pem() throws -> (certificate: [UInt8], key: [UInt8]) {
      (
        try TestAuthority.octets { PEM_write_bio_X509($0, certificate) },
        try TestAuthority.octets { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) }
      )
    }
  }

  let identity: Identity

  /// The certificate in PEM.
  func pem() throws -> [UInt8] { try identity.pem().certificate }

  private static func octets(_ write: (OpaquePointer) -> Int32) throws -> [UInt8] {
    let memory = try #require(BIO_new(BIO_s_mem()))
    defer { BIO_free(memory) }
    try #require(write(memory) == 1)
    var buffer = [UInt8](repeating: 0, count: 8_192)
    let count = BIO_read(memory, &buffer, Int32(buffer.count))
    return Array(buffer[..<Int(count)])
  }

  init(_ name: String = "Authority") throws {
    identity = try Self.make(name, alternative: nil, days: 10, by: nil)
  }

  /// - Parameters:
  ///   - alternative: whom the certificate is for: `DNS:www.example.com`, `IP:127.0.0.1`.
  ///   - days: after which it expires; negative: it has expired.
  func identity(for alternative: String, days: Int = 10) throws -> Identity {
    try Self.make("Member", alternative: alternative, days: days, by: identity)
  }

  private static func make(
    _ name: String, alternative: String?, days: Int, by issuer: Identity?
  ) throws -> Identity {
    let context = try #require(EVP_PKEY_CTX_new_from_name(nil, "EC", nil))
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    try #require(EVP_PKEY_keygen_init(context) == 1)
    try #require(EVP_PKEY_CTX_set_group_name(context, "P-256") == 1)
    try #require(EVP_PKEY_generate(context, &key) == 1)
    let made = try #require(key)

    let certificate = try #require(X509_new())
    X509_set_version(certificate, 2)
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), Int(random()))
    X509_gmtime_adj(X509_getm_notBefore(certificate), -30 * 86_400)
    X509_gmtime_adj(X509_getm_notAfter(certificate), days * 86_400)
    X509_set_pubkey(certificate, made)
    let subject = try #require(X509_get_subject_name(certificate))
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, name, -1, -1, 0)
    X509_set_issuer_name(
      certificate, issuer.map { X509_get_subject_name($0.certificate) } ?? subject)
    try add(NID_basic_constraints, issuer == nil ? "critical,CA:TRUE" : "CA:FALSE", to: certificate)
    if let alternative { try add(NID_subject_alt_name, alternative, to: certificate) }
    try #require(X509_sign(certificate, issuer?.key ?? made, EVP_sha256()) > 0)
    return Identity(key: made, certificate: certificate)
  }

  private static func add(_ kind: Int32, _ value: String, to certificate: OpaquePointer) throws {
    let entry = try #require(X509V3_EXT_conf_nid(nil, nil, kind, value))
    X509_add_ext(certificate, entry, -1)
    X509_EXTENSION_free(entry)
  }
}

/// The server's side of a TLS session, in memory.
final class TestTLSServer {
  private let context: OpaquePointer
  private let session: OpaquePointer
  private let input: OpaquePointer
  private let output: OpaquePointer
  /// Sent as soon as something has come; then the session is closed, or the connection, or neither.
  var response: [UInt8]
  var ending = Ending.session
  private(set) var request: [UInt8] = []
  private(set) var name: String?

  enum Ending {
    case session, nothing
  }

  init(_ identity: TestAuthority.Identity, response: String) throws {
    context = try #require(SSL_CTX_new(TLS_server_method()))
    try #require(SSL_CTX_use_certificate(context, identity.certificate) == 1)
    try #require(SSL_CTX_use_PrivateKey(context, identity.key) == 1)
    session = try #require(SSL_new(context))
    input = try #require(BIO_new(BIO_s_mem()))
    output = try #require(BIO_new(BIO_s_mem()))
    co_wait_when_empty(input)
    SSL_set_bio(session, input, output)
    SSL_set_accept_state(session)
    self.response = Array(response.utf8)
  }

  deinit {
    SSL_free(session)
    SSL_CTX_free(context)
  }

  /// What the server answers to `octets`.
  func exchange(_ octets: [UInt8]) -> [UInt8] {
    ERR_clear_error()
    BIO_write(input, octets, Int32(octets.count))
    var buffer = [UInt8](repeating: 0, count: 16_384)
    let count = SSL_read(session, &buffer, Int32(buffer.count))
    if count > 0 {
      request += buffer[..<Int(count)]
      name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
      SSL_write(session, response, Int32(response.count))
      if ending == .session { SSL_shutdown(session) }
    }
    var sent: [UInt8] = []
    while case let count = BIO_read(output, &buffer, Int32(buffer.count)), count > 0 {
      sent += buffer[..<Int(count)]
    }
    return sent
  }
}
