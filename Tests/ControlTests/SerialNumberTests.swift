import Testing

@testable import Control

struct SerialNumberTests {
  @Test(
    arguments: [
      (1, 2, false), (2, 1, true), (0, 0x7fff_ffff, false), (0, 0x8000_0000, true), (0, 0x8000_0001, true),
      (0xffff_ffff, 0, false), (0, 0xffff_ffff, true), (2_026_010_199, 2_026_010_200, false),
      (2_026_010_200, 2_026_010_101, true),
    ] as [(UInt32, UInt32, Bool)]) func goesBack(_ old: UInt32, _ new: UInt32, _ isBack: Bool)
  {
    #expect(SerialNumber.isBack(new, from: old) == isBack)
  }
}
