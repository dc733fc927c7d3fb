import Foundation
import Guest
import RISCV
import Target
import XCTest

@testable import Commands
@testable import Support

/// Commands that show a target's state, over a hart that is made to have it.
final class StatusCommandTests: XCTestCase {
    private func terminal() throws -> Terminal {
        let terminal = try Terminal()
        XCTAssertEqual(terminal.type("load guest.elf"), "")
        _ = terminal.type("start")
        return terminal
    }

    /// An entry of a page table.
    private func put(_ hart: TinyHart, _ address: UInt64, _ value: UInt64) {
        hart.place([(0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }], at: address)
    }

    func testAVCPUWithoutATimer() throws {
        let terminal = try terminal()
        XCTAssertTrue(terminal.type("info vcpu").contains("timer        off, time 0, 0 Hz"))
        for register in RegisterTable().registers where register.group == .timer {
            if let id = register.id { terminal.hart.registers[id] = nil }
        }
        XCTAssertTrue(terminal.type("info vcpu").contains("timer        not known: this vCPU has no timer registers"))
    }

    func testPageTablesAreCutAtALimit() throws {
        let terminal = try terminal()
        // The root at 0x80001000 leads to 0x80002000, and that to 0x80003000, every second page of which is mapped.
        put(terminal.hart, 0x8000_1000, 0x8000_2000 >> 2 | 1)
        put(terminal.hart, 0x8000_2000, 0x8000_3000 >> 2 | 1)
        put(terminal.hart, 0x8000_1010, 0x2000_00CF)
        for page in stride(from: 0, to: 512, by: 2) as StrideTo<UInt64> {
            put(terminal.hart, 0x8000_3000 + page * 8, (0x8000_0000 + page << 12) >> 2 | 0x43)
        }
        XCTAssertEqual(terminal.type("set $satp = (8 << 60) | 0x80001"), "")
        var lines = terminal.type("info pagetables").split(separator: "\n")
        XCTAssertEqual(lines.count, 201)
        XCTAssertEqual(
            lines[0], "0x0000000000000000 to 0x0000000000000fff  r----a-  GPA 0x80000000  1 page of 4 KiB")
        XCTAssertEqual(lines[200], "There is more: info pagetables 0x190000,0x0")
        lines = terminal.type("info pagetables 0x190000,0x0").split(separator: "\n")
        XCTAssertEqual(lines.count, 57)
        XCTAssertEqual(
            lines[56], "0x0000000080000000 to 0x00000000bfffffff  rwx--ad  GPA 0x80000000  1 page of 1 GiB")
        XCTAssertEqual(terminal.type("info pagetables 0x1000"), "Nothing is mapped there.\n")
        XCTAssertEqual(
            terminal.type("info pagetables 0x2fff"),
            "0x0000000000002000 to 0x0000000000002fff  r----a-  GPA 0x80002000  1 page of 4 KiB\n")
        XCTAssertEqual(
            terminal.type("info translate 0x2468"),
            """
            0x2468 by Sv39, ASID 0, root table at GPA 0x80001000:
              level 2, entry   0 at GPA 0x80001000: 0x0000000020000801, table at GPA 0x80002000
              level 1, entry   0 at GPA 0x80002000: 0x0000000020000c01, table at GPA 0x80003000
              level 0, entry   2 at GPA 0x80003010: 0x0000000020000843, page at GPA 0x80002000, r----a-
            GPA 0x80002468, a page of 4 KiB, r----a-

            """)
        XCTAssertEqual(terminal.type("print/x $_"), "$1 = 0x80002468\n")
        XCTAssertTrue(terminal.type("info translate 0x1000").hasSuffix("is not valid, its V bit is clear.\n"))
        XCTAssertEqual(terminal.type("print $_"), "void\n")
        XCTAssertTrue(
            terminal.type("info translate 0xb0000000").hasSuffix(
                "GPA 0xb0000000, where there is no RAM, a page of 1 GiB, rwx--ad\n"))
    }

