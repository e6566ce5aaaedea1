// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

/// The proof that a function neither allocates nor locks needs to see what it calls, also in other files: debug
/// builds of these modules are compiled as a whole, too.
let provedSettings: [SwiftSetting] =
  settings + [
    .unsafeFlags(
      ["-disable-batch-mode", "-wmo", "-num-threads", "2"], .when(configuration: .debug))
  ]

/// Tests may build unsafe inputs on purpose, so strict memory safety is off for them.
let testSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableExperimentalFeature("Lifetimes"),
]

let package = Package(
  name: "swiftlet",
  products: [
    .executable(name: "swiftlet", targets: ["swiftlet"])
  ],
  dependencies: [
    // Flags, help and usage errors as users of command lines expect them.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // An HTTP server's sockets and parser, to watch the server by. What answers queries does without.
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    // The ecosystem's logging interface: events with key=value metadata.
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    // YAML with the line and column of every value, which error messages need.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // ldns: the RDATA text of every record type that it knows.
    .systemLibrary(name: "CLDNS", pkgConfig: "ldns", providers: [.apt(["libldns-dev"])]),
    // TLS for health checks. SwiftNIO's cannot be driven from an epoll of one's own; ldns needs OpenSSL anyway.
    .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    // libmaxminddb: MaxMind DB files, the format in which databases of locations are to be had.
    .systemLibrary(
      name: "CMaxMindDB", pkgConfig: "libmaxminddb", providers: [.apt(["libmaxminddb-dev"])]),
    // Linux calls and macros that the Glibc module does not show to Swift.
    .target(name: "CLinux", cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "DNSWire", swiftSettings: provedSettings),
    .target(name: "Zones", dependencies: ["DNSWire", "CLDNS", "CLinux"], swiftSettings: provedSettings),
    .target(
      name: "Locations", dependencies: ["DNSWire", "Zones", "CLinux", "CMaxMindDB"],
      swiftSettings: provedSettings),
    .target(name: "Steering", dependencies: ["DNSWire", "Zones", "Locations"], swiftSettings: settings),
    .target(name: "Health", dependencies: ["Steering"], swiftSettings: settings),
    .target(
      name: "Answering", dependencies: ["DNSWire", "Zones", "Locations", "CLinux"],
      swiftSettings: provedSettings),
    .target(
      name: "Transport", dependencies: ["Answering", "CLinux", "DNSWire"], swiftSettings: provedSettings),
    // Sockets of its own kind, but threads, addresses and errors as those of Transport.
    .target(
      name: "Probing",
      dependencies: ["Health", "Steering", "Zones", "Transport", "DNSWire", "CLinux", "COpenSSL"],
      swiftSettings: settings),
    .target(
      name: "Web",
      dependencies: [
        "DNSWire",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: settings),
    // The live page's files, as octets in the program.
    .target(
      name: "Page",
      resources: [.embedInCode("Files")],
      swiftSettings: settings),
    .target(
      name: "Control",
      dependencies: [
        "Web", "Page", "Transport", "Answering", "Probing", "Health", "Steering", "Locations", "Zones",
        "DNSWire", "CLinux",
        "Yams",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "swiftlet",
      dependencies: [
        "Control", "Zones", "DNSWire",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: settings),
    // What several test targets share: seeded randomness, messages taken apart, temporary folders.
    .target(
      name: "TestSupport", dependencies: ["Locations", "DNSWire"], path: "Tests/TestSupport",
      swiftSettings: testSettings),
    .testTarget(name: "DNSWireTests", dependencies: ["DNSWire", "TestSupport"], swiftSettings: testSettings),
    .testTarget(
      name: "ZonesTests", dependencies: ["Answering", "Zones", "DNSWire", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "LocationsTests", dependencies: ["Locations", "DNSWire", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "SteeringTests", dependencies: ["Steering", "Answering", "Zones", "DNSWire", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "HealthTests", dependencies: ["Health", "Steering", "DNSWire", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "AnsweringTests", dependencies: ["Answering", "Locations", "Zones", "DNSWire", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "ProbingTests",
      dependencies: ["Probing", "COpenSSL", "Health", "Steering", "Transport", "DNSWire", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "TransportTests", dependencies: ["Transport", "Answering", "Zones", "DNSWire"],
      swiftSettings: testSettings),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "Web", "DNSWire", .product(name: "NIOPosix", package: "swift-nio"),
      ], swiftSettings: testSettings),
    .testTarget(
      name: "ControlTests",
      dependencies: [
        "Control", "Probing", "Health", "Steering", "Locations", "Zones", "DNSWire", "TestSupport",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: testSettings),
  ]
)
