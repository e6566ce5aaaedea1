/// The version of this server, as `--version` and `version.bind` give it.
public enum Version {
  public static let text = "0.1.0"
}
