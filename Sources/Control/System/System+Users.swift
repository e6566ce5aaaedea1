// Unsafe file. getpwnam_r(3) and getpwuid_r(3) fill structures and a buffer that are passed by pointer.
import Glibc

/// A user of the system.
struct Account: Equatable, Sendable {
  let name: String
  let userID: UInt32
  let groupID: UInt32
}

extension System {
  static var isRoot: Bool { geteuid() == 0 }

  /// The user of this name; nil when there is none.
  static func account(named name: String) throws(SystemError) -> Account? {
    var record = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>?
    // Large enough for any entry; one that is not ends in ERANGE.
    var buffer = [CChar](repeating: 0, count: 65_536)
    let status = unsafe getpwnam_r(name, &record, &buffer, buffer.count, &found)
    // POSIX lets an unknown name be an error as well; glibc's sources give these.
    guard unsafe found != nil else {
      if [0, ENOENT, ESRCH].contains(status) { return nil }
      throw SystemError(action: "look up the user \(name)", code: status)
    }
    return unsafe Account(name: name, userID: record.pw_uid, groupID: record.pw_gid)
  }

  /// Who gives orders, for the record: who became root by sudo is still that user. No proof of anything, but who may
  /// give orders at all may do everything else, too.
  static var operatorName: String {
    if let name = environment("SUDO_USER"), !name.isEmpty { return name }
    var record = unsafe passwd()
    var found: UnsafeMutablePointer<passwd>?
    var buffer = [CChar](repeating: 0, count: 65_536)
    _ = unsafe getpwuid_r(getuid(), &record, &buffer, buffer.count, &found)
    guard unsafe found != nil, let name = unsafe record.pw_name else { return "user \(getuid())" }
    return unsafe String(cString: name)
  }

  /// Becomes `account`, for good: groups first, as only root may change them.
  static func become(_ account: Account) throws(SystemError) {
    let action = "become the user \(account.name)"
    if geteuid() == account.userID, getuid() == account.userID { return }
    guard unsafe initgroups(account.name, account.groupID) == 0, setgid(account.groupID) == 0,
      setuid(account.userID) == 0
    else { throw SystemError(action: action, code: errno) }
    // A system on which root can be had back has kept the rights that were to be given up.
    guard getuid() == account.userID, geteuid() == account.userID, getgid() == account.groupID,
      setuid(0) != 0, seteuid(0) != 0, setgid(0) != 0 || account.groupID == 0
    else { throw SystemError(action: "\(action): root's rights can be had back", code: EPERM) }
  }
}
