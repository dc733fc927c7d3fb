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

    /// A Linux Image of 4096 bytes that takes 8192 in memory, 2 MiB behind the start of RAM.
    private var image: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4096)
        bytes.replaceSubrange(0..<4, with: [0x6F, 0, 0, 4])
        bytes[10] = 0x20
        bytes[17] = 0x20
        bytes.replaceSubrange(56..<60, with: Array("RSC\u{5}".utf8))
        return bytes
    }

    func testAnImageIsOneSegmentWhereItsHeaderAsks() throws {
        let file = TemporaryFile("Image", image)
        let kernel = try Program.readKernel(file.path, ramStart: ramStart, ramByteCount: 16 << 20)
        XCTAssertEqual(kernel.path, file.path)
        XCTAssertTrue(kernel.isKernel)
        XCTAssertEqual(kernel.entry.value, 0x8020_0000)
        XCTAssertEqual(kernel.imageStart?.value, 0x8020_0000)
        XCTAssertEqual(kernel.segments.count, 1)
        XCTAssertEqual(kernel.segments[0].physical.value, 0x8020_0000)
        XCTAssertEqual(kernel.segments[0].fileSize, 4096)
        XCTAssertEqual(kernel.segments[0].memorySize, 8192)
        XCTAssertEqual(kernel.physical(for: GuestVirtualAddress(0x8020_1FFF))?.value, 0x8020_1FFF)
        XCTAssertNil(kernel.physical(for: GuestVirtualAddress(0x8020_2000)))
        XCTAssertEqual(kernel.bytes(at: .physical(GuestPhysicalAddress(0x8020_0FFE)), count: 4), [0, 0, 0, 0])
        XCTAssertEqual(kernel.bytes(at: .physical(GuestPhysicalAddress(0x8020_0038)), count: 4), Array("RSC\u{5}".utf8))
        XCTAssertTrue(kernel.symbols.symbols.isEmpty)
        XCTAssertEqual(kernel.sections.count, 0)
        XCTAssertEqual(kernel.warnings, [])
    }

    func testAnELFFileCanBeAKernelToo() throws {
        let file = TemporaryFile("vmlinux", goodGuest.bytes())
        let kernel = try Program.readKernel(file.path, ramStart: ramStart, ramByteCount: 16 << 20)
        XCTAssertTrue(kernel.isKernel)
        XCTAssertNil(kernel.imageStart)
        XCTAssertFalse(try Program.read(file.path).isKernel)
    }

    func testAnImageNamedAsAGuestIsSaidToBeAKernel() {
        let file = TemporaryFile("Image", image)
        XCTAssertThrowsError(try Program.read(file.path)) {
            XCTAssertEqual(
                ($0 as? DebuggerError)?.message,
                "Cannot load \"\(file.path)\" as a guest: it is no ELF file, but looks like a Linux kernel. Boot it with "
                    + "\"kernel \(file.path)\", or by the option --kernel.")
        }
        let text = TemporaryFile("text", Array("neither".utf8))
        XCTAssertThrowsError(try Program.read(text.path)) {
            guard case .program? = $0 as? DebuggerError else { return XCTFail("another error") }
        }
    }

    func testARefusedKernelOrInitrdChangesNothing() throws {
        let rig = try Rig([Assembly.nop])
        try rig.session.start()
        let bad = TemporaryFile("Image", [1, 2, 3])
        XCTAssertThrowsError(try rig.session.loadKernel(bad.path))
        XCTAssertThrowsError(try rig.session.setInitrd("/nowhere"))
        XCTAssertThrowsError(try rig.session.setDeviceTree("/nowhere"))
        rig.provider.misfit = .image("It does not fit.")
        let good = TemporaryFile("Image", image)
        XCTAssertThrowsError(try rig.session.loadKernel(good.path))
        XCTAssertThrowsError(try rig.session.setInitrd(good.path))
        XCTAssertThrowsError(try rig.session.setDeviceTree(good.path))
        XCTAssertTrue(rig.session.hasGuest)
        XCTAssertNil(rig.session.machine.initrd)
        XCTAssertNil(rig.session.machine.deviceTree)
        rig.provider.misfit = nil
        try rig.session.setInitrd(good.path)
        XCTAssertEqual(rig.session.machine.initrd?.bytes.count, 4096)
        XCTAssertTrue(rig.session.hasGuest)
        try rig.session.setInitrd(nil)
        XCTAssertNil(rig.session.machine.initrd)
        try rig.session.loadKernel(good.path)
        XCTAssertFalse(rig.session.hasGuest)
        XCTAssertEqual(rig.session.program?.path, good.path)
    }
}
