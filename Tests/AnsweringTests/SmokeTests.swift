import Testing

@testable import Answering

@Test func builds() {}
