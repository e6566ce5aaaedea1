// Unsafe file. A thread is given its work as an opaque pointer to an object that it owns: retained when
// the thread is made, released by the thread when the work is done.

internal import CLinux
internal import Glibc
internal import Synchronization

/// A thread for a worker.
package final class WorkerThread: Sendable {
  /// What a thread is to do.
  private final class Job: Sendable {
    let name: String
    let core: Int?
    let body: @Sendable () -> Void
    let isDone = Atomic(false)

    init(name: String, core: Int?, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.core = core
      self.body = body
    }

    func run() {
      unsafe name.withCString { name in unsafe cl_name_thread(name) }
      // Its maker's may be another: Swift's concurrency gives its threads priorities of its own where it may.
      cl_take_process_priority()
      // Not being allowed to is no reason not to answer.
      if let core { _ = cl_pin_to_core(Int32(truncatingIfNeeded: core)) }
      body()
      isDone.store(true, ordering: .releasing)
    }
  }

  private let handle: pthread_t
  private let job: Job

  /// Ends system calls that wait, and does nothing else. By itself it is ignored, should anybody else send it.
  private static let interruption = SIGURG
  /// Between interruptions: one that comes just before the thread waits has no effect. Milliseconds.
  private static let patience: Int32 = 1

  /// Starts a thread.
  ///
  /// - Parameters:
  ///   - name: of which tools show the first 15 octets.
  ///   - core: the core to stay on, counted among those that the process may use; nil: any.
  package init(name: String, core: Int?, body: @escaping @Sendable () -> Void) throws(Errno) {
    let work = Job(name: name, core: core, body: body)
    let job = unsafe Unmanaged.passRetained(work)
    var handle = pthread_t()
    // Threads take over the signal mask of their creator. Signals are the control plane's, save those
    // that a fault in the thread itself raises.
    var blocked = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&blocked)
    for signal in [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT, Self.interruption] {
      unsafe sigdelset(&blocked, signal)
    }
    unsafe pthread_sigmask(SIG_SETMASK, &blocked, &before)
    let status = unsafe pthread_create(
      &handle, nil,
      { job in
        guard let job = unsafe job else { return nil }
        unsafe Unmanaged<Job>.fromOpaque(job).takeRetainedValue().run()
        return nil
      }, job.toOpaque())
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    guard status == 0 else {
      unsafe job.release()
      throw Errno(rawValue: status)
    }
    self.handle = handle
    self.job = work
  }

  /// Ends the waits of a thread that repeats none which was interrupted, until its work ends. Before `join()`.
  func interrupt() {
    cl_heed_interruption(Self.interruption)
    while !job.isDone.load(ordering: .acquiring) {
      pthread_kill(handle, Self.interruption)
      System.nap(milliseconds: Self.patience)
    }
  }

  /// Waits for the end of the work. Exactly once, unless `detach()` is called.
  package func join() {
    pthread_join(handle, nil)
  }

  /// Lets the thread go when its work ends, without anybody waiting for it.
  package func detach() {
    pthread_detach(handle)
  }

  /// Cores that the process may use; at least 1.
  static var allowedCores: Int { max(1, Int(cl_allowed_cores())) }
}
