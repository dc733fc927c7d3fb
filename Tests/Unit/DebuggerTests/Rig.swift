import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// A session over a `TinyHart` with a program of a few instructions.
final class Rig {
    let provider = TinyProvider()
    let session: Session
    private let file: TemporaryFile

    /// The program `pieces`, loaded at the start of RAM.
    init(
        _ pieces: [[UInt8]], compressed: Bool = true, virtual: UInt64 = TinyHart.base, entry: UInt64? = nil,
        functions: [(name: String, address: UInt64, size: UInt64)] = []
    ) throws {
        provider.isCompressed = compressed
        file = TemporaryFile("guest.elf", guestProgram(pieces, virtual: virtual, entry: entry, functions: functions))
        session = Session(provider: provider, registers: RegisterTable())
        try session.load(file.path)
    }

    var hart: TinyHart { provider.harts[provider.harts.count - 1] }

    /// Sets a breakpoint `offset` bytes into the RAM.
    @discardableResult
    func breakpoint(_ offset: UInt64) throws -> Breakpoint { try self.breakpoint(at: TinyHart.base + offset) }

    @discardableResult
    func breakpoint(at address: UInt64) throws -> Breakpoint {
        try session.setBreakpoint(at: .virtual(GuestVirtualAddress(address)), location: "*\(address)")
    }

    /// The bytes that commands see `offset` bytes into the RAM.
    func seen(_ offset: UInt64, _ count: Int) throws -> [UInt8] {
        try session.bytes(at: GuestVirtualAddress(TinyHart.base + offset), count: count)
    }

    func write(_ bytes: [UInt8], _ offset: UInt64) throws {
        try session.writeMemory(bytes, at: GuestVirtualAddress(TinyHart.base + offset))
    }

    /// The bytes that the hart has.
    func raw(_ offset: UInt64, _ count: Int) -> [UInt8] { hart.raw(TinyHart.base + offset, count) }

    /// How far behind the start of the RAM each instruction was that the hart executed.
    var executed: [UInt64] { hart.executed.map { $0 - TinyHart.base } }

    /// Where there is an `ebreak` that the program does not have, as offsets into the program's bytes.
    func planted(_ pieces: [[UInt8]]) -> [UInt64] {
        let program = Array(pieces.joined())
        let bytes = raw(0, program.count)
        var found: [UInt64] = []
        for offset in 0..<program.count - 1 where bytes[offset..<offset + 2] != program[offset..<offset + 2] {
            let rest = Array(bytes[offset...])
            if rest.starts(with: Assembly.cEbreak) || rest.starts(with: Assembly.ebreak) {
                found.append(UInt64(offset))
            }
        }
        return found
    }
}

/// Checks why and where a guest stopped; `offset` counts from the start of the RAM.
func check(
    _ stop: Stop, _ reason: StopReason, _ offset: UInt64, file: StaticString = #filePath, line: UInt = #line
) {
    XCTAssertEqual(stop.reason, reason, file: file, line: line)
    XCTAssertEqual(hex(stop.pc.value), hex(TinyHart.base + offset), file: file, line: line)
}

/// Checks the sentence with which `body` is refused.
func checkRefusal<T>(
    _ sentence: String, file: StaticString = #filePath, line: UInt = #line, _ body: () throws -> T
) {
    XCTAssertThrowsError(try body(), file: file, line: line) { error in
        XCTAssertEqual((error as? DebuggerError)?.message, sentence, file: file, line: line)
    }
}