    func testStatistics() throws {
        let terminal = try terminal()
        terminal.hart.statisticGroups = [
            StatisticGroup(
                name: "VM (kvm-1)", rows: [.init(name: "flushes", kind: "cumulative", unit: "", values: [("", 0)])]),
            StatisticGroup(
                name: "vCPU 0 (kvm-1/vcpu-0)",
                rows: [
                    .init(name: "exits", kind: "cumulative", unit: "", values: [("", 12)]),
                    .init(name: "wait_ns", kind: "peak", unit: "ns", values: [("", 5)]),
                    .init(name: "hist", kind: "linear histogram", unit: "ns", values: [("0-9", 3), ("from 10", 1)]),
                    .init(name: "empty", kind: "logarithmic histogram", unit: "ns", values: []),
                ]),
        ]
        XCTAssertEqual(
            terminal.type("info stats"),
            """
            VM (kvm-1):
              nothing was counted
            vCPU 0 (kvm-1/vcpu-0):
              exits    12 (cumulative)
              wait_ns  5 ns (peak)
              hist     0-9: 3, from 10: 1 (linear histogram, ns)

            """)
        XCTAssertEqual(
            terminal.type("info statistics all").split(separator: "\n").filter {
                $0.contains("flushes") || $0.contains("empty")
            },
            ["  flushes  0 (cumulative)", "  empty    0 (logarithmic histogram, ns)"])
        terminal.hart.statisticsRefusal = .unavailable("The host's KVM has none.")
        XCTAssertEqual(terminal.type("info stats"), "The host's KVM has none.\n[ended 4]\n")
    }

    func testExits() throws {
        let terminal = try terminal()
        terminal.hart.counts.exits = [.init("KVM_EXIT_DEBUG", 120), .init("interrupted by a signal", 3)]
        terminal.hart.counts.sbi = [.init(extension: 0x4442_434E, function: 0, count: 7)]
        terminal.hart.counts.otherSBI = 9
        terminal.hart.counts.calls = [.init("KVM_RUN", 130)]
        terminal.hart.counts.guestNanoseconds = 1_500_000_000
        terminal.hart.counts.totalNanoseconds = 2_000_000_999
        XCTAssertEqual(
            terminal.type("info exits"),
            """
            exits:
              120  KVM_EXIT_DEBUG
                3  interrupted by a signal
            SBI calls among them:
              7  DBCN console_write
              9  of further kinds
            time: 1.500000 s in KVM_RUN (74.9 %), 0.500000 s outside, since the guest was made
            ioctls:
              130  KVM_RUN

            """)
    }

    func testPendingExit() throws {
        let terminal = try terminal()
        terminal.hart.pendingExit = "KVM_EXIT_MMIO"
        XCTAssertTrue(terminal.type("info vcpu").contains("exit         KVM_EXIT_MMIO, which the next run completes\n"))
    }

    private func records() -> [ExitRecord] {
        [
            ExitRecord(
                .sbi(extension: 0x4442_434E, function: 2, arguments: [0x41, 2, 3, 4, 5, 6], a0: 0, a1: 0),
                pc: GuestVirtualAddress(0x8000_0010), nanoseconds: 1_234_567),
            ExitRecord(
                .sbi(extension: 1, function: 0, arguments: [0x41, 0, 0, 0, 0, 0], a0: 0, a1: 9),
                pc: GuestVirtualAddress(0x1234), nanoseconds: 12_000_000_000),
            ExitRecord(
                .sbi(
                    extension: 0x0900_0000, function: 7, arguments: [1, 2, 3, 4, 5, 6], a0: UInt64(bitPattern: -2),
                    a1: 0),
                pc: nil, nanoseconds: 0),
            ExitRecord(
                .mmio(GuestPhysicalAddress(0x1000), byteCount: 4, isWrite: true, value: 0x55),
                pc: GuestVirtualAddress(0x8000_0014), nanoseconds: 999),
            ExitRecord(
                .mmio(GuestPhysicalAddress(0x1004), byteCount: 1, isWrite: false, value: 0xFF),
                pc: GuestVirtualAddress(0x8000_0014), nanoseconds: 1000),
            ExitRecord(.other("KVM_EXIT_DEBUG", detail: ""), pc: GuestVirtualAddress(0x8000_0000), nanoseconds: 1),
            ExitRecord(
                .other("KVM_EXIT_SYSTEM_EVENT", detail: "type 1, reason 0"), pc: GuestVirtualAddress(0x8000_0000),
                nanoseconds: 1),
        ]
    }

    private let lines = [
        "[   0.001234] 0x80000010 <main>  sbi DBCN console_write_byte(0x41) = success, 0x0",
        "[  12.000000] 0x1234  sbi legacy console_putchar(0x41) = 0x0",
        "[   0.000000] pc unknown  sbi vendor 0x9000000 function 7(0x1, 0x2, 0x3, 0x4, 0x5, 0x6) = not supported, 0x0",
        "[   0.000000] 0x80000014 <main+4>  mmio write 4 bytes at GPA 0x1000: 0x00000055",
        "[   0.000001] 0x80000014 <main+4>  mmio read 1 byte at GPA 0x1004 = 0xff",
        "[   0.000000] 0x80000000 <_start>  exit KVM_EXIT_DEBUG",
        "[   0.000000] 0x80000000 <_start>  exit KVM_EXIT_SYSTEM_EVENT, type 1, reason 0",
    ]

