extension Rcode {
  /// The name of the code (RFC 6895 §2.3), such as `NXDOMAIN`; `RCODE11` when it has none here.
  public var mnemonic: String {
    let names = [
      "NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET",
      "NOTAUTH", "NOTZONE",
    ]
    return rawValue < names.count ? names[Int(rawValue)] : "RCODE\(rawValue)"
  }
}
