import Answering
import DNSWire
import FuzzSupport
import Zones

// Set up once; libFuzzer calls from one thread.
nonisolated(unsafe) private let zoneFile = MemoryFile(number: 200)
nonisolated(unsafe) private let included: [MemoryFile] = {
  let files = [MemoryFile(number: 201), MemoryFile(number: 202)]
  files[0].write("included A 192.0.2.77\n$ORIGIN below\n@ TXT \"included\"\n")
  files[1].write("$INCLUDE 201 twice\n$INCLUDE 202\n( unclosed")
  return files
}()

/// Reading and compiling a zone file, then answering from it: the input is the file's text.
///
/// Text that begins with `;.` is the root zone's, else it is that of `example.`
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzZone(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let octets = UnsafeBufferPointer(start: start, count: count)
  let text = ZoneText(octets: Array(octets))
  // Tells libFuzzer not to keep the input.
  guard text.isBounded, !included.isEmpty else { return -1 }
  zoneFile.write(UnsafeRawBufferPointer(octets))
  let zoneApex = text.octets.starts(with: ";.".utf8) ? DomainName.root : apex("example.")
  let result = ZoneLoader.load(file: zoneFile.path, apex: zoneApex)
  check(result)
  guard let zone = result.zone else { return 0 }
  ask(zone, text)
  return 0
}

private func check(_ result: ZoneLoader.Result) {
  let hasError = result.diagnostics.contains { $0.severity == .error }
  guard (result.zone == nil) == hasError else { finding("a zone despite an error, or neither") }
  for diagnostic in result.diagnostics {
    guard diagnostic.line > 0, diagnostic.column > 0, !diagnostic.description.isEmpty,
      result.files.contains(diagnostic.file)
    else { finding("a diagnostic without a place: \(diagnostic)") }
  }
  // The first file is in result.files even if nothing else is; what is told is bounded.
  guard result.diagnostics.count <= 400 else { finding("\(result.diagnostics.count) diagnostics") }
}

private func ask(_ zone: CompiledZone, _ text: ZoneText) {
  var server = FuzzServer(zones: [.loaded(ServableZone(zone, workers: 1))], settings: AnswerSettings())
  let soa = server.check(query(for: zone.apex, .soa))
  guard let soa, soa.rcode == 0, soa.answer.count == 1, soa.answer[0].type == RRType.soa.rawValue,
    soa.flags & 0x0400 != 0
  else { finding("a zone without its SOA") }
  var names: Set<DomainName> = []
  for word in text.words.prefix(64) {
    guard names.count < 16, let name = try? DomainName(word, relativeTo: zone.apex),
      name.isSubdomain(of: zone.apex), names.insert(name).inserted
    else { continue }
    for type in [RRType.a, .ns, .txt, .any, .ds] {
      guard let response = server.check(query(for: name, type)), ![2, 5].contains(response.rcode) else {
        finding("\(name) is not answered for")
      }
    }
    if let below = name.prepending("x".utf8) { server.check(query(for: below, .a)) }
  }
}

private func query(for name: DomainName, _ type: RRType) -> [UInt8] {
  let opt: [UInt8] = [0, 0, 41, 4, 0xd0, 0, 0, 0, 0, 0, 0]
  return [0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1] + name.octets
    + [UInt8(type.rawValue >> 8), UInt8(type.rawValue & 0xff), 0, 1] + opt
}
