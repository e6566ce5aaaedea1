import Glibc

/// A file descriptor that is closed with the object.
final class OpenFile: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }
}
