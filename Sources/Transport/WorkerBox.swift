/// A worker on its way to its thread, which closures cannot hand over as they cannot be consumed.
///
/// Made by one thread and run by another, never by two at a time.
final class WorkerBox<Content: Worker & ~Copyable>: @unchecked Sendable {
  private var worker: Content

  init(_ worker: consuming Content) { self.worker = worker }

  func run() { worker.run() }
}
