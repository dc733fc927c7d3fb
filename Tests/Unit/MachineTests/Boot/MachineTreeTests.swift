import Guest
import Target
import XCTest

@testable import Machine

final class MachineTreeTests: XCTestCase {
    func testItTellsOfTheMachine() {
        let tree = TreeReader(bytes: testTree())
        XCTAssertTrue(tree.isWhole())
        XCTAssertEqual(tree.texts("/", "model"), ["kvmdbg,virt"])
        XCTAssertEqual(tree.texts("/", "compatible")?.last, "riscv-virtio")
        XCTAssertEqual(tree.cells("/", "#address-cells"), [2])
        XCTAssertEqual(tree.cells("/memory@80000000", "reg"), [0, 0x8000_0000, 1, 0x4000_0000])
        XCTAssertEqual(tree.texts("/memory@80000000", "device_type"), ["memory"])
    }

    func testItTellsOfEachHart() {
        let tree = TreeReader(bytes: testTree(vcpus: 11))
        XCTAssertEqual(tree.cells("/cpus", "timebase-frequency"), [10_000_000])
        for index in 0..<11 as Range<UInt32> {
            let path = "/cpus/cpu@" + String(index, radix: 16)
            XCTAssertEqual(tree.cells(path, "reg"), [index])
            XCTAssertEqual(tree.texts(path, "status"), ["okay"])
            XCTAssertEqual(tree.texts(path, "riscv,isa"), ["rv64imafdc_zicbom_zicboz"])
            XCTAssertEqual(tree.texts(path, "riscv,isa-base"), ["rv64i"])
            XCTAssertEqual(
                tree.texts(path, "riscv,isa-extensions"), ["i", "m", "a", "f", "d", "c", "zicbom", "zicboz"])
            XCTAssertEqual(tree.texts(path, "mmu-type"), ["riscv,sv57"])
            XCTAssertEqual(tree.cells(path, "riscv,cbom-block-size"), [64])
            XCTAssertEqual(tree.cells(path, "riscv,cboz-block-size"), [128])
            XCTAssertEqual(tree.property(path + "/interrupt-controller", "interrupt-controller"), [])
        }
        XCTAssertFalse(tree.has("/cpus/cpu@b"))
    }

    func testWhatAHartHasNotIsNotTold() {
        let hart = HartFacts(isa: "rv64ima", extensions: ["i", "m", "a"], timebaseFrequency: 1)
        let machine = MachineTree(
            hart: hart, vcpuCount: 1, ram: MemoryRegion(start: GuestRAM.start, byteCount: 4096), commandLine: nil,
            initrd: nil)
        let tree = TreeReader(bytes: machine.blob(capacity: 0x4000) ?? [])
        for name in ["mmu-type", "riscv,cbom-block-size", "riscv,cboz-block-size"] {
            XCTAssertNil(tree.property("/cpus/cpu@0", name))
        }
        XCTAssertNil(tree.property("/chosen", "bootargs"))
        XCTAssertNil(tree.property("/chosen", "linux,initrd-start"))
    }

    func testItTellsWhatTheKernelIsGiven() {
        let initrd = MemoryRegion(start: GuestPhysicalAddress(0x1_8000_1000), byteCount: 0x1234)
        let tree = TreeReader(bytes: testTree(commandLine: "a=\"b c\" é", initrd: initrd))
        XCTAssertEqual(tree.texts("/chosen", "bootargs"), ["a=\"b c\" é"])
        XCTAssertEqual(tree.texts("/chosen", "stdout-path"), ["/soc/serial@10000000"])
        XCTAssertEqual(tree.cells("/chosen", "linux,initrd-start"), [1, 0x8000_1000])
        XCTAssertEqual(tree.cells("/chosen", "linux,initrd-end"), [1, 0x8000_2234])
        XCTAssertEqual(TreeReader(bytes: testTree(commandLine: "")).texts("/chosen", "bootargs"), [""])
    }

    func testTheDevicesAreWhereTheyAnswer() throws {
        let tree = TreeReader(bytes: testTree())
        XCTAssertEqual(tree.cells("/soc/serial@10000000", "reg"), [0, 0x1000_0000, 0, 0x100])
        XCTAssertEqual(tree.texts("/soc/serial@10000000", "compatible"), ["ns16550a"])
        XCTAssertEqual(tree.cells("/soc/serial@10000000", "interrupts"), [10])
        let plic = "/soc/" + (tree.has("/soc/plic@c000000") ? "plic@c000000" : "interrupt-controller@c000000")
        XCTAssertEqual(tree.cells(plic, "reg"), [0, 0x0C00_0000, 0, 0x60_0000])
        XCTAssertEqual(tree.cells(plic, "riscv,ndev"), [31])
        XCTAssertEqual(tree.cells("/soc/serial@10000000", "interrupt-parent"), tree.cells(plic, "phandle"))
        // Machine mode and supervisor mode of each hart, as the contexts are numbered.
        let harts = try (0..<2).map {
            try XCTUnwrap(tree.cells("/cpus/cpu@\($0)/interrupt-controller", "phandle")?.first)
        }
        XCTAssertEqual(tree.cells(plic, "interrupts-extended"), harts.flatMap { [$0, UInt32.max, $0, 9] })
    }

    func testPowerGoesByTheFinisher() {
        let tree = TreeReader(bytes: testTree())
        let phandle = tree.cells("/soc/test@100000", "phandle")
        XCTAssertNotNil(phandle)
        for (name, value) in [("poweroff", Finisher.pass), ("reboot", Finisher.reset)] {
            XCTAssertEqual(tree.texts("/" + name, "compatible"), ["syscon-" + name])
            XCTAssertEqual(tree.cells("/" + name, "regmap"), phandle)
            XCTAssertEqual(tree.cells("/" + name, "offset"), [0])
            XCTAssertEqual(tree.cells("/" + name, "value"), [value])
        }
    }

    func testThePhandlesAreAllDifferent() throws {
        let source = try decompile(testTree(vcpus: 4)).source
        let phandles = source.split(separator: "\n").filter { $0.contains("\tphandle = ") }
        XCTAssertEqual(phandles.count, 6)
        XCTAssertEqual(Set(phandles.map { $0.drop { $0 == "\t" } }).count, 6)
    }

    func testTheCompilerHasNothingToSayOfIt() throws {
        let initrd = MemoryRegion(start: GuestPhysicalAddress(0x8100_0000), byteCount: 100)
        for blob in [testTree(vcpus: 1, commandLine: nil), testTree(vcpus: 64, initrd: initrd, capacity: 1 << 16)] {
            let (source, complaints) = try decompile(blob)
            XCTAssertEqual(complaints, "")
            XCTAssertTrue(source.contains("serial@10000000"))
        }
    }

    func testATreeThatDoesNotFitIsNone() {
        let count = testTree().count
        XCTAssertGreaterThan(count, 1000)
        for capacity in 0..<count where capacity % 7 == 0 || capacity == count - 1 {
            XCTAssertEqual(testTree(capacity: capacity), [], "\(capacity)")
        }
        // What BootPlan reserves is enough, for any number of harts.
        for vcpus in [1, 2, 8, 64, 512] {
            XCTAssertFalse(
                testTree(vcpus: vcpus, commandLine: nil, capacity: 0x4000 + 0x400 * vcpus).isEmpty, "\(vcpus)")
        }
    }
}
