import Debugger
import Guest
import RISCV
import Reports
import Target
import XCTest

@testable import Commands
@testable import Support

/// What is told of the guest when a script has failed.
final class DiagnosisTests: XCTestCase {
    private func failed(
        _ script: String, _ prepare: @escaping (Terminal) -> Void = { _ in }
    ) throws -> String {
        let terminal = try Terminal(isInteractive: false, showsState: true)
        prepare(terminal)
        let shown = terminal.runScript(script)
        return String(shown[(shown.range(of: "DIR/test.kdbg:")?.lowerBound ?? shown.startIndex)...])
    }

    func testAllOfIt() throws {
        let shown = try failed("load guest.elf\nbreak main\nrun\nexpect $a0 == $t0 + $s2") { (terminal) in
            Array("one\ntwo\r\nthr\u{1B}ee".utf8).withUnsafeBufferPointer {
                _ = terminal.interpreter.context.console.write($0)
            }
            terminal.provider.prepare = { (hart) in
                hart.exit(
                    ExitRecord(
                        .sbi(extension: 0x4442_434E, function: 2, arguments: [65, 0, 0, 0, 0, 0], a0: 0, a1: 0),
                        pc: GuestVirtualAddress(0x8000_0000), nanoseconds: 1_500_000))
                hart.exit(
                    ExitRecord(
                        .mmio(GuestPhysicalAddress(0x1000_0000), byteCount: 4, isWrite: true, value: 7), pc: nil,
                        nanoseconds: 2_000_000_000))
            }
        }
        XCTAssertEqual(
            shown,
            """
            DIR/test.kdbg:4:1: This does not hold.
              $a0: 0x0 (0)
              $t0 + $s2: 0x1 (1)
              stop: Breakpoint 1, 0x80000010 <main>.
              registers:
                pc             0x0000000080000010  <main>
                ra     x1      0x0000000080000008  <own>
                sp     x2      0x0000000000000000
                a0     x10     0x0000000000000000  0
                a1     x11     0x0000000000000000  0
                a2     x12     0x0000000000000000  0
                a3     x13     0x0000000000000000  0
                a4     x14     0x0000000000000000  0
                a5     x15     0x0000000000000000  0
                a6     x16     0x0000000000000000  0
                a7     x17     0x0000000000000000  0
                mode           0x0000000000000001  mode=S
                t0     x5      0x0000000000000001  1
                s2     x18     0x0000000000000000  0
              code:
                   0x80000008 <own>:  ebreak
                   0x8000000a <own+2>:  nop
                   0x8000000c <own+4>:  j       0x80000018 <finish>
                => 0x80000010 <main>:  add     a0,a0,1
                   0x80000014 <main+4>:  ret
                   0x80000018 <finish>:  lui     a7,0x53525
                   0x8000001c <finish+4>:  add     a7,a7,852 # 0x53525354
                   0x80000020 <finish+8>:  li      a0,0
              exits:
                [   0.001500] sbi DBCN console_write_byte(0x41) = success, 0x0
                [   2.000000] mmio write 4 bytes at GPA 0x10000000: 0x00000007
              console:
                one
                two
                thr\\x1bee
            [ended 1]

            """)
    }

    func testOfATrap() throws {
        let shown = try failed("load guest.elf\nstart\nset $scause = 3\nset $sepc = &own\nset $stval = 1\nexpect 0")
        for name in ["scause", "sepc", "stval"] { XCTAssertTrue(shown.contains("\n    \(name) "), shown) }
        XCTAssertFalse(try failed("load guest.elf\nstart\nexpect 0").contains("scause"))
        XCTAssertTrue(try failed("load guest.elf\nstart\nexpect $scause").contains("\n    scause "))
    }

    func testWhatCannotBeReadIsSaid() throws {
        let shown = try failed("load guest.elf\nstart\nset $pc = 0x10\nexpect $vl == 1")
        XCTAssertTrue(shown.contains("\n  code:\n       0x10: "), shown)
        XCTAssertTrue(shown.contains("\n  registers:\n    pc "), shown)
        XCTAssertTrue(shown.hasSuffix("[ended 1]\n"), shown)
    }

    func testWithoutAGuestThereIsNothing() throws {
        XCTAssertEqual(
            try failed("expect 0"),
            "DIR/test.kdbg:1:1: This does not hold.\n  0: 0x0 (0)\n  stop: there is no guest\n[ended 1]\n")
        XCTAssertEqual(
            try failed("print 1/0"),
            "DIR/test.kdbg:1:9: Division by zero.\n  print 1/0\n          ^\n[ended 1]\n")
    }

    func testAtThePromptAPersonCanLook() throws {
        let terminal = try Terminal(showsState: true)
        _ = terminal.type("load guest.elf")
        _ = terminal.type("start")
        XCTAssertFalse(terminal.type("expect 0").contains("registers:"))
        XCTAssertFalse(terminal.type("nonsense").contains("registers:"))
        let script = try Terminal(isInteractive: false, showsState: true)
        _ = script.type("load guest.elf")
        _ = script.type("start")
        XCTAssertFalse(script.type("nonsense").contains("registers:"), "a mistake is not about the guest")
    }

    func testTheConsolesLastLines() {
        let tail = ConsoleLog()
        func print(_ text: String) { Array(text.utf8).withUnsafeBufferPointer { _ = tail.write($0) } }
        XCTAssertEqual(tail.lines(40), [])
        for number in 1...100 { print("line \(number)\n") }
        XCTAssertEqual(tail.lines(40), (61...100).map { "line \($0)" })
        print("half")
        XCTAssertEqual(tail.lines(2), ["line 100", "half"])
        for _ in 0..<100 { print(String(repeating: "x", count: 5000)) }
        XCTAssertLessThan(tail.lines(40).joined().utf8.count, 20_000)
        tail.clear()
        XCTAssertEqual(tail.lines(40), [])
    }

    func testRegistersThatATextNames() {
        XCTAssertEqual(RegisterMention.names(in: "expect $a0 == $fa0.u64 + $"), ["a0", "fa0.u64", "fa0", ""])
        XCTAssertEqual(RegisterMention.names(in: "no"), [])
    }
}
