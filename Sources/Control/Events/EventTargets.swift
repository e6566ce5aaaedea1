/// Who is told of events besides the log.
struct EventTargets: Equatable, Sendable {
  /// A program with its arguments, which is run for each.
  var command: [String]?
  /// Where each is posted.
  var post: PostAddress?
}

extension EventTargets {
  init(_ value: ConfigurationValue) throws(ConfigurationValue.Mistake) {
    let members = try value.members(among: ["command", "post"])
    guard !members.isEmpty else { throw value.mistake("'command', 'post' or both are needed") }
    self.init()
    command = try members["command"].map { (value) throws(ConfigurationValue.Mistake) in try value.command() }
    guard let post = members["post"] else { return }
    let text = try post.text()
    do throws(PostAddress.Mistake) {
      self.post = try PostAddress(text)
    } catch {
      throw post.mistake(error.message)
    }
  }
}
