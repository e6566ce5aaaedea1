import DNSWire
import TestSupport

@testable import Zones

/// Reads the text of a zone file, as the file `zone` of a folder of its own.
func read(_ text: String, apex: String = "example.com") throws -> CollectingSink {
  try read(Array(text.utf8), apex: apex)
}

func read(_ octets: [UInt8], apex: String = "example.com") throws -> CollectingSink {
  let folder = TemporaryFolder()
  folder.write("zone", octets: octets)
  return try read("zone", in: folder, apex: apex).sink
}

/// Reads a file of a folder. In diagnostics and in the list of files the folder is left out.
func read(
  _ file: String, in folder: TemporaryFolder, apex: String = "example.com"
) throws -> (sink: CollectingSink, files: [String]) {
  var sink = CollectingSink()
  let sources = ZoneFileReader.read(
    file: "\(folder.path)/\(file)", apex: try DomainName(apex), into: &sink)
  sink.diagnostics = sink.diagnostics.map {
    Diagnostic(
      $0.severity, file: shorten($0.file, folder), line: $0.line, column: $0.column,
      message: shorten($0.message, folder))
  }
  return (sink, sources.map { shorten($0.path, folder) })
}

private func shorten(_ text: String, _ folder: TemporaryFolder) -> String {
  var result = ""
  var rest = text[...]
  let prefix = "\(folder.path)/"
  while let first = rest.first {
    if rest.hasPrefix(prefix) {
      rest = rest.dropFirst(prefix.count)
    } else {
      result.append(first)
      rest = rest.dropFirst()
    }
  }
  return result
}

extension Diagnostic {
  /// Line, column, severity and message: all but the file.
  var afterFile: String { "\(line):\(column): \(severity.rawValue): \(message)" }
}