    /// The next run has these exits and ends by a Ctrl-C.
    private func run(_ terminal: Terminal) -> [String] {
        let records = records()
        terminal.hart.onRun(.interrupted) { hart in for record in records { hart.exit(record) } }
        return terminal.type("continue").split(separator: "\n").map { String($0) }.filter { $0.hasPrefix("[ ") }
    }

    func testTraceToTheSession() throws {
        let terminal = try terminal()
        XCTAssertEqual(run(terminal), [])
        XCTAssertEqual(terminal.hart.observed, [])
        XCTAssertEqual(terminal.type("trace sbi on"), "")
        XCTAssertEqual(run(terminal), Array(lines[0..<3]))
        XCTAssertEqual(terminal.type("trace mmio on"), "")
        XCTAssertEqual(run(terminal), Array(lines[0..<5]))
        // Elsewhere, and back.
        XCTAssertEqual(terminal.type("trace sbi on elsewhere"), "")
        XCTAssertEqual(run(terminal), Array(lines[3..<5]))
        XCTAssertEqual(terminal.type("trace sbi on"), "")
        XCTAssertEqual(run(terminal), Array(lines[0..<5]))
        XCTAssertEqual(terminal.type("trace sbi off"), "")
        XCTAssertEqual(run(terminal), Array(lines[3..<5]))
        // Both want the accesses, and each is one line.
        XCTAssertEqual(terminal.type("trace exits on"), "")
        XCTAssertEqual(run(terminal), lines)
        // The next guest is traced too.
        _ = terminal.type("reset")
        XCTAssertEqual(run(terminal), lines)
        XCTAssertEqual(terminal.type("trace exits off") + terminal.type("trace mmio off"), "")
        XCTAssertEqual(run(terminal), [])
        XCTAssertEqual(terminal.hart.observed, [])
    }

    func testTraceToFiles() throws {
        let terminal = try terminal()
        func contents(_ name: String) throws -> [String] {
            try String(contentsOfFile: terminal.folder + "/" + name, encoding: .utf8).split(separator: "\n").map {
                String($0)
            }
        }
        terminal.put("sbi.txt", "what was there before\n")
        XCTAssertEqual(terminal.type("trace sbi on sbi.txt"), "")
        XCTAssertEqual(terminal.type("trace sbi"), "trace sbi is on, in \"DIR/sbi.txt\".\n")
        XCTAssertEqual(terminal.type("trace mmio on \"shared file\""), "")
        XCTAssertEqual(terminal.type("trace exits on shared file"), "")
        XCTAssertEqual(run(terminal), [])
        XCTAssertEqual(try contents("sbi.txt"), Array(lines[0..<3]))
        XCTAssertEqual(try contents("shared file"), lines)
        XCTAssertEqual(terminal.type("trace exits off"), "")
        _ = run(terminal)
        XCTAssertEqual(try contents("sbi.txt"), Array(lines[0..<3]) + Array(lines[0..<3]))
        XCTAssertEqual(try contents("shared file"), lines + Array(lines[3..<5]))
        XCTAssertEqual(terminal.type("trace sbi off"), "")
        XCTAssertEqual(terminal.type("trace sbi on sbi.txt"), "")
        XCTAssertEqual(try contents("sbi.txt"), [])
    }

    func testATraceThatCannotBeWrittenEnds() throws {
        try XCTSkipUnless(FileManager.default.fileExists(atPath: "/dev/full"), "no /dev/full here")
        let terminal = try terminal()
        XCTAssertEqual(terminal.type("trace sbi on /dev/full"), "")
        terminal.hart.onRun(.interrupted) { [records = records()] hart in for record in records { hart.exit(record) } }
        XCTAssertTrue(
            terminal.type("continue").contains(
                "Warning: Cannot write \"/dev/full\": No space left on device (ENOSPC). Nothing is traced there any more.\n"
            ))
        XCTAssertEqual(terminal.type("trace sbi"), "trace sbi is off.\n")
        XCTAssertEqual(terminal.hart.observed, [])
    }
}
