// Unsafe file. OpenSSL's texts are constants that end with a zero octet.

import COpenSSL

enum OpenSSL {
  /// What went wrong in this thread; forgets it.
  static var lastError: String {
    let code = ERR_peek_last_error()
    ERR_clear_error()
    guard let text = unsafe ERR_reason_error_string(code) else { return "OpenSSL error \(code)" }
    return unsafe String(cString: text)
  }
}
