import Foundation
import Guest
import RISCV
import Symbols
import XCTest

@testable import Debugger
@testable import Support

/// Symbols of a kernel that the program's file does not have: where it is loaded before its paging is on, and where it runs then.
final class KernelSymbolsTests: XCTestCase {
    private let link = KallsymsBuilder.link
    /// The kernel, without the header: it knows no addresses but these.
    private let pieces: [[UInt8]] =
        [Assembly.nop, Assembly.addi(5, 0, 1), Assembly.addi(5, 5, 1), Assembly.nop] + Assembly.shutdown()
        + [[UInt8](repeating: 0, count: 0xC0 - 36), Array("Linux version 6.12\0".utf8)]
    private let map = """
        ffffffff80000000 T _start
        ffffffff80000044 T start_kernel
        ffffffff8000004c t other
        ffffffff80000060 T handle_exception
        ffffffff80000100 D linux_banner
        ffffffff80000114 D counter
        ffffffff80001000 B _end
        """

    /// An Image whose header jumps to the code behind it.
    private var image: [UInt8] {
        let header =
            Assembly.jal(0, 0x40) + [UInt8](repeating: 0, count: 12) + KallsymsBuilder.little(UInt64(0x1000))
            + [UInt8](repeating: 0, count: 24) + Array("RISCV\0\0\0RSC\u{5}\0\0\0\0".utf8)
        return header + pieces.joined()
    }

    /// A session over the Image at the start of the RAM; without it, over an ELF file that has the code there.
    private func rig(functions: [(name: String, address: UInt64, size: UInt64)]? = nil) throws -> Rig {
        let rig = try Rig([image], functions: functions ?? [])
        if functions == nil {
            let file = TemporaryFile("Image", image)
            try rig.session.loadKernel(file.path)
        }
        return rig
    }

    private func file(_ text: String) -> TemporaryFile { TemporaryFile("System.map", Array(text.utf8)) }

    private func breakpoint(_ rig: Rig, _ name: String) throws -> Breakpoint {
        let symbol = try XCTUnwrap(rig.session.symbols.symbol(named: name))
        return try rig.session.setBreakpoint(
            at: .virtual(symbol.address), location: name, name: .symbol(name, offset: 0))
    }

    /// Maps the page at `virtual` to the first one of the RAM, and the tables that are behind it, by Sv39.
    private func mapKernel(_ hart: TinyHart, at virtual: UInt64) {
        let root = TinyHart.base + 0x8000
        func entry(_ address: UInt64, _ value: UInt64) { hart.place([KallsymsBuilder.little(value)], at: address) }
        hart.place([[UInt8](repeating: 0, count: 0x3000)], at: root)
        entry(root + (virtual >> 30 & 511) * 8, ((root + 0x1000) >> 12) << 10 | 1)
        entry(root + 0x1000 + (virtual >> 21 & 511) * 8, ((root + 0x2000) >> 12) << 10 | 1)
        entry(root + 0x2000 + (virtual >> 12 & 511) * 8, (TinyHart.base >> 12) << 10 | 0xCF)
        hart.registers[.satp] = 8 << 60 | root >> 12
    }

    /// Has the guest's next run switch paging on and go on where the kernel is at `virtual`.
    private func run(_ rig: Rig, at virtual: UInt64, vector: UInt64? = nil) throws -> Stop {
        rig.hart.onRun { [self] hart in
            mapKernel(hart, at: virtual)
            hart.registers[.stvec] = vector ?? virtual + 0x60
            hart.pc = virtual + 0x48
        }
        return try rig.session.resume()
    }

