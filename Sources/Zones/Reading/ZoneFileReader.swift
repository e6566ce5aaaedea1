package import DNSWire

/// Reads a zone file and what it includes (RFC 1035 §5, RFC 2308 §4, RFC 3597 §5, BIND's `$GENERATE`) and
/// hands each record and each error to a `RecordSink`.
///
/// Records of one file come in its order, those of an included file where the `$INCLUDE` is. After an error
/// reading goes on with the next record, so that one run shows all. Whether the records make a zone is for
/// the sink to say.
package struct ZoneFileReader: ~Copyable {
  /// How many errors are told; a file with more is likely not a zone file at all.
  package static let errorLimit = 50
  /// How many warnings are told; a mistake that a program made is in each of its lines.
  package static let warningLimit = 50
  /// How deep files may include one another.
  package static let includeDepthLimit = 20
  /// How many files may be read for one zone, as many as `RecordPosition.file` can name.
  package static let fileLimit = 65_535
  /// How many records one `$GENERATE` may make: sixteen times a /16's PTR records.
  package static let generateLimit = 1 << 20

  /// A file that is being read, as diagnostics and `$INCLUDE` need it.
  struct OpenFile {
    let path: String
    let stamp: FileStamp
    let index: UInt16
  }

  /// The zone file, then each included one.
  var sources: [ZoneSource] = []
  /// The file that is being read last, the one that included it before it.
  var openFiles: [OpenFile] = []
  var errorCount = 0
  var warningCount = 0

  var origin: NameOctets
  var owner = NameOctets()
  /// Whether the last owner was no name: the records that would have it are checked, but not handed over.
  var isOwnerMalformed = false
  /// From `$TTL`.
  var defaultTTL: UInt32?
  /// The last one that a record stated.
  var lastTTL: UInt32?

  // Reused from record to record.
  var data = RDataBuffer()
  var name = NameOctets()
  var scratch: [UInt8] = []
  var forms: [RRType: RecordForm] = [:]

  init(apex: DomainName) {
    origin = NameOctets(apex)
  }

  /// Reads `file`, whose names are relative to `apex` until `$ORIGIN` says otherwise.
  ///
  /// - Returns: the files that were read, `file` first and then each `$INCLUDE` in order;
  ///   `RecordPosition.file` is an index into them.
  package static func read<Sink: RecordSink & ~Copyable>(
    file: String, apex: DomainName, into sink: inout Sink
  ) -> [ZoneSource] {
    var reader = ZoneFileReader(apex: apex)
    do {
      let contents = try FileContents(path: file)
      reader.sources = [ZoneSource(file, contents)]
      sink.expect(octets: contents.octets.count)
      reader.read(contents, path: file, into: &sink)
    } catch {
      reader.sources = [ZoneSource(unreadable: file)]
      sink.add(
        Diagnostic(.error, file: file, line: 1, column: 1, message: "cannot read \(file): \(error)"))
    }
    return reader.sources
  }

  /// Whether so many errors were found that no more are told.
  var hasGivenUp: Bool { errorCount >= Self.errorLimit }

  /// Reads all records of a file, which is the last one of `sources`.
  mutating func read<Sink: RecordSink & ~Copyable>(
    _ contents: FileContents, path: String, into sink: inout Sink
  ) {
    openFiles.append(
      OpenFile(path: path, stamp: contents.stamp, index: UInt16(clamping: sources.count - 1)))
    defer { openFiles.removeLast() }
    var scanner = ZoneScanner(contents.octets.span)
    while !hasGivenUp, !sink.isFull {
      do {
        guard let start = try scanner.nextLine() else { break }
        try readLine(from: &scanner, start: start, into: &sink)
      } catch {
        report(error, into: &sink)
        if let hidden = scanner.skipRecord() { report(hidden, into: &sink) }
      }
      if let place = scanner.longString {
        warn("this string goes on in the next line; is its closing quote missing?", at: place, to: &sink)
      }
    }
  }

  mutating func report<Sink: RecordSink & ~Copyable>(_ error: ReadingError, into sink: inout Sink) {
    guard !hasGivenUp else { return }
    errorCount += 1
    add(.error, "\(error.problem)", at: error.place, to: &sink)
    if hasGivenUp {
      add(.error, "this is error number \(Self.errorLimit); reading ends here", at: error.place, to: &sink)
    }
  }

  mutating func warn<Sink: RecordSink & ~Copyable>(
    _ message: String, at place: TextPlace, to sink: inout Sink
  ) {
    guard warningCount < Self.warningLimit else { return }
    warningCount += 1
    add(.warning, message, at: place, to: &sink)
    if warningCount == Self.warningLimit {
      add(.warning, "this is warning number \(warningCount); no more of them are told", at: place, to: &sink)
    }
  }

  private func add<Sink: RecordSink & ~Copyable>(
    _ severity: Diagnostic.Severity, _ message: String, at place: TextPlace, to sink: inout Sink
  ) {
    let file = openFiles.last?.path ?? sources.first?.path ?? ""
    sink.add(Diagnostic(severity, file: file, line: place.line, column: place.column, message: message))
  }

  /// The octets of a token as they can be shown in a message.
  func excerpt(_ token: ZoneToken, of scanner: borrowing ZoneScanner) -> String {
    String(excerptOf: scanner.copy(of: token))
  }
}
