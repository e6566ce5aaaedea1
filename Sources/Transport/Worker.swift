/// Answers queries on a thread of its own until it is asked to stop.
protocol Worker: ~Copyable, SendableMetatype {
  mutating func run()
}