    func testBeforePagingTheFirstSymbolTellsWhere() throws {
        let rig = try rig()
        let map = file(map)
        XCTAssertEqual(try rig.session.readSymbols(map.path).entry.table.symbols.count, 7)
        _ = try breakpoint(rig, "start_kernel")
        XCTAssertEqual(rig.session.physical(for: GuestVirtualAddress(link + 0xFFF))?.value, TinyHart.base + 0xFFF)
        XCTAssertNil(rig.session.physical(for: GuestVirtualAddress(link + 0x1000)))
        XCTAssertNil(rig.session.physical(for: GuestVirtualAddress(link - 1)))
        let stop = try rig.session.run()
        check(stop, .breakpoint([1]), 0x44)
        XCTAssertEqual(stop.notes, [])
        XCTAssertEqual(rig.session.symbolText(stop.pc), "start_kernel")
        XCTAssertEqual(rig.session.symbolText(stop.pc + 10), "other+2")
        XCTAssertEqual(rig.session.symbolTextWhileRunning(stop.pc + 10), "other+2")
        XCTAssertEqual(rig.session.function(around: stop.pc + 2)?.end, GuestVirtualAddress(TinyHart.base + 0x4C))
        XCTAssertEqual(rig.session.symbols.entries.last?.placement, .assumed)
        // The ELF file of another guest says where it is itself.
        let other = TemporaryFile("guest.elf", guestProgram(pieces))
        try rig.session.load(other.path)
        XCTAssertNil(rig.session.physical(for: GuestVirtualAddress(link)))
        XCTAssertEqual(rig.session.virtual(for: GuestPhysicalAddress(TinyHart.base))?.value, TinyHart.base)
    }

    /// The header comes before `_text` where there is no `_start`.
    func testTextStandsInForStart() throws {
        let rig = try rig()
        let map = file("ffffffff80002000 T _text\nffffffff80003000 B _end\n")
        _ = try rig.session.readSymbols(map.path)
        XCTAssertEqual(rig.session.physical(for: GuestVirtualAddress(link + 0x2004))?.value, TinyHart.base + 0x2004)
    }

    func testTheTrapVectorTellsWhereAKernelRuns() throws {
        let rig = try rig()
        let map = file(map)
        _ = try rig.session.readSymbols(map.path)
        _ = try breakpoint(rig, "start_kernel")
        _ = try breakpoint(rig, "other")
        try rig.session.start()
        let stop = try run(rig, at: link + 0x1240_0000)
        XCTAssertEqual(stop.reason, .breakpoint([2]))
        XCTAssertEqual(
            stop.notes,
            [
                "The kernel runs 0x12400000 bytes above the addresses of \"\(map.path)\" (KASLR): its symbols are moved there."
            ])
        XCTAssertEqual(rig.session.symbolText(stop.pc), "other")
        XCTAssertEqual(rig.session.symbol("start_kernel")?.address.value, link + 0x1240_0044)
        XCTAssertEqual(
            rig.session.breakpoints.map(\.place),
            [0x1240_0044, 0x1240_004C].map { .virtual(GuestVirtualAddress(link + $0)) })
        XCTAssertEqual(
            rig.session.breakpoints.map(\.state),
            [0x44, 0x4C].map { .armed(GuestPhysicalAddress(TinyHart.base + $0)) })
        XCTAssertEqual(rig.planted([image]), [0x44, 0x4C])
        // It is found once; nothing is told again.
        try rig.session.setRegisterValue(.pc, link + 0x1240_0044)
        XCTAssertEqual(try rig.session.resume().notes, [])
        try rig.session.deleteAllBreakpoints()
        XCTAssertEqual(rig.planted([image]), [])

        // The next guest's kernel runs somewhere else.
        try rig.session.start()
        XCTAssertEqual(rig.session.symbol("start_kernel")?.address.value, link + 0x44)
        _ = try breakpoint(rig, "other")
        XCTAssertEqual(rig.session.breakpoints.map(\.state), [.armed(GuestPhysicalAddress(TinyHart.base + 0x4C))])
        XCTAssertTrue(try run(rig, at: link + 0x60_0000).notes[0].contains(" 0x600000 bytes above "))
        XCTAssertEqual(rig.session.symbol("other")?.address.value, link + 0x60_004C)
        rig.session.kill()
        XCTAssertEqual(rig.session.breakpoints.map(\.place), [.virtual(GuestVirtualAddress(link + 0x4C))])
    }

