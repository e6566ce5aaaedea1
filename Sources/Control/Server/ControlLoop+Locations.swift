internal import Logging

extension ControlLoop {
  /// Tells when another file says where clients are.
  func watchLocations() {
    guard let path = locations?.path else { return }
    let events = events
    Task {
      var watch = LocationWatch(path: path)
      while !Task.isCancelled {
        try? await Task.sleep(for: LocationWatch.interval)
        if watch.isReplaced() { events.yield(.locationsReplaced) }
      }
    }
  }

  /// Begins to read where clients are; its end is that of a load. Zones are not looked for.
  mutating func reloadLocations() {
    guard let locations, locations.isChanged else { return }
    let events = events
    guard !requests.isRunning, requests.request() else {
      // The load that runs may have read the file before.
      Task {
        try? await Task.sleep(for: LocationWatch.interval)
        events.yield(.locationsReplaced)
      }
      return
    }
    logger.info("locations have been replaced", metadata: ["file": "\(locations.path)"])
    let (reload, table) = (zoneReload, table)
    Task { events.yield(.loadEnded(.success(await reload.runForLocations(from: table)))) }
  }
}
