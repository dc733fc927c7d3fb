import Guest
import Target
import XCTest

@testable import Machine

final class BootPlanTests: XCTestCase {
    private let start = GuestRAM.start

    private func program(_ size: UInt64, offset: UInt64 = 0, _ ram: MemoryRegion) throws(MachineError) -> LoadPlan {
        try LoadPlan(
            segments: [
                LoadSegment(
                    number: 0, physical: start + offset, virtual: GuestVirtualAddress(0x8000_0000), fileBytes: [1, 2],
                    memorySize: size)
            ], entry: GuestVirtualAddress(0x8000_0000), ram: ram)
    }

    private func plan(
        ram size: UInt64 = 16 << 20, program programSize: UInt64 = 4096, at offset: UInt64 = 0, vcpus: Int = 1,
        needsTree: Bool = true, initrd: Int? = nil, tree: [UInt8]? = nil, commandLine: String? = nil
    ) throws(MachineError) -> BootPlan {
        let ram = MemoryRegion(start: start, byteCount: size)
        return try BootPlan(
            try program(programSize, offset: offset, ram), ram: ram, vcpuCount: vcpus, needsTree: needsTree,
            initrd: initrd.map { [UInt8](repeating: 1, count: $0) }, ownTree: tree, commandLine: commandLine)
    }

    private func refusal(_ body: () throws(MachineError) -> BootPlan) -> String? {
        do throws(MachineError) {
            _ = try body()
            return nil
        } catch { return error.message }
    }

    /// Nothing overlaps, and all lies in RAM.
    private func check(_ plan: BootPlan, ram: UInt64, file: StaticString = #filePath, line: UInt = #line) {
        var end = plan.program.segments.map { $0.physical + $0.memorySize }.max() ?? start
        if let initrd = plan.initrd {
            XCTAssertEqual(initrd.start.value % 4096, 0, file: file, line: line)
            XCTAssertGreaterThanOrEqual(initrd.start, end, file: file, line: line)
            end = initrd.start + UInt64(initrd.bytes.count)
        }
        if let tree = plan.deviceTree {
            XCTAssertEqual(tree.start.value % 8, 0, file: file, line: line)
            XCTAssertGreaterThanOrEqual(tree.start, end, file: file, line: line)
            XCTAssertLessThanOrEqual(tree.end, start + ram, file: file, line: line)
        }
    }

    func testTheTreeIsTheLastAndTheInitrdBeforeIt() throws {
        let plan = try plan(initrd: 5000)
        check(plan, ram: 16 << 20)
        XCTAssertEqual(plan.deviceTree?.start, start + (14 << 20))
        XCTAssertEqual(plan.initrd?.start, start + (14 << 20) - 8192)
    }

    func testTheTreeGoesWhereThereIsRoomWhenRAMIsSmall() throws {
        for ram in stride(from: UInt64(1 << 16), through: 5 << 20, by: 0xB000) {
            for program in [2, 4096, 20_000, ram / 2, ram - 0x8000] as [UInt64] where program < ram {
                let plan = try plan(ram: ram, program: program, needsTree: false)
                check(plan, ram: ram)
                XCTAssertEqual(plan.deviceTree == nil, ram - program < 0x5400, "\(ram) \(program)")
            }
        }
    }

    func testAGuestThatNeedsNoTreeGetsNoneWhereThereIsNoRoom() throws {
        let plan = try plan(ram: 4096, needsTree: false)
        XCTAssertNil(plan.deviceTree)
        XCTAssertNil(plan.initrd)
    }

    func testWhatNeedsATreeIsRefusedWhereThereIsNoRoom() {
        let sentence =
            "There is no room for the device tree of 21504 bytes: the program ends at 0x80001000, and behind it 4096 bytes of "
            + "RAM are free. Give the guest more with --memory."
        XCTAssertEqual(refusal { () throws(MachineError) in try plan(ram: 8192) }, sentence)
        for refused in [
            refusal { () throws(MachineError) in try plan(ram: 8192, needsTree: false, initrd: 1) },
            refusal { () throws(MachineError) in try plan(ram: 8192, needsTree: false, commandLine: "") },
        ] { XCTAssertEqual(refused, sentence) }
    }

    func testAnInitrdThatIsTooLarge() throws {
        // 16 MiB, less the tree's 2 and the program's page.
        let most = (14 << 20) - 4096
        check(try plan(initrd: most), ram: 16 << 20)
        XCTAssertEqual(
            refusal { () throws(MachineError) in try plan(initrd: most + 1) },
            "There is no room for the initrd of \(most + 1) bytes: the program ends at 0x80001000, and behind it \(most) bytes of "
                + "RAM are free. Give the guest more with --memory.")
        XCTAssertNotNil(refusal { () throws(MachineError) in try plan(initrd: 64 << 20) })
    }

    func testAKernelThatIsTooLarge() {
        let refused = refusal { () throws(MachineError) in try plan(ram: 4 << 20, program: 3 << 20, at: 2 << 20) }
        XCTAssertEqual(
            refused,
            "Segment 0 (0x80200000 to 0x804fffff) does not lie in the guest's RAM (0x80000000 to 0x803fffff). "
                + "Give the guest more with --memory: at least 5M.")
        XCTAssertNotNil(
            refusal { () throws(MachineError) in try plan(ram: 4 << 20, program: (2 << 20) - 0x5000, at: 2 << 20) })
    }

    func testTheCommandLineIsAsLongAsLinuxTakes() throws {
        let longest = String(repeating: "x", count: 1023)
        let plan = try plan(commandLine: longest)
        XCTAssertEqual(plan.commandLine, longest)
        XCTAssertEqual(plan.deviceTree?.byteCount, 0x5400 + 1023)
        XCTAssertEqual(
            refusal { () throws(MachineError) in try self.plan(commandLine: longest + "x") },
            "The kernel's command line has 1024 bytes, and Linux takes 1023 on RISC-V. Shorten it.")
        // Bytes, not characters.
        XCTAssertNotNil(
            refusal { () throws(MachineError) in try self.plan(commandLine: String(repeating: "é", count: 512)) })
    }

    func testMoreHartsHaveMoreRoom() throws {
        XCTAssertEqual(try plan(vcpus: 8).deviceTree?.byteCount, 0x5000 + 8 * 0x400)
    }

    func testATreeOfTheUsersIsChecked() throws {
        let blob = testTree()
        XCTAssertEqual(try plan(tree: blob).deviceTree?.byteCount, UInt64(blob.count) + 0x1000)
        for bad in [[], [1, 2, 3], Array(blob.dropLast()), [UInt8](repeating: 0xD0, count: 4096)] as [[UInt8]] {
            XCTAssertTrue(
                refusal { () throws(MachineError) in try plan(tree: bad) }?.contains("Make one by `dtc -O dtb`")
                    ?? false)
        }
    }
}