    /// A vmlinux tells itself where it is linked and loaded; where it runs then, it does not.
    func testTheProgramsOwnSymbolsAreMovedToo() throws {
        let names =
            [("start_kernel", 4), ("other", 12), ("linux_banner", 0xC0), ("handle_exception", 0x20)]
            as [(String, UInt64)]
        let rig = try Rig(pieces, virtual: link, functions: names.map { ($0.0, link + $0.1, 4) })
        _ = try breakpoint(rig, "other")
        try rig.session.start()
        XCTAssertEqual(rig.session.breakpoints[0].state, .armed(GuestPhysicalAddress(TinyHart.base + 12)))
        rig.hart.onRun { [self] hart in
            mapKernel(hart, at: link + 0x20_0000)
            hart.registers[.stvec] = link + 0x20_0020
            hart.pc = link + 0x20_0000
        }
        let stop = try rig.session.resume()
        XCTAssertEqual(stop.reason, .breakpoint([1]))
        XCTAssertEqual(stop.notes.count, 1)
        XCTAssertEqual(rig.session.symbolText(stop.pc), "other")
        XCTAssertEqual(rig.session.breakpoints[0].place, .virtual(GuestVirtualAddress(link + 0x20_000C)))
        rig.session.kill()
        XCTAssertEqual(rig.session.breakpoints[0].place, .virtual(GuestVirtualAddress(link + 12)))
        XCTAssertEqual(rig.session.symbol("other")?.address.value, link + 12)
    }

    /// The vector points elsewhere while the kernel begins.
    func testTheBannerIsLookedForEverywhere() throws {
        for offset in [0, 0x20_0000, 0x3FE0_0000, 0x7FE0_0000] as [UInt64] {
            let rig = try rig()
            let map = file(map)
            _ = try rig.session.readSymbols(map.path)
            _ = try breakpoint(rig, "other")
            try rig.session.start()
            let stop = try run(rig, at: link + offset, vector: 0x1234)
            XCTAssertEqual(stop.notes.count, offset == 0 ? 0 : 1)
            XCTAssertEqual(rig.session.symbols.entries[1].offset, offset)
            XCTAssertEqual(rig.session.symbols.entries[1].placement, .seen)
        }
    }

    /// A table that has the addresses of another run is moved down.
    func testDownwards() throws {
        let rig = try rig()
        let map = file(map.replacingOccurrences(of: "ffffffff80", with: "ffffffff92"))
        _ = try rig.session.readSymbols(map.path)
        _ = try breakpoint(rig, "other")
        try rig.session.start()
        XCTAssertEqual(rig.session.breakpoints[0].state, .armed(GuestPhysicalAddress(TinyHart.base + 0x4C)))
        let stop = try run(rig, at: link)
        XCTAssertTrue(
            stop.notes[0].hasPrefix("The kernel runs 0x12000000 bytes below the addresses of "), stop.notes[0])
        XCTAssertEqual(rig.session.symbol("other")?.address.value, link + 0x4C)
    }

    func testWhatIsNoKernelOrNotThisOneStaysWhereItIs() throws {
        let rig = try rig(functions: [("main", TinyHart.base, 4)])
        let other = TemporaryFile("other.map", Array("ffffffff80000000 T _start\nffffffff80001000 B _end\n".utf8))
        let foreign = file(map.replacingOccurrences(of: "80000100 D", with: "80000110 D"))
        _ = try rig.session.readSymbols(other.path)
        _ = try rig.session.readSymbols(foreign.path)
        try rig.breakpoint(at: link + 0x4C)
        try rig.session.start()
        _ = try run(rig, at: link + 0x40_0000)
        XCTAssertEqual(rig.session.symbols.entries.map(\.placement), [.given, .given, .assumed])
        XCTAssertEqual(rig.session.symbols.entries.map(\.offset), [0, 0, 0])
    }

