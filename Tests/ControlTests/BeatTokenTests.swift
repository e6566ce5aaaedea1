import TestSupport
import Testing

@testable import Control

struct BeatTokenTests {
  @Test(
    arguments: [
      ("0123456789abcdef", "0123456789abcdef"), ("0123456789abcdef \r\n\n", "0123456789abcdef"),
      ("ein langes Wörtchen", "ein langes Wörtchen"), ("0123456789abcde\n", nil), ("", nil), ("\n", nil),
      (String(repeating: "a", count: 512), String(repeating: "a", count: 512)),
      (String(repeating: "a", count: 513), nil),
    ] as [(String, String?)]) func reads(_ content: String, _ token: String?) throws
  {
    let folder = TemporaryFolder()
    let path = folder.write("token", content)
    guard let token else {
      let problem =
        "the token in \(path) is not of 16 to 512 octets of text; make one with 'openssl rand -hex 16'"
      #expect(throws: BeatToken.Failure(description: problem)) { try BeatToken.read(path) }
      return
    }
    #expect(try BeatToken.read(path) == token)
  }

  @Test func cannotBeRead() {
    #expect(
      throws: BeatToken.Failure(
        description: "the token is not known: cannot read /nonexistent/token: No such file or directory")
    ) { try BeatToken.read("/nonexistent/token") }
  }

  @Test func comparison() {
    #expect(BeatToken.isSame("abc", "abc"))
    for other in ["abd", "ab", "abcd", "", "Abc"] { #expect(!BeatToken.isSame("abc", other)) }
  }
}
