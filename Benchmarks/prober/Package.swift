// swift-tools-version: 6.2
import PackageDescription

// As in the main package: what the sources need to compile. Warnings are for its own builds to refuse.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

// The modules are links to the main package's sources, which so needs no products for the sake of measuring.
let package = Package(
  name: "swiftlet-prober",
  targets: [
    .systemLibrary(
      name: "CMaxMindDB", pkgConfig: "libmaxminddb", providers: [.apt(["libmaxminddb-dev"])]),
    .systemLibrary(name: "CLDNS", pkgConfig: "ldns", providers: [.apt(["libldns-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .target(name: "CLinux", cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "DNSWire", swiftSettings: settings),
    .target(name: "Zones", dependencies: ["DNSWire", "CLDNS", "CLinux"], swiftSettings: settings),
    .target(name: "Locations", dependencies: ["DNSWire", "Zones", "CLinux", "CMaxMindDB"], swiftSettings: settings),
    .target(name: "Steering", dependencies: ["DNSWire", "Zones", "Locations"], swiftSettings: settings),
    .target(name: "Health", dependencies: ["Steering"], swiftSettings: settings),
    .target(name: "Answering", dependencies: ["DNSWire", "Zones", "Locations"], swiftSettings: settings),
    .target(name: "Transport", dependencies: ["Answering", "CLinux", "DNSWire"], swiftSettings: settings),
    .target(
      name: "Probing", dependencies: ["Health", "Steering", "Zones", "Transport", "DNSWire", "CLinux", "COpenSSL"],
      swiftSettings: settings),
    .executableTarget(
      name: "probeload", dependencies: ["Probing", "Health", "Steering", "Transport", "DNSWire"],
      swiftSettings: settings),
  ]
)
