internal import Steering

/// One attempt at reading a zone, done.
struct ZoneAttempt: Sendable {
  let file: ZoneFile
  let result: SteeredZoneLoader.Result
  /// The files that the zone is made of, as they were when it was read.
  let known: ReloadPlan.Known
  /// What the files say as a whole, to compare within this process; nil where that is not certain.
  let digest: Int?
  let duration: Duration

  /// Reads the zone. Blocks, and takes a while when the zone is large.
  init(reading file: ZoneFile) {
    self.file = file
    let clock = ContinuousClock()
    let begin = clock.now
    let started = System.fileClock
    result = SteeredZoneLoader.load(file: file.path, apex: file.apex)
    var files: [String: FileStamp?] = [:]
    for path in result.files { files[path] = .some(try? System.stamp(of: path)) }
    // The stamp from before the scan is kept: a file that changed since differs from it next time.
    files[file.path] = .some(file.stamp)
    let mayHaveChanged = files.values.contains { $0?.mayHaveChanged(since: started) ?? false }
    known = ReloadPlan.Known(files: files, isSettled: result.zone != nil && !mayHaveChanged)
    digest = known.isSettled ? try? System.digest(of: result.files) : nil
    duration = clock.now - begin
  }
}
