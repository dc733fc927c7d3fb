import Debugger
import Foundation
import Guest
import Host
import RISCV
import Reports
import Target
import XCTest

@testable import Commands
@testable import Support

/// The commands over a `TinyHart`, with the report that people read: what is typed, and all that is shown for it.
final class Terminal {
    let provider = TinyProvider()
    let session: Session
    let interpreter: Interpreter
    private let file: TemporaryFile
    private let output: Capture
    private let report: HumanReport
    /// Whether the sections of a failure are shown: registers, code, exits, console.
    private let showsState: Bool

    init(isInteractive: Bool = true, compressed: Bool = true, showsState: Bool = false) throws {
        self.showsState = showsState
        provider.isCompressed = compressed
        file = TemporaryFile("guest.elf", Terminal.program)
        output = try Capture()
        // One descriptor for both, as a terminal is.
        report = HumanReport(
            output: ByteSink(descriptor: output.descriptor), errors: ByteSink(descriptor: output.descriptor),
            style: Style(isColoured: false), echoes: !isInteractive)
        let table = CommandTable.standard()
        let registers = RegisterTable()
        session = Session(provider: provider, registers: registers)
        let context = try Context(
            session: session, report: report, style: Style(isColoured: false), table: table)
        context.isInteractive = isInteractive
        interpreter = Interpreter(
            context: context,
            parsing: ParseContext(table: table, registers: registers, folder: file.folder))
    }

    var hart: TinyHart { provider.harts[provider.harts.count - 1] }

    /// The guest:
    ///
    ///     80000000 <_start>:   li t0,1           8000002c <counter>:  u32 0xdeadbeef
    ///     80000004 <_start+4>: jal main          80000030 <message>:  "hello\n", two zeros
    ///     80000008 <own>:      c.ebreak          80000038 <table>:    u16 1, 2, 3, 0xfffc
    ///     8000000a <own+2>:    c.nop
    ///     8000000c <own+4>:    j finish
    ///     80000010 <main>:     addi a0,a0,1
    ///     80000014 <main+4>:   ret
    ///     80000018 <finish>:   SBI shutdown, up to 80000028
    static let program = program()

    /// The same, with the source lines that `lines` tells of.
    static func program(_ lines: DWARFBuilder? = nil) -> [UInt8] {
        guestProgram(
            [
                Assembly.addi(5, 0, 1), Assembly.jal(1, 12), Assembly.cEbreak, Assembly.cNop, Assembly.jal(0, 12),
                Assembly.addi(10, 10, 1), Assembly.jalr(0, 1, 0),
            ] + Assembly.shutdown() + [
                Assembly.word(0xDEAD_BEEF), Array("hello\n\0\0".utf8), [1, 0, 2, 0, 3, 0, 0xFC, 0xFF],
            ],
            functions: [
                ("_start", 0x8000_0000, 8), ("own", 0x8000_0008, 8), ("main", 0x8000_0010, 8),
                ("finish", 0x8000_0018, 20),
            ],
            objects: [("counter", 0x8000_002C, 4), ("message", 0x8000_0030, 8), ("table", 0x8000_0038, 8)], lines: lines
        )
    }

    /// The folder of the guest's file, "guest.elf", to which file names are relative; it is shown as DIR.
    var folder: String { file.folder }

    /// Carries out a line; what is shown for it, and in brackets how it ended, unless it did what it was asked for.
    func type(_ line: String) -> String {
        let outcome = interpreter.execute(typed: line)
        return shown() + Terminal.text(outcome)
    }

    /// Carries out a script named `name` that holds `text`, beside the guest's file.
    func runScript(_ text: String, named name: String = "test.kdbg") -> String {
        let path = file.sibling(name, text)
        let outcome: Interpreter.Outcome
        do { outcome = interpreter.execute(try Script(path: path, interpreter.parsing)) } catch {
            outcome = interpreter.tell(error.error, of: error.text)
        }
        return shown() + Terminal.text(outcome)
    }

    /// Puts a file beside the guest's.
    func put(_ name: String, _ text: String) { file.sibling(name, text) }

    /// As above, of bytes.
    func put(_ name: String, _ bytes: [UInt8]) { file.sibling(name, bytes) }

    private func shown() -> String {
        report.flush()
        let text = output.take().replacingOccurrences(of: file.folder, with: "DIR")
        return showsState ? text : Terminal.withoutState(text)
    }

    private static func withoutState(_ text: String) -> String {
        var isInSection = false
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { (line) in
            if ["  registers:", "  code:", "  exits:", "  console:"].contains(line) {
                isInSection = true
            } else if isInSection && !line.hasPrefix("    ") {
                isInSection = false
            }
            return !isInSection
        }
        return lines.joined(separator: "\n")
    }

    static func text(_ outcome: Interpreter.Outcome) -> String {
        switch outcome {
        case .done: return ""
        case .ended(let status): return "[ended \(status.code)]\n"
        case .quit(let status): return "[quit \(status.code)]\n"
        }
    }
}

/// A file without a name, into which a descriptor writes.
final class Capture {
    let descriptor: Int32

    init() throws {
        var name = Array((NSTemporaryDirectory() + "kvmdbg-XXXXXX").utf8CString)
        descriptor = mkstemp(&name)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        unlink(name)
    }

    deinit { close(descriptor) }

    /// What was written since the last call.
    func take() -> String {
        let size = Int(lseek(descriptor, 0, SEEK_END))
        var bytes = [UInt8](repeating: 0, count: size)
        let count = pread(descriptor, &bytes, size, 0)
        ftruncate(descriptor, 0)
        lseek(descriptor, 0, SEEK_SET)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
