import Glibc

/// Where a server takes requests.
public enum ControlPlace: Equatable, Sendable {
  /// Nowhere.
  case off
  case path(String)

  /// As flags have it: a path, or `off`.
  public init(_ text: String) { self = text == "off" ? .off : .path(text) }

  /// Where a server takes requests unless told otherwise, and where it is looked for then: the first that can be
  /// had. The system's place for servers, the user's own for trying things out.
  static var defaults: [String] {
    var folders = ["/run"]
    if let personal = System.environment("XDG_RUNTIME_DIR"), personal.hasPrefix("/") {
      folders.append(personal)
    }
    return folders.map { "\($0)/swiftlet/control" }
  }

  /// Takes the first of `paths` that can be had, with its folder made if there is none.
  ///
  /// - Throws: why not the first; or that another server has one of them, as it is that one which is looked for.
  static func open(firstOf paths: [String]) throws(ControlSocket.Failure) -> ControlSocket {
    var first: ControlSocket.Failure?
    for path in paths {
      if let slash = path.lastIndex(of: "/") { System.makeFolder(String(path[..<slash])) }
      do throws(ControlSocket.Failure) {
        return try ControlSocket(path)
      } catch {
        if case .inUse = error { throw error }
        first = first ?? error
      }
    }
    throw first ?? .system(SystemError(action: "make a control socket", code: ENOENT))
  }
}
