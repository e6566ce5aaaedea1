import DNSWire

/// The fields of a type's RDATA as text: what to expect, and how to name it in an error.
struct RecordForm {
  let type: RRType
  /// Fields, of which the ones from `required` on may be left out.
  let fields: [FieldKind]
  let required: Int
  /// What may follow `fields` any number of times.
  let repeated: FieldKind?

  /// The kind of the field at `index`; opaque behind the last one.
  func kind(at index: Int) -> FieldKind {
    index < fields.count ? fields[index] : repeated ?? .opaque
  }

  /// The names of the fields as the type's RFC has them, separated by spaces.
  private var names: String {
    switch type.rawValue {
    case 1, 28: "address"
    case 2: "nameserver"
    case 5, 12, 39: "target"
    case 6: "primary mailbox serial refresh retry expire minimum"
    case 11: "address services"
    case 13: "cpu os"
    case 14: "mailbox errors-mailbox"
    case 15: "preference exchange"
    case 16, 99: "text"
    case 17: "mailbox text-name"
    case 18: "subtype hostname"
    case 21: "preference host"
    case 24, 46: "type-covered algorithm labels original-ttl expiration inception key-tag signer signature"
    case 25, 48, 60: "flags protocol algorithm key"
    case 26: "preference map822 mapx400"
    case 27: "longitude latitude altitude"
    case 29: "location"
    case 33: "priority weight port target"
    case 35: "order preference flags services regexp replacement"
    case 36: "preference exchanger"
    case 37: "type key-tag algorithm certificate"
    case 42: "prefix"
    case 43, 59, 32768, 32769: "key-tag algorithm digest-type digest"
    case 44: "algorithm fingerprint-type fingerprint"
    case 45: "precedence gateway-type algorithm gateway key"
    case 47: "next-name types"
    case 50: "algorithm flags iterations salt next-owner types"
    case 51: "algorithm flags iterations salt"
    case 52, 53: "usage selector matching-type data"
    case 55: "algorithm identity-tag key rendezvous-server"
    case 61: "key"
    case 62: "serial flags types"
    case 63: "serial scheme algorithm digest"
    case 64, 65: "priority target parameters"
    case 104: "preference node-id"
    case 105, 106: "preference locator"
    case 107: "preference name"
    case 108, 109: "address"
    case 256: "priority weight target"
    case 257: "flags tag value"
    default: "data"
    }
  }

  /// The name of the field at `index`.
  func name(at index: Int) -> String {
    let names = names.split(separator: " ")
    return index < names.count ? String(names[index]) : "field \(index + 1)"
  }

  /// The whole record, to show in an error.
  var text: String { "\(type.mnemonic) \(names)" }
}

extension RecordForm {
  /// What ldns knows of the type, else what this reader adds; opaque for all other types.
  init(of type: RRType) {
    if let form = LDNS.form(of: type) {
      self = form
    } else if RRType.additions.contains(where: { $0.type == type }) {
      self.init(type: type, fields: [.string], required: 1, repeated: .string)
    } else {
      self.init(type: type, fields: [.opaque], required: 1, repeated: nil)
    }
  }
}
