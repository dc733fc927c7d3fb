import Guest
import XCTest

final class AddressTests: XCTestCase {
    func testArithmeticWrapsAround() {
        let top = GuestVirtualAddress(.max)
        XCTAssertEqual(top + 2, GuestVirtualAddress(1))
        XCTAssertEqual(GuestVirtualAddress(1) - 2 as GuestVirtualAddress, top)
        XCTAssertEqual(GuestVirtualAddress(1) - top, 2)
        XCTAssertTrue(GuestVirtualAddress(0) < top)
        let physical = GuestPhysicalAddress(.max)
        XCTAssertEqual(physical + 2, GuestPhysicalAddress(1))
        XCTAssertEqual(GuestPhysicalAddress(1) - 2 as GuestPhysicalAddress, physical)
        XCTAssertEqual(GuestPhysicalAddress(1) - physical, 2)
        XCTAssertTrue(GuestPhysicalAddress(0) < physical)
    }

    func testText() {
        XCTAssertEqual(GuestVirtualAddress(0).description, "0x0")
        XCTAssertEqual(GuestPhysicalAddress(0x8000_0000).description, "0x80000000")
        XCTAssertEqual(hex(UInt8(10), digits: 2), "0x0a")
        XCTAssertEqual(hex(UInt64.max, digits: 2), "0xffffffffffffffff")
        XCTAssertEqual(RegisterID(0x8030_0000_0200_0000).description, "0x8030000002000000")
    }

    func testTheSizeOfARegister() {
        XCTAssertEqual(RegisterID(0x8030_0000_0200_0000).byteCount, 8)
        XCTAssertEqual(RegisterID(0x8020_0000_0500_0020).byteCount, 4)
        XCTAssertEqual(RegisterID(0x8000_0000_0000_0000).byteCount, 1)
        XCTAssertEqual(RegisterID(.max).byteCount, 32_768)
    }

    func testSpelling() {
        let names = ["main", "mount", "memory", "start", "stop", "x"]
        XCTAssertEqual(Spelling.nearest(to: "mian", among: names), ["main"])
        XCTAssertEqual(Spelling.nearest(to: "sta", among: names), [])
        XCTAssertEqual(Spelling.nearest(to: "memroy", among: names), ["memory"])
        XCTAssertEqual(Spelling.nearest(to: "stap", among: names), ["stop", "start"])
        XCTAssertEqual(Spelling.nearest(to: "", among: names), [])
        XCTAssertEqual(Spelling.nearest(to: "y", among: ["a", "b"]), [])
        XCTAssertEqual(
            Spelling.nearest(to: "axyb", among: ["ayxb", "axy", "xyb", "ab", "axyc"]), ["axy", "axyc", "xyb"])
        XCTAssertEqual(Spelling.nearest(to: "main", among: []), [])
    }
}
