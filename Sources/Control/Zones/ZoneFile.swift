internal import DNSWire
internal import Zones

/// A file in the zones folder that is to be read.
struct ZoneFile: Equatable, Sendable {
  /// Lower-cased.
  let apex: DomainName
  let path: String
  /// From when the folder was scanned, so from before the file is read.
  let stamp: FileStamp
}
