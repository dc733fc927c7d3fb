import RISCV
import XCTest

final class SBINameTests: XCTestCase {
    func testFunctions() {
        let table: [(id: UInt64, function: UInt64, text: String, arguments: Int)] = [
            (0x01, 99, "legacy console_putchar", 1), (0x08, 0, "legacy shutdown", 0),
            (0x10, 3, "base probe_extension", 1), (0x5449_4D45, 0, "TIME set_timer", 1),
            (0x4442_434E, 0, "DBCN console_write", 3), (0x4442_434E, 2, "DBCN console_write_byte", 1),
            (0x4442_434E, 3, "DBCN function 3", 6), (0x4442_434E, .max, "DBCN function 18446744073709551615", 6),
            (0x5352_5354, 0, "SRST system_reset", 2), (0x0048_534D, 3, "HSM hart_suspend", 3),
            (0x0050_4D55, 8, "PMU event_get_info", 4), (0x0800_0001, 2, "experimental 0x8000001 function 2", 6),
            (0x0900_0000, 0, "vendor 0x9000000 function 0", 6), (0x0A00_0000, 0, "firmware 0xa000000 function 0", 6),
            (0x09, 0, "extension 0x9 function 0", 6), (.max, 0, "extension 0xffffffffffffffff function 0", 6),
        ]
        for (id, function, text, arguments) in table {
            XCTAssertEqual(SBIName.function(function, of: id), text)
            XCTAssertEqual(SBIName.argumentCount(function, of: id), arguments, text)
        }
    }

    /// The id of an extension is its name in ASCII; RFENCE, base and the legacy ones aside.
    func testIdsAreTheNames() {
        for name in [
            "TIME", "HSM", "SRST", "PMU", "DBCN", "SUSP", "CPPC", "NACL", "STA", "SSE", "FWFT", "DBTR", "MPXY",
        ] {
            XCTAssertEqual(SBIName.name(name.utf8.reduce(0) { $0 << 8 | UInt64($1) }), name)
        }
        XCTAssertEqual(SBIName.name("sPI".utf8.reduce(0) { $0 << 8 | UInt64($1) }), "IPI")
        XCTAssertEqual(SBIName.name("RFNC".utf8.reduce(0) { $0 << 8 | UInt64($1) }), "RFENCE")
        XCTAssertEqual(SBIName.name(0), "legacy set_timer")
    }

    func testErrors() {
        XCTAssertEqual(SBIName.error(0), "success")
        XCTAssertEqual(SBIName.error(UInt64(bitPattern: -2)), "not supported")
        XCTAssertEqual(SBIName.error(UInt64(bitPattern: -14)), "denied or locked")
        XCTAssertEqual(SBIName.error(UInt64(bitPattern: -15)), "-15")
        XCTAssertEqual(SBIName.error(7), "7")
    }
}
