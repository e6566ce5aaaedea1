internal import Steering
internal import Zones

/// One attempt at reading a zone, done.
struct ZoneAttempt: Sendable {
  let file: ZoneFile
  let result: SteeredZoneLoader.Result
  /// How its pools are answered, by number, as far as was known when it was read.
  let answers: [PoolAnswer]
  let schedules: [EncodedSchedule]
  /// The files that the zone is made of, as they were when it was read.
  let known: ReloadPlan.Known
  /// What the files say as a whole, to compare within this process.
  let digest: Int
  let duration: Duration

  /// Reads the zone. Blocks, and takes a while when the zone is large.
  ///
  /// - Parameters:
  ///   - shared: what the server's configuration defines for all zones.
  ///   - monitor: tells what is known of members; without it, nothing is.
  init(
    reading file: ZoneFile, shared: SharedDefinitions = SharedDefinitions(), monitor: HealthMonitor? = nil
  ) {
    self.file = file
    let clock = ContinuousClock()
    let begin = clock.now
    let started = FileTime.now
    result = SteeredZoneLoader.load(file: file.path, apex: file.apex, shared: shared)
    let pools = result.zone.map { PoolAnswer.all(of: $0, monitor) }
    answers = pools?.map(\.answer) ?? []
    schedules = pools?.map(\.schedule) ?? []
    known = ReloadPlan.Known(result, since: started)
    digest = Self.digest(of: result.sources)
    duration = clock.now - begin
  }

  private static func digest(of sources: [ZoneSource]) -> Int {
    var hasher = Hasher()
    for source in sources {
      hasher.combine(source.path)
      hasher.combine(source.contentHash)
    }
    return hasher.finalize()
  }
}

extension ReloadPlan.Known {
  /// What is known after reading a zone.
  ///
  /// - Parameter start: from before reading.
  init(_ result: SteeredZoneLoader.Result, since start: FileTime) {
    files = [:]
    isSettled = result.zone != nil
    for source in result.sources {
      let before = files.updateValue(source.stamp, forKey: source.path)
      // A file that is included twice may have changed in between.
      if let before, before != source.stamp { isSettled = false }
      if source.stamp?.mayHaveChanged(since: start) != false { isSettled = false }
    }
  }
}
