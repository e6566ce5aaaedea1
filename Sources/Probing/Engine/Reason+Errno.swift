import Glibc
import Health
import Transport

extension Reason {
  /// Why a probe ended that could not connect, send or receive.
  init(_ error: Errno) {
    switch error.rawValue {
    case ECONNREFUSED: self.init(.refused, "connection refused")
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, ENONET: self.init(.unreachable, "\(error)")
    case ETIMEDOUT: self.init(.timeout, "\(error)")
    case ECONNRESET, ECONNABORTED, EPIPE: self.init(.reset, "connection reset")
    default: self.init(.local, "\(error)")
    }
  }
}
