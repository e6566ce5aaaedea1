/// The kind of query in a message header (RFC 1035 §4.1.1, RFC 6895 §2.2). Range 0...15.
public struct Opcode: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt8

  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  @inlinable public static var query: Opcode { Opcode(rawValue: 0) }
}
