import DNSWire
import Glibc
import Locations

// Compiles networks to a tree and looks addresses up in it.

let networkCount = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 3_000_000
var source = RandomAddresses()
let networks =
  source.networks(.v4, count: networkCount * 2 / 3) + source.networks(.v6, count: networkCount / 3)

let before = peakMegabytes()
var compiled: PrefixTree?
let compiling = measure { compiled = PrefixTree(AddressTable(networks, outside: 0)) }
guard let tree = compiled else { fatalError("the tree is too large") }
print("networks:    \(networkCount), compiled in \(compiling)")
print("memory:      \(tree.size / 1_000_000) MB; at most \(peakMegabytes()) MB with \(before) MB of networks")

for family in [IPAddress.Family.v4, .v6] {
  let own = networks.filter { $0.address.family == family }
  let addresses = (0..<1_000_000).map { _ in
    source.address(in: own[.random(in: 0..<own.count, using: &source)])
  }
  var sum = 0
  let together = best {
    sum = 0
    for address in addresses { sum += tree.view.leaf(of: address).length }
  }
  // Nothing is known of an address before the leaf of the one before it: as in a server, where other work lies between.
  var previous = 0
  let apart = best {
    for address in addresses {
      // Always 0, which the processor does not know.
      let wait = UInt64(truncatingIfNeeded: previous >> 10)
      let next =
        family == .v4
        ? IPAddress(v4: UInt32(truncatingIfNeeded: address.low ^ wait))
        : IPAddress(v6High: address.high ^ wait, low: address.low)
      previous = tree.view.leaf(of: next).length
    }
  }
  print(
    "IPv\(family.rawValue) lookup: \(nanoseconds(together, addresses.count)) ns; one after the other "
      + "\(nanoseconds(apart, addresses.count)) ns; leaves of \(sum / addresses.count) bits")
}

/// The least of several rounds: other work on the machine takes cache and memory away.
func best(_ body: () -> Void) -> Duration { (0..<20).map { _ in measure(body) }.min() ?? .zero }

/// CPU time, which other work on the machine hardly changes.
func measure(_ body: () -> Void) -> Duration {
  func now() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
  let start = now()
  body()
  return now() - start
}

func nanoseconds(_ duration: Duration, _ count: Int) -> Double {
  Double((duration / count).components.attoseconds / 100_000_000) / 10
}

func peakMegabytes() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss / 1024
}
