internal import Logging

extension ControlLoop {
  /// Tells when another file says where clients are.
  func watchLocations() {
    guard let paths = locations?.paths else { return }
    let events = events
    Task {
      var watches = paths.map { LocationWatch(path: $0) }
      while !Task.isCancelled {
        try? await Task.sleep(for: LocationWatch.interval)
        for index in watches.indices where watches[index].isReplaced() {
          events.yield(.locationsReplaced(path: paths[index]))
        }
      }
    }
  }

  /// Begins to read where clients are; its end is that of a load. Zones are not looked for.
  ///
  /// - Parameter path: of the file that was replaced.
  mutating func reloadLocations(_ path: String) {
    guard let locations, locations.isChanged else { return }
    let events = events
    guard !requests.isRunning, requests.request() else {
      // The load that runs may have read the files before.
      Task {
        try? await Task.sleep(for: LocationWatch.interval)
        events.yield(.locationsReplaced(path: path))
      }
      return
    }
    logger.info("locations have been replaced", metadata: ["file": "\(path)"])
    let (reload, table) = (zoneReload, table)
    Task { events.yield(.loadEnded(.success(await reload.runForLocations(from: table)))) }
  }
}
