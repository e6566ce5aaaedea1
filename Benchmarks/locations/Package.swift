// swift-tools-version: 6.2
import PackageDescription

// As in the parent package: what the sources need to compile. Warnings are for the parent's builds to refuse.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

// The modules measured are links to the parent's sources, so that the parent needs no products for their sake.
let package = Package(
  name: "swiftlet-benchmarks",
  targets: [
    .systemLibrary(name: "CLDNS", pkgConfig: "ldns", providers: [.apt(["libldns-dev"])]),
    .systemLibrary(
      name: "CMaxMindDB", pkgConfig: "libmaxminddb", providers: [.apt(["libmaxminddb-dev"])]),
    .target(name: "CLinux", cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "DNSWire", swiftSettings: settings),
    .target(name: "Zones", dependencies: ["DNSWire", "CLDNS", "CLinux"], swiftSettings: settings),
    .target(name: "Locations", dependencies: ["DNSWire", "Zones", "CLinux", "CMaxMindDB"], swiftSettings: settings),
    .executableTarget(
      name: "PrefixTreeBench", dependencies: ["Locations", "DNSWire"], swiftSettings: settings),
  ]
)
