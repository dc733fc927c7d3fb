import Glibc
import Guest
import Host
import Target
import XCTest

@testable import KVM
@testable import Machine

final class SentenceTests: XCTestCase {
    private func failure(_ errno: Int32, pc: UInt64, isPaging: Bool = false) -> RunFailure {
        RunFailure(
            errno: Errno(errno), pc: GuestVirtualAddress(pc), isPaging: isPaging,
            ram: MemoryRegion(start: GuestRAM.start, byteCount: 4096))
    }

    func testRunFailures() {
        let jumped = failure(EOPNOTSUPP, pc: 0x4000_0000).sentence
        XCTAssertTrue(jumped.hasPrefix("The pc 0x40000000 is not backed by memory"), jumped)
        XCTAssertTrue(jumped.contains("KVM_RUN failed: Operation not supported (EOPNOTSUPP)"), jumped)
        let stored = failure(EOPNOTSUPP, pc: 0x8000_0000).sentence
        XCTAssertTrue(stored.contains("At pc 0x80000000") && stored.contains("cannot decode"), stored)
        XCTAssertFalse(stored.contains("backed by memory"), stored)
        let paged = failure(EFAULT, pc: 0xFFFF_FFFF_8000_0000, isPaging: true).sentence
        XCTAssertTrue(paged.contains("or the pc's own page is not backed by memory"), paged)
        let misaligned = failure(EIO, pc: 0x8000_0000).sentence
        XCTAssertTrue(
            misaligned.contains("no multiple of the access's length") && misaligned.contains("EIO"), misaligned)
        let other = failure(ENOEXEC, pc: 0x8000_0000).sentence
        XCTAssertTrue(other.contains("ENOEXEC") && other.contains("dmesg"), other)
    }

    func testTheTrapThatLedOut() {
        let sepc = GuestVirtualAddress(0x8000_008E)
        XCTAssertEqual(
            failure(EFAULT, pc: 0).trapSentence(stvec: 0, scause: 2, sepc: sepc),
            " A trap led there (stvec 0x0, scause 0x2, sepc 0x8000008e).")
        XCTAssertNotEqual(
            failure(EFAULT, pc: 0x114).trapSentence(stvec: 0x101, scause: 1 << 63 | 5, sepc: sepc), "")
        XCTAssertNotEqual(failure(EFAULT, pc: 0x100).trapSentence(stvec: 0x101, scause: 5, sepc: sepc), "")
        XCTAssertEqual(failure(EFAULT, pc: 8).trapSentence(stvec: 0, scause: 2, sepc: sepc), "")
        XCTAssertEqual(failure(EFAULT, pc: 0x8000_0000).trapSentence(stvec: 0x8000_0000, scause: 2, sepc: sepc), "")
    }

    func testUnmappedAccesses() throws {
        let pc = GuestVirtualAddress(0x8000_006E)
        let load = MMIO(address: GuestPhysicalAddress(0x1000), byteCount: 4, isWrite: false, value: 0)
        XCTAssertEqual(
            load.sentence(pc: pc),
            "The guest read 4 bytes at pc 0x8000006e from GPA 0x1000, where there is neither RAM nor a device. "
                + "It gets 0 if it goes on.")
        let store = MMIO(address: GuestPhysicalAddress(0x10), byteCount: 1, isWrite: true, value: 0x7F)
        XCTAssertEqual(
            store.sentence(pc: nil),
            "The guest wrote 1 byte (0x7f) to GPA 0x10, where there is neither RAM nor a device. "
                + "The store is dropped if it goes on.")
        XCTAssertTrue(CSRRequest(number: 0x15, newValue: 0, writeMask: 0).sentence(pc: pc).contains("seed (CSR 0x015)"))
    }

    func testExits() {
        XCTAssertTrue(
            Exit.internalError(suberror: 1, data: [0xA, 0xB]).sentence.contains(
                "KVM_INTERNAL_ERROR_EMULATION, data 0xa 0xb"))
        XCTAssertTrue(Exit.other(ExitReason(rawValue: 28)).sentence.contains("KVM_EXIT_ARM_NISV"))
        XCTAssertTrue(Exit.failEntry(hardwareReason: 0x21, cpu: 3).sentence.contains("reason 0x21, host CPU 3"))
    }

    func testAMachineIsRefusedWhereKVMRunsOtherGuests() throws {
        try XCTSkipUnless(access("/dev/kvm", R_OK | W_OK) == 0, "no /dev/kvm here")
        try XCTSkipIf(KVMSystem.runsRISCVGuests, "this host runs RISC-V guests")
        final class Silent: Console { func write(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { false } }
        XCTAssertThrowsError(try Machine(try KVMSystem(), memory: 1 << 20, console: Silent())) { error in
            let message = (error as? MachineError)?.message ?? ""
            XCTAssertTrue(message.contains("\(Kernel.current.machine) guests"), message)
            XCTAssertTrue(message.contains("lab/run"), message)
        }
    }
}
