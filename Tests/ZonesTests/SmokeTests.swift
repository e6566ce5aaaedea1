import Testing

@testable import Zones

@Test func builds() {}
