/// Moments, at most one for each number, the soonest first: a binary heap that knows where each number stands.
package struct DeadlineQueue: Sendable {
  private var heap: [(moment: Moment, number: Int)] = []
  /// Places in the heap, by number; -1: none.
  private var places: [Int] = []

  package init() {}

  package var soonest: Moment? { heap.first?.moment }

  /// The number of a moment up to `moment`, which stays.
  package func due(at moment: Moment) -> Int? {
    heap.first.flatMap { $0.moment <= moment ? $0.number : nil }
  }

  /// Gives `number`, from 0, another moment, or none.
  package mutating func set(_ moment: Moment?, of number: Int) {
    while places.count <= number { places.append(-1) }
    let place = places[number]
    switch (moment, place >= 0) {
    case (let moment?, true):
      guard heap[place].moment != moment else { return }
      heap[place].moment = moment
      restore(place)
    case (let moment?, false):
      heap.append((moment, number))
      places[number] = heap.count - 1
      restore(heap.count - 1)
    case (nil, true):
      places[number] = -1
      let last = heap.removeLast()
      guard place < heap.count else { return }
      heap[place] = last
      places[last.number] = place
      restore(place)
    case (nil, false): break
    }
  }

  /// Makes all moments later by `duration`.
  package mutating func delayAll(by duration: Duration) {
    for place in heap.indices { heap[place].moment = heap[place].moment + duration }
  }

  private mutating func restore(_ place: Int) {
    var place = place
    while place > 0, heap[place].moment < heap[(place - 1) / 2].moment {
      swap(place, (place - 1) / 2)
      place = (place - 1) / 2
    }
    while true {
      var least = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child].moment < heap[least].moment {
        least = child
      }
      guard least != place else { return }
      swap(place, least)
      place = least
    }
  }

  private mutating func swap(_ one: Int, _ other: Int) {
    heap.swapAt(one, other)
    places[heap[one].number] = one
    places[heap[other].number] = other
  }
}
