// Unsafe file. libmaxminddb is given a structure that it fills, and pointers into it come back with data. The structure
// is heap memory with one owner, is used only between opening and closing, and does not move; what it points to stays
// until it is closed. Names of fields are static strings, which end in a zero octet. The texts that come back are
// copied at once, by the length that comes with them.

internal import CMaxMindDB

/// An open MaxMind DB file: its search tree, walked address by address, and the data of its records.
///
/// https://maxmind.github.io/MaxMind-DB/
@safe
struct DatabaseReader: ~Copyable {
  /// What one side of a node leads to.
  enum Record {
    case node(UInt32)
    /// Where the data are.
    case data(UInt32)
    case empty
  }

  private let database: UnsafeMutablePointer<MMDB_s>
  private let file: MemoryFile

  init(_ file: consuming MemoryFile) throws(LocationDatabaseError) {
    let database = UnsafeMutablePointer<MMDB_s>.allocate(capacity: 1)
    unsafe database.initialize(to: MMDB_s())
    let status = unsafe MMDB_open(file.path, UInt32(MMDB_MODE_MMAP), database)
    guard status == MMDB_SUCCESS else {
      unsafe database.deallocate()
      switch status {
      case MMDB_UNKNOWN_DATABASE_FORMAT_ERROR: throw .unknownFormat
      case MMDB_FILE_OPEN_ERROR, MMDB_OUT_OF_MEMORY_ERROR:
        throw .unreadable(unsafe String(cString: MMDB_strerror(status)))
      default: throw .notDatabase
      }
    }
    unsafe self.database = database
    self.file = file
  }

  deinit {
    unsafe MMDB_close(database)
    unsafe database.deallocate()
  }

  var nodeCount: Int { unsafe Int(database.pointee.metadata.node_count) }
  /// How many bits its addresses have: 32 or 128.
  var width: Int { unsafe database.pointee.metadata.ip_version == 6 ? 128 : 32 }
  var type: String { unsafe database.pointee.metadata.database_type.map { unsafe String(cString: $0) } ?? "" }
  var built: UInt64 { unsafe database.pointee.metadata.build_epoch }

  /// Both sides of a node.
  func node(_ number: UInt32) throws(LocationDatabaseError) -> (Record, Record) {
    var node = unsafe MMDB_search_node_s()
    guard unsafe MMDB_read_node(database, number, &node) == MMDB_SUCCESS else { throw .damaged }
    return unsafe (
      try record(node.left_record_type, node.left_record, node.left_record_entry.offset),
      try record(node.right_record_type, node.right_record, node.right_record_entry.offset)
    )
  }

  private func record(
    _ type: UInt8, _ value: UInt64, _ offset: UInt32
  ) throws(LocationDatabaseError) -> Record {
    switch Int32(type) {
    case MMDB_RECORD_TYPE_SEARCH_NODE: .node(UInt32(truncatingIfNeeded: value))
    case MMDB_RECORD_TYPE_DATA: .data(offset)
    case MMDB_RECORD_TYPE_EMPTY: .empty
    default: throw .damaged
    }
  }

  /// What data say of a place.
  func place(at offset: UInt32) throws(LocationDatabaseError) -> Place {
    let latitude = try number("location", "latitude", at: offset)
    let longitude = try number("location", "longitude", at: offset)
    var place = Place(
      country: try code("country", "iso_code", at: offset),
      continent: try code("continent", "code", at: offset))
    if let latitude, let longitude {
      guard let coordinates = Coordinates(latitude: latitude, longitude: longitude) else { throw .damaged }
      place.coordinates = coordinates
    }
    return place
  }

  private func number(
    _ map: StaticString, _ key: StaticString, at offset: UInt32
  ) throws(LocationDatabaseError) -> Double? {
    guard let data = unsafe try value(map, key, offset) else { return nil }
    switch unsafe Int32(data.type) {
    case MMDB_DATA_TYPE_DOUBLE: return unsafe data.double_value
    case MMDB_DATA_TYPE_FLOAT: return unsafe Double(data.float_value)
    default: return nil
    }
  }

  /// Two capital letters.
  private func code(
    _ map: StaticString, _ key: StaticString, at offset: UInt32
  ) throws(LocationDatabaseError) -> String? {
    guard let data = unsafe try value(map, key, offset), unsafe data.type == MMDB_DATA_TYPE_UTF8_STRING,
      unsafe data.data_size == 2, let text = unsafe data.utf8_string
    else { return nil }
    let letters = unsafe [UInt8(bitPattern: text[0]), UInt8(bitPattern: text[1])]
    guard letters.allSatisfy({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }) else { return nil }
    return String(decoding: letters, as: UTF8.self)
  }

  @unsafe
  private func value(
    _ map: StaticString, _ key: StaticString, _ offset: UInt32
  ) throws(LocationDatabaseError) -> MMDB_entry_data_s? {
    var start = unsafe MMDB_entry_s(mmdb: database, offset: offset)
    var data = unsafe MMDB_entry_data_s()
    let path: [UnsafePointer<CChar>?] = unsafe [map, key].map {
      unsafe UnsafeRawPointer($0.utf8Start).assumingMemoryBound(to: CChar.self)
    }
    let status = unsafe (path + [nil]).withUnsafeBufferPointer {
      unsafe MMDB_aget_value(&start, &data, $0.baseAddress)
    }
    switch status {
    case MMDB_SUCCESS: return unsafe data.has_data ? data : nil
    case MMDB_LOOKUP_PATH_DOES_NOT_MATCH_DATA_ERROR: return nil
    default: throw .damaged
    }
  }
}
