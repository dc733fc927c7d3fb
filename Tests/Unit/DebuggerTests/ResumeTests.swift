import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// What `run`, `start`, `continue`, `guestdbg` and `$pc` mean to each other.
final class ResumeTests: XCTestCase {
    let pieces = [Assembly.addi(5, 0, 1), Assembly.nop] + Assembly.shutdown()

    func testRunHitsABreakpointAtTheEntryAndStartDoesNot() throws {
        let rig = try Rig(pieces)
        try rig.breakpoint(0)
        check(try rig.session.run(), .breakpoint([1]), 0)
        try rig.session.start()
        check(try XCTUnwrap(rig.session.stop), .start, 0)
        check(try rig.session.resume(), .shutdown(0), 24)
        XCTAssertEqual(rig.session.breakpoints[0].hits, 1)
    }

    func testSettingPCAtABreakpointHitsIt() throws {
        let rig = try Rig(pieces)
        try rig.breakpoint(4)
        check(try rig.session.run(), .breakpoint([1]), 4)
        // To where it stands already: the user asked for it.
        try rig.session.setRegisterValue(.pc, TinyHart.base + 4)
        check(try rig.session.resume(), .breakpoint([1]), 4)
        try rig.session.setRegisterValue(.pc, TinyHart.base)
        check(try rig.session.resume(), .breakpoint([1]), 4)
        check(try rig.session.resume(), .shutdown(0), 24)
        XCTAssertEqual(rig.session.breakpoints[0].hits, 3)
        XCTAssertEqual(rig.executed, [0, 0, 8, 12, 16, 20, 24])
    }

    func testTheGuestsEbreakIsToldAndThenLeftBehind() throws {
        for (ebreak, compressed) in [(Assembly.ebreak, true), (Assembly.cEbreak, true), (Assembly.ebreak, false)] {
            let pieces = [Assembly.nop, ebreak, Assembly.addi(5, 0, 9)] + Assembly.shutdown()
            let rig = try Rig(pieces, compressed: compressed)
            check(try rig.session.run(), .ebreak, 4)
            check(try rig.session.resume(), .shutdown(0), UInt64(ebreak.count) + 24)
            XCTAssertEqual(rig.hart.x(5), 9)
        }
    }

    func testSettingPCToAnEbreakThatWasToldExecutesItAgain() throws {
        let rig = try Rig([Assembly.nop, Assembly.ebreak] + Assembly.shutdown())
        check(try rig.session.run(), .ebreak, 4)
        try rig.session.setRegisterValue(.pc, TinyHart.base + 4)
        check(try rig.session.resume(), .ebreak, 4)
        try rig.session.setRegisterValue(.pc, TinyHart.base)
        check(try rig.session.resume(), .ebreak, 4)
        check(try rig.session.resume(), .shutdown(0), 24)
    }

    func testABreakpointBehindAnEbreakIsHit() throws {
        let rig = try Rig([Assembly.cEbreak, Assembly.cNop] + Assembly.shutdown())
        try rig.breakpoint(2)
        check(try rig.session.run(), .ebreak, 0)
        check(try rig.session.resume(), .breakpoint([1]), 2)
        check(try rig.session.resume(), .shutdown(0), 20)
    }

    func testAGuestThatIsInterruptedTellsThatNoneOfItsVCPUsRuns() throws {
        let rig = try Rig([Assembly.nop, Assembly.nop] + Assembly.shutdown())
        try rig.session.start()
        rig.hart.eventsAt = [TinyHart.base + 4: .interrupted]
        XCTAssertEqual(try rig.session.resume().notes, [])
        try rig.session.start()
        try rig.session.setMultiprocessingState(5)
        rig.hart.eventsAt = [TinyHart.base + 4: .interrupted]
        let sentence =
            "The virtual CPU is stopped, by the SBI's hart_stop or by \"mpstate\"; \"mpstate runnable\" lets the current one run."
        XCTAssertEqual(try rig.session.resume().notes, [sentence])
    }

    func testGuestDebugOffLiftsAndOnPlants() throws {
        let pieces = [Assembly.nop, Assembly.nop, Assembly.nop, Assembly.nop] + Assembly.shutdown()
        let rig = try Rig(pieces)
        try rig.breakpoint(4)
        check(try rig.session.run(), .breakpoint([1]), 4)
        rig.session.setGuestDebug(false)
        XCTAssertEqual(rig.planted(pieces), [4], "effective at the next run")
        rig.hart.eventsAt = [TinyHart.base + 8: .interrupted]
        check(try rig.session.resume(), .interrupt, 8)
        XCTAssertEqual(rig.planted(pieces), [])
        XCTAssertFalse(rig.hart.guestDebug)
        try rig.breakpoint(12)
        XCTAssertEqual(rig.planted(pieces), [], "nothing is planted while guest debug is off")
        try rig.session.deleteBreakpoint(1)
        rig.session.setGuestDebug(true)
        check(try rig.session.resume(), .breakpoint([2]), 12)
        XCTAssertEqual(rig.planted(pieces), [12])
    }

    func testWithGuestDebugOffTheGuestTakesItsEbreak() throws {
        let rig = try Rig([Assembly.ebreak] + Assembly.shutdown())
        rig.session.setGuestDebug(false)
        try rig.breakpoint(8)
        rig.provider.prepare = { (hart) in
            hart.registers[.stvec] = TinyHart.base + 0x100
            hart.place(Assembly.shutdown(reason: 1), at: TinyHart.base + 0x100)
        }
        check(try rig.session.run(), .shutdown(1), 0x110)
        XCTAssertEqual(rig.hart.registers[.scause], 3)
        XCTAssertEqual(rig.hart.registers[.sepc], TinyHart.base)
        XCTAssertEqual(rig.hart.takeCalls().filter { $0.hasPrefix("guestdbg") }, [])
    }

