internal import DNSWire
internal import Zones

/// What to do about each zone, from what is known and what the folder holds now. Pure: it reads nothing.
struct ReloadPlan: Equatable, Sendable {
  /// The state of a zone's files when it was read.
  struct Known: Equatable, Sendable {
    /// The zone file and all that it includes; nil: it could not be read.
    var files: [String: FileStamp?]
    /// False: the zone was refused, or a file may have changed while it was read; so read it again.
    var isSettled: Bool
  }

  /// New or changed, in the order of the folder.
  var load: [ZoneFile] = []
  /// Its file is no longer there. In the order of their names' octets.
  var remove: [DomainName] = []
  /// Nothing has changed.
  var keep: [DomainName] = []
  /// The file is there but cannot be read as it is: what is served stays.
  var refuse: [ZoneFolder.Refusal] = []

  /// - Parameter stamp: looks at an included file; the zone files' own stamps are in `folder`.
  init(
    known: [DomainName: Known], folder: ZoneFolder, stamp: (_ path: String) -> FileStamp?
  ) {
    refuse = folder.refusals
    for file in folder.files {
      if let old = known[file.apex], old.isSettled, Self.isUnchanged(old, file, stamp) {
        keep.append(file.apex)
      } else {
        load.append(file)
      }
    }
    remove = Self.gone(from: known, folder)
  }

  private static func gone(from known: [DomainName: Known], _ folder: ZoneFolder) -> [DomainName] {
    let names = folder.files.lazy.map(\.apex)
    let refused = folder.refusals.lazy.map(\.apex)
    // As a rule nothing is gone, and a set of all names takes long to make.
    guard names.count(where: { known[$0] != nil }) + refused.count(where: { known[$0] != nil }) < known.count
    else { return [] }
    return Set(known.keys).subtracting(names).subtracting(refused)
      .sorted { $0.octets.lexicographicallyPrecedes($1.octets) }
  }

  private static func isUnchanged(
    _ old: Known, _ file: ZoneFile, _ stamp: (_ path: String) -> FileStamp?
  ) -> Bool {
    // The zone may have come from a file of another name, Example.com.zone say.
    var isThere = false
    for (path, before) in old.files {
      let isZoneFile = path == file.path
      guard before == (isZoneFile ? file.stamp : stamp(path)) else { return false }
      isThere = isThere || isZoneFile
    }
    return isThere
  }
}
