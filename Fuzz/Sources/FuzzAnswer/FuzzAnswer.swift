import Answering
import DNSWire
import FuzzSupport

// The servers are set up once; libFuzzer calls from one thread.
nonisolated(unsafe) private var linked = server(FuzzedZones.linked, linkedSettings)
nonisolated(unsafe) private var rooted = server(FuzzedZones.rooted, rootedSettings)

private var linkedSettings: AnswerSettings {
  var settings = AnswerSettings()
  settings.nsid = Array("fuzz".utf8)
  settings.version = Array("Swiftlet".utf8)
  settings.identity = [UInt8](repeating: 0x69, count: 255)
  settings.explainFrom = [IPNetwork(IPAddress(v4: 0x7f00_0000), length: 8)]
  return settings
}

private var rootedSettings: AnswerSettings {
  var settings = AnswerSettings()
  settings.udpSize = 4096
  settings.nsid = [UInt8](repeating: 0x6e, count: 255)
  return settings
}

private func server(_ zones: [(apex: String, text: String?)], _ settings: AnswerSettings) -> FuzzServer {
  let file = MemoryFile(number: 200)
  return FuzzServer(
    zones: zones.map { zone in
      guard let text = zone.text else { return .broken(apex: apex(zone.apex)) }
      file.write(text)
      return .loaded(load(file, apex: apex(zone.apex)))
    }, settings: settings)
}

/// The whole answer function: the input is a message as it comes from the network.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzAnswer(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let query = Array(UnsafeBufferPointer(start: start, count: count))
  linked.check(query)
  rooted.check(query)
  return 0
}
