import Guest
import RISCV
import XCTest

final class TrapTests: XCTestCase {
    func testBreakpointFromSupervisor() {
        let entry = TrapEntry.breakpoint(
            at: GuestVirtualAddress(0x8020_0010), sstatus: 0x8000_0002_0000_6002, stvec: 0x8020_0100, mode: .supervisor)
        XCTAssertEqual(entry.sepc, GuestVirtualAddress(0x8020_0010))
        XCTAssertEqual(entry.scause, 3)
        XCTAssertEqual(entry.stval, 0x8020_0010)
        XCTAssertEqual(entry.sstatus, 0x8000_0002_0000_6120, "SPP and SPIE set, SIE clear, the rest untouched")
        XCTAssertEqual(entry.pc, GuestVirtualAddress(0x8020_0100))
        XCTAssertEqual(entry.mode, .supervisor)
    }

    func testBreakpointFromUserWithInterruptsOff() {
        let entry = TrapEntry.breakpoint(
            at: GuestVirtualAddress(0x4000), sstatus: 0x0004_0120, stvec: 0x8020_0101, mode: .user)
        XCTAssertEqual(entry.sstatus, 0x0004_0000, "SPP and SPIE clear")
        XCTAssertEqual(entry.pc, GuestVirtualAddress(0x8020_0100), "an exception goes to the base, vectored or not")
        XCTAssertEqual(entry.mode, .supervisor)
    }

    func testVector() {
        let timer = Cause(isInterrupt: true, code: 5)
        XCTAssertEqual(TrapVector(stvec: 0x1000).target(for: timer).value, 0x1000)
        XCTAssertEqual(TrapVector(stvec: 0x1001).target(for: timer).value, 0x1014)
        XCTAssertEqual(TrapVector(stvec: 0x1001).target(for: Cause(code: 13)).value, 0x1000)
        XCTAssertEqual(TrapVector(stvec: 0x1001).target(for: Cause(scause: .max)).value, 0x0ffc, "no crash")
    }

    func testCauses() {
        XCTAssertEqual(Cause(scause: 1 << 63 | 9), Cause(isInterrupt: true, code: 9))
        XCTAssertEqual(Cause(isInterrupt: true, code: 9).scause, 1 << 63 | 9)
        XCTAssertEqual(Cause(code: 1 << 63 | 3), .breakpoint)
        XCTAssertEqual(Cause(code: 8).name, "environment call from U-mode")
        XCTAssertEqual(Cause(code: 15).name, "store/AMO page fault")
        XCTAssertEqual(Cause(isInterrupt: true, code: 1).name, "supervisor software interrupt")
        let names = (0...63 as ClosedRange<UInt64>).flatMap {
            [Cause(code: $0).name, Cause(isInterrupt: true, code: $0).name]
        }
        XCTAssertEqual(Set(names).count, 128)
        XCTAssertEqual(names.filter { $0.hasPrefix("exception ") || $0.hasPrefix("interrupt ") }.count, 128 - 16 - 4)
    }
}
