// Unsafe file. All calls of ldns are here: it takes C strings and gives memory that is to be freed. Each
// function frees what it got before it returns, and copies what it hands on. ldns trusts its caller with the
// length of texts (its converters count them in 8 and 16 bits), so `convert` bounds them.

import CLDNS
import DNSWire
import Synchronization

/// ldns, for what it knows about record types: their names, the fields of their RDATA, and how the fields
/// are written that few records have.
enum LDNS {
  /// No field that ldns converts has a sensible value that is longer.
  static let longestText = 1024

  /// Held while WKS is converted: for that ldns calls getprotobyname(3) and getservbyname(3), which return
  /// memory that the next call changes, and zones are read by several threads. Its other conversions have
  /// no state.
  private static let services = Mutex(())

  /// The type with a name; nil when ldns has none.
  static func type(named word: Span<UInt8>) -> RRType? {
    guard word.count > 0, word.count <= 16 else { return nil }
    var text: [UInt8] = []
    for index in 0..<word.count {
      text.append(word[index] &- 0x61 < 26 ? word[index] & 0xdf : word[index])
    }
    text.append(0)
    // ldns takes anything after TYPE for a number; numbers are read before, and strictly.
    guard !text.starts(with: "TYPE".utf8) else { return nil }
    let code = unsafe withCString(text) { unsafe ldns_get_rr_type_by_name($0) }
    let type = RRType(rawValue: UInt16(truncatingIfNeeded: code.rawValue))
    guard code.rawValue != 0, name(of: type) != nil || type.isForMessages else { return nil }
    return type
  }

  static func name(of type: RRType) -> String? {
    guard let descriptor = unsafe descriptor(of: type), let name = unsafe descriptor.pointee._name else {
      return nil
    }
    return unsafe String(cString: name)
  }

  /// The fields of a type; nil when ldns does not know it.
  static func form(of type: RRType) -> RecordForm? {
    guard let descriptor = unsafe descriptor(of: type) else { return nil }
    let count = unsafe Int(descriptor.pointee._maximum)
    let fields = (0..<count).map { index in
      kind(unsafe ldns_rr_descriptor_field_type(descriptor, index))
    }
    let variable = unsafe descriptor.pointee._variable
    return RecordForm(
      type: type, fields: fields,
      required: unsafe Int(descriptor.pointee._minimum),
      repeated: variable == LDNS_RDF_TYPE_NONE ? nil : kind(variable))
  }

  /// Appends the wire format of a field to `data`; false when `text`, which ends with a zero octet, is not
  /// one of `kind`.
  static func convert(_ text: [UInt8], as kind: FieldKind, into data: inout RDataBuffer) -> Bool {
    guard text.count <= longestText else { return false }
    var field: UnsafeMutablePointer<ldns_rdf>?
    let status = unsafe withCString(text) { text in
      switch kind {
      case .algorithm: unsafe ldns_str2rdf_alg(&field, text)
      case .certificateType: unsafe ldns_str2rdf_cert_alg(&field, text)
      case .certificateUsage: unsafe ldns_str2rdf_certificate_usage(&field, text)
      case .selector: unsafe ldns_str2rdf_selector(&field, text)
      case .matchingType: unsafe ldns_str2rdf_matching_type(&field, text)
      case .tag: unsafe ldns_str2rdf_tag(&field, text)
      case .time: unsafe ldns_str2rdf_time(&field, text)
      case .eui48: unsafe ldns_str2rdf_eui48(&field, text)
      case .eui64: unsafe ldns_str2rdf_eui64(&field, text)
      case .locator: unsafe ldns_str2rdf_ilnp64(&field, text)
      case .nsap: unsafe ldns_str2rdf_nsap(&field, text)
      case .atma: unsafe ldns_str2rdf_atma(&field, text)
      case .services: services.withLock { _ in unsafe ldns_str2rdf_wks(&field, text) }
      default: LDNS_STATUS_NOT_IMPL
      }
    }
    guard status == LDNS_STATUS_OK, let field = unsafe field else {
      unsafe ldns_rdf_deep_free(field)
      return false
    }
    unsafe append(field, to: &data)
    // For a protocol that it does not know, ldns writes 0.
    let isUnknownProtocol = unsafe kind == .services && ldns_rdf_data(field).pointee == 0
    unsafe ldns_rdf_deep_free(field)
    return !isUnknownProtocol
  }

