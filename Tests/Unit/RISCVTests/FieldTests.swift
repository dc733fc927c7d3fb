import RISCV
import XCTest

final class FieldTests: XCTestCase {
    private func fields(_ name: String, _ value: UInt64) -> [String] {
        RegisterTable().register(named: name)?.fields(of: value).map { $0.name + "=" + $0.value } ?? []
    }

    func testStatus() {
        XCTAssertEqual(
            fields("sstatus", 0x8000_0002_0004_6122),
            [
                "SD=1", "UXL=64", "SDT=0", "SPELP=0", "MXR=0", "SUM=1", "XS=off", "FS=dirty", "VS=off", "SPP=S",
                "UBE=0",
                "SPIE=1", "SIE=1",
            ])
        XCTAssertEqual(
            fields("sstatus", 1 << 24 | 1 << 23 | 1 << 19 | 2 << 15 | 1 << 13 | 2 << 9 | 1 << 6),
            [
                "SD=0", "UXL=0", "SDT=1", "SPELP=1", "MXR=1", "SUM=0", "XS=clean", "FS=initial", "VS=clean", "SPP=U",
                "UBE=1", "SPIE=0", "SIE=0",
            ])
    }

    func testFloatingPointAndVectorStatus() {
        XCTAssertEqual(fields("fcsr", 0b001_10001), ["frm=RTZ", "NV=1", "DZ=0", "OF=0", "UF=0", "NX=1"])
        XCTAssertEqual(fields("fcsr", 0b111_01110), ["frm=DYN", "NV=0", "DZ=1", "OF=1", "UF=1", "NX=0"])
        XCTAssertEqual(
            fields("vtype", 0b1101_0001), ["vill=0", "vma=agnostic", "vta=agnostic", "vsew=e32", "vlmul=m2"])
        XCTAssertEqual(
            fields("vtype", 1 << 63 | 0b0011_1111),
            ["vill=1", "vma=undisturbed", "vta=undisturbed", "vsew=7", "vlmul=mf2"])
        XCTAssertEqual(fields("vcsr", 0b101), ["vxrm=rdn", "vxsat=1"])
    }

    func testConfiguration() {
        XCTAssertEqual(fields("config.isa", 0x20_112D), ["ISA=rv64imafdcv"])
        XCTAssertEqual(fields("config.satp_mode", 9), ["MODE=Sv48"])
        XCTAssertEqual(fields("config.satp_mode", 1 << 40), ["MODE=1099511627776"])
        XCTAssertEqual(fields("timer.state", 1), ["timer=on"])
        XCTAssertEqual(fields("scounteren", 7), ["HPM=0", "IR=1", "TM=1", "CY=1"])
        XCTAssertEqual(
            fields("senvcfg", 2 << 32 | 0b1101_0001),
            ["PMM=PMLEN7", "CBZE=1", "CBCFE=1", "CBIE=flush", "SSE=0", "LPE=0", "FIOM=1"])
    }

    func testCause() {
        XCTAssertEqual(fields("scause", 13), ["Interrupt=0", "Code=13", "Name=load page fault"])
        XCTAssertEqual(
            fields("scause", 1 << 63 | 5), ["Interrupt=1", "Code=5", "Name=supervisor timer interrupt"])
        XCTAssertEqual(fields("scause", 1 << 63 | 64), ["Interrupt=1", "Code=64", "Name=interrupt 64"])
        XCTAssertEqual(fields("scause", 24), ["Interrupt=0", "Code=24", "Name=exception 24"])
    }

    func testTranslation() {
        XCTAssertEqual(fields("satp", 0), ["MODE=Bare", "ASID=0", "PPN=0x0"])
        XCTAssertEqual(fields("satp", 0x8abc_d000_0008_1234), ["MODE=Sv39", "ASID=43981", "PPN=0x81234"])
        XCTAssertEqual(fields("satp", 0x9000_0fff_ffff_ffff), ["MODE=Sv48", "ASID=0", "PPN=0xfffffffffff"])
        XCTAssertEqual(fields("satp", 0xafff_f000_0000_0000), ["MODE=Sv57", "ASID=65535", "PPN=0x0"])
        XCTAssertEqual(fields("satp", 0xf000_0000_0000_0001), ["MODE=15", "ASID=0", "PPN=0x1"])
    }

    func testTrapVector() {
        XCTAssertEqual(fields("stvec", 0x8020_0100), ["BASE=0x80200100", "MODE=direct"])
        XCTAssertEqual(fields("stvec", 0x8020_0101), ["BASE=0x80200100", "MODE=vectored"])
        XCTAssertEqual(fields("stvec", 0x8020_0102), ["BASE=0x80200100", "MODE=reserved"])
    }

    func testInterrupts() {
        XCTAssertEqual(fields("sie", 0x220), ["LCOFIE=0", "SEIE=1", "STIE=1", "SSIE=0"])
        XCTAssertEqual(fields("sip", 0x2002), ["LCOFIP=1", "SEIP=0", "STIP=0", "SSIP=1"])
    }

    func testMode() {
        XCTAssertEqual(fields("mode", 1), ["mode=S"])
        XCTAssertEqual(fields("priv", 0), ["mode=U"])
        XCTAssertEqual(fields("mode", 3), ["mode=3"])
    }

    func testNoFields() {
        XCTAssertEqual(fields("a0", 1), [])
        XCTAssertEqual(fields("zero", 0), [])
        XCTAssertEqual(fields("sepc", 1), [])
    }
}
