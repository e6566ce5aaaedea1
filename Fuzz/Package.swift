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

// The modules under test are links to the parent's sources. So the parent needs no products for the sake of
// fuzzing, and nothing is built here that is not fuzzed.
let package = Package(
  name: "swiftlet-fuzz",
  targets: [
    .systemLibrary(name: "CLDNS", pkgConfig: "ldns", providers: [.apt(["libldns-dev"])]),
    .systemLibrary(
      name: "CMaxMindDB", pkgConfig: "libmaxminddb", providers: [.apt(["libmaxminddb-dev"])]),
    .target(name: "CLinux", cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "DNSWire", swiftSettings: settings),
    .target(name: "Zones", dependencies: ["DNSWire", "CLDNS", "CLinux"], swiftSettings: settings),
    .target(name: "Locations", dependencies: ["DNSWire", "Zones", "CLinux", "CMaxMindDB"], swiftSettings: settings),
    .target(name: "Answering", dependencies: ["DNSWire", "Zones", "Locations"], swiftSettings: settings),
    .target(name: "Steering", dependencies: ["DNSWire", "Zones", "Locations"], swiftSettings: settings),
    // What the fuzz targets share: a server without sockets, and what must hold of its responses.
    .target(name: "FuzzSupport", dependencies: ["Answering", "DNSWire", "Zones"], swiftSettings: settings),
    .executableTarget(
      name: "FuzzAnswer", dependencies: ["FuzzSupport", "Answering", "DNSWire"], swiftSettings: settings),
    .executableTarget(
      name: "FuzzZone", dependencies: ["FuzzSupport", "Answering", "DNSWire", "Zones"],
      swiftSettings: settings),
    .executableTarget(
      name: "FuzzPolicy", dependencies: ["FuzzSupport", "Answering", "DNSWire", "Steering", "Zones"],
      swiftSettings: settings),
  ]
)
