import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// Which function holds an address, which extensions a guest has, what walks and observers are told.
final class FunctionTests: XCTestCase {
    private let high: UInt64 = 0xFFFF_FFFF_8000_0000
    private var files: [TemporaryFile] = []

    /// A session with a program linked high: two functions of 8 bytes, a label of unknown size, then one more function.
    private func session(_ provider: TinyProvider = TinyProvider()) throws -> Session {
        let bytes = guestProgram(
            [[UInt8]](repeating: Assembly.nop, count: 16), virtual: high,
            functions: [
                ("first", high, 8), ("second", high + 8, 8), ("label", high + 16, 0), ("other", high + 24, 4),
                ("last", high + 40, 0),
            ])
        let file = TemporaryFile("guest.elf", bytes)
        files.append(file)
        let session = Session(provider: provider, registers: RegisterTable())
        try session.load(file.path)
        return session
    }

    private func text(_ session: Session, _ address: UInt64) -> String {
        guard let (start, end, name) = session.function(around: GuestVirtualAddress(address)) else { return "none" }
        return "\(name) \(start)-\(end)"
    }

    func testFunctions() throws {
        let session = try session()
        XCTAssertEqual(text(session, high), "first 0xffffffff80000000-0xffffffff80000008")
        XCTAssertEqual(text(session, high + 14), "second 0xffffffff80000008-0xffffffff80000010")
        // Of unknown size: up to the next symbol, or the end of the segment.
        XCTAssertEqual(text(session, high + 18), "label 0xffffffff80000010-0xffffffff80000018")
        XCTAssertEqual(text(session, high + 44), "last 0xffffffff80000028-0xffffffff80000040")
        XCTAssertEqual(text(session, high + 30), "none")
        XCTAssertEqual(text(session, high + 64), "none")
        XCTAssertEqual(text(session, 0x8000_000A), "none")
    }

    /// Before paging is on, the guest runs at the addresses at which it was loaded.
    func testTheLoadedPlaceOfAFunction() throws {
        let provider = TinyProvider()
        let session = try session(provider)
        try session.start()
        XCTAssertEqual(text(session, 0x8000_000A), "second 0x80000008-0x80000010")
        XCTAssertEqual(session.symbolTextWhileRunning(GuestVirtualAddress(0x8000_000A)), "second+2")
        try session.setRegisterValue(.satp, 8 << 60)
        XCTAssertEqual(text(session, 0x8000_000A), "none")
        XCTAssertEqual(session.symbolTextWhileRunning(GuestVirtualAddress(0x10)), nil)
    }

    func testExtensions() throws {
        let provider = TinyProvider()
        let table = RegisterTable()
        provider.prepare = { hart in
            for (name, value) in [
                ("v", 0), ("zba", 1), ("c", 1), ("i", 1), ("a", 1), ("m", 1), ("d", 0), ("svnapot", 1), ("zbb", 0),
                ("h", 1),
            ] as [(String, UInt64)] {
                if let id = table.register(named: "isa." + name)?.id { hart.registers[id] = value }
            }
            // One that is younger than this program.
            hart.registers[RegisterID(0x8030_0000_0700_0200)] = 1
        }
        let session = try session(provider)
        checkRefusal(DebuggerError.noGuest.message) { try session.extensions() }
        try session.start()
        XCTAssertEqual(try session.extensions(), "rv64imach_svnapot_zba")
    }

    func testWalks() throws {
        let provider = TinyProvider()
        let session = try session(provider)
        try session.start()
        let bare = try session.walk(GuestVirtualAddress(0x8000_0010))
        XCTAssertTrue(bare.steps.isEmpty)
        XCTAssertEqual(try bare.result.get().address.value, 0x8000_0010)
        // The root is the only table, and its entry 1 points to itself.
        provider.harts[0].place([[1, 4, 0, 0x20, 0, 0, 0, 0]], at: 0x8000_1008)
        try session.setRegisterValue(.satp, 8 << 60 | 0x80001)
        let walk = try session.walk(GuestVirtualAddress(1 << 30 | 1 << 21 | 1 << 12))
        XCTAssertEqual(walk.steps.map { $0.level }, [2, 1, 0])
        XCTAssertEqual(walk.steps.map { $0.address.value }, [0x8000_1008, 0x8000_1008, 0x8000_1008])
        guard case .failure(.noLeaf(let step)) = walk.result else { return XCTFail("it is translated") }
        XCTAssertEqual(step, walk.steps[2])
    }

    private final class Recorder: ExitObserver {
        var count = 0
        func exited(_ record: ExitRecord) { count += 1 }
    }

    func testAnObserverFollowsTheGuests() throws {
        let provider = TinyProvider()
        let session = try session(provider)
        let recorder = Recorder()
        session.observe(.sbi, by: recorder)
        try session.start()
        XCTAssertEqual(provider.harts[0].observed, .sbi)
        session.observe([.sbi, .other], by: recorder)
        XCTAssertEqual(provider.harts[0].observed, [.sbi, .other])
        try session.start()
        XCTAssertEqual(provider.harts[1].observed, [.sbi, .other])
        provider.harts[1].exit(ExitRecord(.other("x", detail: ""), pc: nil, nanoseconds: 0))
        provider.harts[1].exit(
            ExitRecord(.mmio(GuestPhysicalAddress(0), byteCount: 1, isWrite: false, value: 0), pc: nil, nanoseconds: 0))
        XCTAssertEqual(recorder.count, 1)
        session.observe(.all, by: nil)
        XCTAssertEqual(provider.harts[1].observed, [])
    }
}
