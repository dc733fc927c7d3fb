import Guest
import Images
import Symbols
import XCTest

@testable import Debugger
@testable import Support

final class ProgramTests: XCTestCase {
    private let ramStart = GuestPhysicalAddress(0x8000_0000)

    func testAddressesTranslateBySegment() throws {
        let program = Program(try ELFFile(path: "good.elf", bytes: goodGuest.bytes()))
        XCTAssertEqual(
            program.physical(for: GuestVirtualAddress(0xFFFF_FFFF_8010_0010)), GuestPhysicalAddress(0x8020_0010))
        XCTAssertEqual(program.virtual(for: GuestPhysicalAddress(0x8020_0FFF)), .init(0xFFFF_FFFF_8010_0FFF))
        XCTAssertNil(program.physical(for: GuestVirtualAddress(0xFFFF_FFFF_8010_1000)))
        XCTAssertNil(program.virtual(for: GuestPhysicalAddress(0x8020_1000)))
        XCTAssertNil(program.physical(for: GuestVirtualAddress(0xFFFF_FFFF_7FFF_FFFF)))
    }

    func testASegmentMayEndTheAddressSpace() throws {
        var builder = ELFBuilder()
        builder.segments = [.init(virtual: .max - 7, physical: .max - 7, memorySize: .max)]
        let program = Program(try ELFFile(path: "wrap.elf", bytes: builder.bytes()))
        XCTAssertEqual(program.physical(for: GuestVirtualAddress(4)), GuestPhysicalAddress(4))
    }

    func testAKernelThatIsLoadedBelowRAMIsPutBehindItsStart() throws {
        var builder = ELFBuilder()
        builder.entry = 0xFFFF_FFFF_8000_0000
        builder.segments = [
            .init(virtual: 0xFFFF_FFFF_8000_0000, physical: 0, content: [1, 2, 3, 4]),
            .init(virtual: 0xFFFF_FFFF_8020_0000, physical: 0x20_0000, content: [5, 6]),
        ]
        let file = try ELFFile(path: "vmlinux", bytes: builder.bytes())
        let kernel = Program(kernel: file, ramStart: ramStart)
        XCTAssertEqual(kernel.segments.map { $0.physical.value }, [0x8020_0000, 0x8040_0000])
        XCTAssertEqual(kernel.physical(for: kernel.entry)?.value, 0x8020_0000)
        XCTAssertEqual(kernel.bytes(at: .physical(GuestPhysicalAddress(0x8040_0000)), count: 2), [5, 6])
        XCTAssertEqual(Program(file).segments.map { $0.physical.value }, [0, 0x20_0000])
    }

    func testAKernelThatSaysWhereInRAMStaysThere() throws {
        let kernel = Program(kernel: try ELFFile(path: "k", bytes: goodGuest.bytes()), ramStart: ramStart)
        XCTAssertEqual(kernel.virtual(for: GuestPhysicalAddress(0x8020_0FFF)), .init(0xFFFF_FFFF_8010_0FFF))
    }
}
