import Testing

@testable import DNSWire

@Test func builds() {}
