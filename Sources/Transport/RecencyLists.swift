/// Lists of slots in the order in which they were last appended: the longest unused comes first.
///
/// A slot is in one list at most. All operations take constant time and no memory of their own.
struct RecencyLists: ~Copyable {
  private var next: IndexArray
  private var previous: IndexArray
  private var firsts: IndexArray
  private var lasts: IndexArray

  /// Empty lists numbered 0..<`lists` for slots 0..<`slots`.
  init(lists: Int, slots: Int) throws(Errno) {
    // All that can fail comes first: a noncopyable value cannot be left half made.
    let next = try IndexArray(count: slots)
    let previous = try IndexArray(count: slots)
    let firsts = try IndexArray(count: lists)
    let lasts = try IndexArray(count: lists)
    self.next = next
    self.previous = previous
    self.firsts = firsts
    self.lasts = lasts
  }

  /// The slot that was appended longest ago.
  @_noAllocation @_noLocks
  func first(of list: Int) -> Int? { firsts[list] }

  /// The slot appended next after `slot`.
  @_noAllocation @_noLocks
  func slot(after slot: Int) -> Int? { next[slot] }

  /// Appends a slot that is in no list.
  @_noAllocation @_noLocks
  mutating func append(_ slot: Int, to list: Int) {
    let last = lasts[list]
    previous[slot] = last
    next[slot] = nil
    if let last { next[last] = slot } else { firsts[list] = slot }
    lasts[list] = slot
  }

  /// Removes a slot from the list that it is in.
  @_noAllocation @_noLocks
  mutating func remove(_ slot: Int, from list: Int) {
    let before = previous[slot]
    let after = next[slot]
    if let before { next[before] = after } else { firsts[list] = after }
    if let after { previous[after] = before } else { lasts[list] = before }
  }

  /// Makes a slot the last of the list that it is in.
  @_noAllocation @_noLocks
  mutating func refresh(_ slot: Int, in list: Int) {
    if lasts[list] == slot { return }
    remove(slot, from: list)
    append(slot, to: list)
  }
}
