public import Answering
public import DNSWire
import Zones

/// The name that a text presents, which is known to be one.
public func apex(_ text: String) -> DomainName {
  guard let name = try? DomainName(text) else { finding("\(text) is no name") }
  return name
}

/// Loads a zone that is known to have no error.
public func load(_ file: MemoryFile, apex: DomainName) -> ServableZone {
  let result = ZoneLoader.load(file: file.path, apex: apex)
  guard let zone = result.zone else { finding("\(apex) is not loaded: \(result.diagnostics)") }
  return ServableZone(zone, workers: 1)
}