    func testWhatEndsAGuestIsRefusedToGoOnAndCanBeRead() throws {
        let why = "Start it afresh with \"run\"."
        let table: [(TargetEvent, StopReason, String)] = [
            (.shutdown(reason: 1), .shutdown(1), "The guest shut down (SBI system reset, reason 1: system failure)."),
            (.reset(reason: 0), .reset(0), "The guest asked for a reset (SBI system reset, reason 0)."),
            (.reset(reason: nil), .reset(nil), "The guest asked for a reset (test finisher)."),
            (.exited(code: 3), .exit(3), "The guest exited with code 3."),
            (.fatal("The vCPU is broken."), .error("The vCPU is broken."), "The vCPU is broken."),
        ]
        for (event, reason, sentence) in table {
            let rig = try Rig(pieces)
            try rig.session.start()
            rig.hart.onRun(event)
            check(try rig.session.resume(), reason, 0)
            checkRefusal("The guest cannot go on: \(sentence) \(why)") { try rig.session.resume() }
            XCTAssertEqual(try rig.session.pc().value, TinyHart.base)
            XCTAssertEqual(try rig.seen(0, 4), pieces[0])
            XCTAssertEqual(rig.hart.takeCalls().filter { $0 == "run" }, ["run"])
        }
    }

    func testWhatDoesNotEndAGuestGoesOn() throws {
        let table: [(TargetEvent, StopReason)] = [
            (.interrupted, .interrupt), (.unhandled("Nobody answers."), .error("Nobody answers.")),
        ]
        for (event, reason) in table {
            let rig = try Rig(pieces)
            try rig.session.start()
            rig.hart.onRun(event)
            check(try rig.session.resume(), reason, 0)
            check(try rig.session.resume(), .shutdown(0), 24)
        }
    }

    func testWithoutAProgramOrAGuest() throws {
        let session = Session(provider: TinyProvider(), registers: RegisterTable())
        let noGuest = "The guest is not running. Start it with \"run\", or stop it at its entry with \"start\"."
        let noProgram = "No guest is loaded. Name its ELF file: load FILE."
        checkRefusal(noProgram) { try session.run() }
        checkRefusal(noProgram) { try session.start() }
        checkRefusal(noGuest) { try session.resume() }
        checkRefusal(noGuest) { try session.pc() }
        checkRefusal(noGuest) { try session.registerList() }
        checkRefusal(noGuest) { try session.translate(GuestVirtualAddress(0)) }
        checkRefusal(noProgram) { try session.bytes(at: GuestVirtualAddress(0), count: 1) }
        checkRefusal(noGuest) { try session.writeMemory([0], at: GuestVirtualAddress(0)) }
        XCTAssertFalse(session.hasGuest)
        XCTAssertNil(session.stop)
    }

    func testTheExitCodeOfEachEnd() throws {
        let ends: [(event: TargetEvent, code: Int?)] = [
            (.exited(code: 0), 0), (.exited(code: 3), 3), (.exited(code: 0xFFFF), 0xFFFF), (.shutdown(reason: 0), 0),
            (.shutdown(reason: 1), 1), (.shutdown(reason: 2), 0), (.reset(reason: 0), 0), (.reset(reason: 1), 1),
            (.reset(reason: nil), 0), (.interrupted, nil), (.deadline, nil), (.console, nil), (.unhandled("?"), nil),
            (.fatal("!"), nil),
        ]
        for (event, code) in ends {
            let rig = try Rig(pieces)
            try rig.session.start()
            rig.hart.onRun(event)
            XCTAssertEqual(try rig.session.resume().reason.exitCode, code)
            XCTAssertEqual(rig.session.variables["_exitcode"]?.bits, code.map { UInt64($0) })
        }
    }

    func testARefusedGuestLeavesNone() throws {
        let rig = try Rig(pieces)
        try rig.session.start()
        rig.provider.refusal = .unavailable("There is no KVM here.")
        XCTAssertThrowsError(try rig.session.run()) { XCTAssertEqual(($0 as? DebuggerError)?.isUnavailable, true) }
        XCTAssertFalse(rig.session.hasGuest)
        XCTAssertNil(rig.session.stop)
        rig.provider.refusal = nil
        // A vCPU without the register from which the engine learns whether there is C.
        rig.provider.prepare = { (hart) in hart.registers[.isa] = nil }
        checkRefusal("This vCPU has no register 0x8030000001000000.") { try rig.session.start() }
        XCTAssertFalse(rig.session.hasGuest)
    }

    func testARefusedFileChangesNothing() throws {
        let rig = try Rig(pieces)
        try rig.session.start()
        checkRefusal(
            "Cannot open \"/nowhere/at.all\": No such file or directory (ENOENT). Give the path of an ELF file that you can read."
        ) { try rig.session.load("/nowhere/at.all") }
        rig.provider.misfit = .image("It does not fit.")
        let other = TemporaryFile("other.elf", guestProgram([Assembly.nop]))
        checkRefusal("It does not fit.") { try rig.session.load(other.path) }
        XCTAssertTrue(rig.session.hasGuest)
        rig.provider.misfit = nil
        try rig.session.load(other.path)
        XCTAssertFalse(rig.session.hasGuest)
        XCTAssertEqual(rig.session.program?.path, other.path)
    }
}
