extension Reason {
  /// Whether nothing came back: what a cut network at the prober's end looks like, too.
  var isMute: Bool {
    switch kind {
    case .timeout, .unreachable, .name, .lease: true
    case .success, .refused, .reset, .closed, .tls, .certificate, .malformed, .code, .content, .reported,
      .local:
      false
    }
  }
}
