/// Holds back what comes early, so that results of parallel work leave in the order of the work.
struct InOrder<Element> {
  private var waiting: [Int: Element] = [:]
  private var next = 0

  /// Adds the element with an index (each from 0 on comes once).
  ///
  /// - Returns: what may leave now.
  mutating func add(_ element: Element, at index: Int) -> [Element] {
    waiting[index] = element
    var ready: [Element] = []
    while let element = waiting.removeValue(forKey: next) {
      ready.append(element)
      next += 1
    }
    return ready
  }
}
