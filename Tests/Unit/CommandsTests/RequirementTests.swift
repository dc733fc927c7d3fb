import XCTest

@testable import Commands
@testable import Support

/// What a script cannot do without.
final class RequirementTests: XCTestCase {
    func testRequirements() throws {
        try checkScript(
            """
            require register pc
            require reg sepc
            require isa Zba
            require sbi DBCN
            require isa Zbb
            """, "Skipped: A guest's vCPU has no extension Zbb of the ISA on this host.\n[ended 4]"
        ) { (terminal) in
            terminal.provider.prepare = { (hart) in
                hart.registers[terminal.session.registers.register(named: "isa.zba")!.id!] = 1
                hart.registers[terminal.session.registers.register(named: "isa.zbb")!.id!] = 0
                hart.registers[terminal.session.registers.register(named: "sbi.dbcn")!.id!] = 1
            }
        }
        try checkScript(
            "require sbi susp", "Skipped: A guest's vCPU has no extension susp of the SBI on this host.\n[ended 4]")
        try checkScript(
            "require isa zbbb",
            """
            DIR/test.kdbg:1:13: kvmdbg knows no extension "zbbb" of the ISA. Did you mean zbb, zbkb, zvbb?
              require isa zbbb
                          ^~~~
            [ended 2]
            """)
        try checkScript(
            "require isa",
            "DIR/test.kdbg:1:12: The name of an extension is missing.\n  require isa\n             ^\n[ended 2]")
        try checkScript("require isa zbb", "Skipped: There is no KVM here.\n[ended 4]") {
            $0.provider.refusal = .unavailable("There is no KVM here.")
        }
        try checkScript("require kernel >= 2.6\nrequire kernel 2.6.32\nrequire kernel <99.1", "")
        try checkScript(
            "require kernel six",
            "DIR/test.kdbg:1:16: \"six\" is no version of a kernel: numbers with points between them, as in 6.10.\n  require kernel six\n                 ^~~\n[ended 2]"
        )
    }

    func testKernelVersions() throws {
        let release = KernelVersion(release: "6.12.90+deb13-riscv64")
        XCTAssertEqual(release.numbers, [6, 12, 90])
        XCTAssertEqual(KernelVersion(release: "6.1-rc1").numbers, [6, 1])
        XCTAssertEqual(KernelVersion(release: "7").numbers, [7])
        func holds(_ comparison: RequireKernel.Comparison, _ text: String) throws -> Bool {
            release.is(comparison, try XCTUnwrap(KernelVersion(text)))
        }
        for text in ["6", "6.12", "6.12.90", "6.2", "5.19", "6.12.0"] { XCTAssertTrue(try holds(.atLeast, text), text) }
        for text in ["7", "6.13", "6.12.91", "6.12.90.1"] { XCTAssertFalse(try holds(.atLeast, text), text) }
        for text in ["7", "6.13", "6.12.91", "6.100"] { XCTAssertTrue(try holds(.less, text), text) }
        for text in ["6", "6.12", "6.12.90", "5"] { XCTAssertFalse(try holds(.less, text), text) }
        for text in ["6", "6.12", "6.12.90", "6.12.90.0"] { XCTAssertTrue(try holds(.same, text), text) }
        for text in ["7", "6.1", "6.12.9"] { XCTAssertFalse(try holds(.same, text), text) }
        for text in ["", ".", "6.", "v6", "6.x", "-1"] { XCTAssertNil(KernelVersion(text), text) }
    }
}