    func testAGivenOffsetIsTheUsers() throws {
        let rig = try rig()
        let map = file(map)
        let (entry, _) = try rig.session.readSymbols(map.path, offset: 0x1000)
        XCTAssertEqual(entry.offset, 0x1000)
        XCTAssertEqual(rig.session.symbol("other")?.address.value, link + 0x104C)
        try rig.session.start()
        XCTAssertEqual(try run(rig, at: link).notes, [])
        XCTAssertEqual(rig.session.symbols.entries[1].offset, 0x1000)
        rig.session.kill()
        XCTAssertEqual(rig.session.symbols.entries[1].offset, 0x1000)
        // The same file again takes its place.
        _ = try rig.session.readSymbols(map.path)
        XCTAssertEqual(rig.session.symbols.entries.count, 2)
        XCTAssertEqual(rig.session.symbol("other")?.address.value, link + 0x4C)
    }

    func testABreakpointWhoseSymbolIsReadLaterIsFound() throws {
        let rig = try rig(functions: [("other", TinyHart.base + 0x48, 4)])
        _ = try breakpoint(rig, "other")
        let file = TemporaryFile("Image", image)
        try rig.session.loadKernel(file.path)
        XCTAssertEqual(rig.session.breakpoints[0].state, .lost(.symbol("other", offset: 0)))
        let map = self.file(map)
        _ = try rig.session.readSymbols(map.path)
        XCTAssertEqual(rig.session.breakpoints[0].state, .waiting)
        check(try rig.session.run(), .breakpoint([1]), 0x4C)
    }

    func testTheTableThatAKernelHasInItself() throws {
        var builder = KallsymsBuilder()
        builder.front = 0x40
        let image = builder.image()
        let rig = try rig(functions: [])
        checkRefusal("The guest is not running. Start it with \"run\", or stop it at its entry with \"start\".") {
            try rig.session.readKallsyms()
        }
        try rig.session.start()
        checkRefusal(
            "Cannot read a kernel's symbol table out of the guest's memory: there is none. The kernel must have been built "
                + "with CONFIG_KALLSYMS."
        ) { try rig.session.readKallsyms() }
        rig.hart.place([image], at: TinyHart.base + 0x4000)
        let (entry, notes) = try rig.session.readKallsyms()
        XCTAssertEqual(entry.name, "kallsyms")
        XCTAssertEqual(entry.table.symbols.count, 600)
        XCTAssertEqual(notes, [])
        XCTAssertEqual(rig.session.symbol("start_kernel")?.address.value, builder.symbols[598].address)
    }

    func testAnImageIsFoundByItsHeader() throws {
        let rig = try rig()
        try rig.session.start()
        let byteCount = UInt64(rig.hart.ram.count)
        XCTAssertEqual(try KernelPlace.candidates(in: rig.hart, at: nil).map(\.byteCount), [0x1000, byteCount])
        let start = GuestPhysicalAddress(TinyHart.base + 0x2000)
        XCTAssertEqual(try KernelPlace.candidates(in: rig.hart, at: start).map(\.byteCount), [byteCount - 0x2000])
        // A size that is too large is not believed.
        rig.hart.place([KallsymsBuilder.little(UInt64.max)], at: TinyHart.base + 0x10)
        XCTAssertEqual(try KernelPlace.candidates(in: rig.hart, at: nil)[0].byteCount, UInt64(rig.hart.ram.count))
    }

    func testACheckpointBringsTheTablesBack() throws {
        let rig = try rig()
        let map = file(map)
        _ = try rig.session.readSymbols(map.path)
        let checkpoint = rig.session.checkpoint()
        let other = TemporaryFile("other.map", Array("ffffffff80000000 T nothing\n".utf8))
        _ = try rig.session.readSymbols(other.path)
        _ = try rig.session.readSymbols(map.path, offset: 4)
        rig.session.restore(checkpoint)
        XCTAssertNil(rig.session.symbol("nothing"))
        XCTAssertEqual(rig.session.symbol("other")?.address.value, link + 0x4C)
    }

    func testNothingIsLookedUpForAGuestThatIsNoKernel() throws {
        let rig = try rig(functions: [("main", TinyHart.base, 4)])
        _ = try rig.session.run()
        try rig.session.start()
        rig.hart.calls = []
        try rig.breakpoint(8)
        _ = try rig.session.resume()
        XCTAssertFalse(rig.hart.calls.contains("get stvec"))
    }
}