  /// Whether octets are the RDATA of a type, with the names in it whole and uncompressed. Types that ldns
  /// does not know may have any.
  static func isWellFormed(_ data: borrowing RDataBuffer, type: RRType) -> Bool {
    guard let form = form(of: type) else { return true }
    guard let record = unsafe ldns_rr_new() else { return false }
    defer { unsafe ldns_rr_free(record) }
    unsafe ldns_rr_set_type(record, ldns_rr_type(rawValue: UInt32(type.rawValue)))
    let octets = data.span
    // ldns reads RDATA with RDLENGTH in front.
    var wire = [UInt8(truncatingIfNeeded: octets.count >> 8), UInt8(truncatingIfNeeded: octets.count)]
    for index in 0..<octets.count {
      wire.append(octets[index])
    }
    var position = 0
    let status = unsafe wire.withUnsafeBufferPointer { buffer in
      unsafe ldns_wire2rdf(record, buffer.baseAddress, buffer.count, &position)
    }
    guard status == LDNS_STATUS_OK else { return false }
    // What ldns understood must be what was written: it accepts octets left over, and expands names.
    var understood = RDataBuffer()
    let count = unsafe ldns_rr_rd_count(record)
    // It also accepts RDATA that ends early. That is right only where all fields that are missing can be empty.
    let missing = count..<max(count, form.required)
    guard missing.allSatisfy({ form.kind(at: $0).canBeEmpty }) else { return false }
    for index in 0..<count {
      guard let field = unsafe ldns_rr_rdf(record, index) else { return false }
      unsafe append(field, to: &understood)
    }
    return understood == data
  }

  private static func descriptor(of type: RRType) -> UnsafePointer<ldns_rr_descriptor>? {
    // For a type that it does not know, ldns gives the description of another.
    guard let descriptor = unsafe ldns_rr_descript(type.rawValue),
      unsafe descriptor.pointee._type.rawValue == UInt32(type.rawValue)
    else { return nil }
    return unsafe descriptor
  }

  private static func append(_ field: UnsafeMutablePointer<ldns_rdf>, to data: inout RDataBuffer) {
    guard let octets = unsafe ldns_rdf_data(field) else { return }
    data.append(unsafe Span(_unsafeStart: octets, count: ldns_rdf_size(field)))
  }

  private static func withCString<R>(_ text: [UInt8], _ body: (UnsafePointer<CChar>) -> R) -> R {
    unsafe text.withUnsafeBytes { octets in
      let bound = unsafe octets.bindMemory(to: CChar.self)
      // `text` ends with a zero octet, so it is not empty and has an address.
      guard let start = bound.baseAddress else { preconditionFailure("a C string without its end") }
      return unsafe body(start)
    }
  }

  private static func kind(_ type: ldns_rdf_type) -> FieldKind {
    switch type {
    case LDNS_RDF_TYPE_DNAME: .name
    case LDNS_RDF_TYPE_INT8: .number8
    case LDNS_RDF_TYPE_INT16: .number16
    case LDNS_RDF_TYPE_INT32: .number32
    case LDNS_RDF_TYPE_A: .ipv4Address
    case LDNS_RDF_TYPE_AAAA: .ipv6Address
    case LDNS_RDF_TYPE_STR: .string
    case LDNS_RDF_TYPE_APL: .prefix
    case LDNS_RDF_TYPE_B64: .base64
    case LDNS_RDF_TYPE_HEX: .hexadecimal
    case LDNS_RDF_TYPE_NSEC: .typeBitmap
    case LDNS_RDF_TYPE_TYPE: .type
    case LDNS_RDF_TYPE_CERT_ALG: .certificateType
    case LDNS_RDF_TYPE_ALG: .algorithm
    case LDNS_RDF_TYPE_TIME: .time
    case LDNS_RDF_TYPE_PERIOD: .period
    case LDNS_RDF_TYPE_HIP: .hostIdentity
    case LDNS_RDF_TYPE_LOC: .location
    case LDNS_RDF_TYPE_WKS: .services
    case LDNS_RDF_TYPE_NSAP: .nsap
    case LDNS_RDF_TYPE_ATMA: .atma
    case LDNS_RDF_TYPE_IPSECKEY: .gateway
    case LDNS_RDF_TYPE_NSEC3_SALT: .salt
    case LDNS_RDF_TYPE_NSEC3_NEXT_OWNER, LDNS_RDF_TYPE_B32_EXT: .base32
    case LDNS_RDF_TYPE_ILNP64: .locator
    case LDNS_RDF_TYPE_EUI48: .eui48
    case LDNS_RDF_TYPE_EUI64: .eui64
    case LDNS_RDF_TYPE_TAG: .tag
    case LDNS_RDF_TYPE_LONG_STR: .unboundedString
    case LDNS_RDF_TYPE_CERTIFICATE_USAGE: .certificateUsage
    case LDNS_RDF_TYPE_SELECTOR: .selector
    case LDNS_RDF_TYPE_MATCHING_TYPE: .matchingType
    case LDNS_RDF_TYPE_SVCPARAMS: .parameters
    default: .opaque
    }
  }
}
