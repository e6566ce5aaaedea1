import Glibc
import Health
import Transport

extension Reason {
  /// Why a probe ended that could not connect, send or receive.
  init(_ error: Errno, over transport: ProbeTransport) {
    switch error.rawValue {
    case EACCES where transport == .echo, EPERM where transport == .echo:
      self.init(
        .local,
        "the system allows no ping; set net.ipv4.ping_group_range to groups that the server has, like \"0 65535\""
      )
    case ECONNREFUSED: self.init(.refused, "connection refused")
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, ENONET: self.init(.unreachable, "\(error)")
    case ETIMEDOUT: self.init(.timeout, "\(error)")
    case ECONNRESET, ECONNABORTED, EPIPE: self.init(.reset, "connection reset")
    default: self.init(.local, "\(error)")
    }
  }
}
