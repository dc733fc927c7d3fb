import Debugger
import Guest
import XCTest

/// `phys:`: addresses past the page tables.
final class PhysicalTests: XCTestCase {
    func testValues() {
        check([
            ("phys:0x80000100", "phys:0x80000100"),
            ("phys:main", "phys:0x80000100"),
            ("phys:&counter", "phys:0x80001000"),
            ("phys:counter", "phys:0x80001000"),
            ("phys:phys:16", "phys:0x10"),
            ("phys:$sp", "phys:0x80100000"),
            ("phys:(1 << 12)", "phys:0x1000"),
            ("phys:0x10 + 4", "phys:0x14"),
            ("4 + phys:0x10", "phys:0x14"),
            ("phys:0x10 - 4", "phys:0xc"),
            ("phys:&counter + 1", "phys:0x80001004"),
            ("(u16 *)phys:0x10 + 3", "phys:0x16"),
            ("phys:0x20 - phys:0x10", "16"),
            ("(u64)phys:0x20 * 2", "64"),
            ("(u8)phys:0x120", "32 ' '"),
            ("phys:0x10 == 16", "1"),
            ("16 < phys:0x20", "1"),
            ("phys:0x10 != phys:0x10", "0"),
            ("!phys:0", "1"),
            ("phys:1 && 1", "1"),
            ("1 ? phys:2 : 3", "phys:0x2"),
            // A blank makes it a name and a colon.
            ("0 ? 1 :2", "2"),
        ])
    }

    func testMemory() {
        check([
            ("{u32}phys:0x80001000", "3735928559"),
            ("{u32}phys:counter + 1", "3735928560"),
            ("*(u16 *)phys:&half", "4660"),
            ("((u8 *)phys:&table)[2]", "3 '\\003'"),
            ("*phys:&counter", "3735928559"),
            ("&{u16}phys:&table + 1", "phys:0x80001012"),
            ("{u8}phys:&flag = 7", "7 '\\a'"),
            ("flag", "7 '\\a'"),
            ("$p = phys:&table", "phys:0x80001010"),
            ("{u8}($p + 1)", "2 '\\002'"),
            ("{u64}phys:&list = phys:0x30", "48"),
            ("{u8 *}phys:&list", "0x30"),
        ])
    }

    func testWhatItIsNot() {
        let arithmetic =
            "A physical address can have a number added or subtracted, and be compared; what is to be computed first stands in "
            + "parentheses behind `phys:`, as in `phys:($a0 << 12)`."
        let mixed = "A physical and a virtual address have nothing in common; cast one of them, as in `(u64)$pc`."
        checkErrors(
            [
                ("phys:1 << 12", "^~~~~~~~~~~~", arithmetic), ("phys:2 * 2", "^~~~~~~~~~", arithmetic),
                ("2 - phys:2", "^~~~~~~~~~", arithmetic), ("phys:2 & 1", "^~~~~~~~~~", arithmetic),
                ("phys:1 + phys:1", "^~~~~~~~~~~~~~~", arithmetic), ("-phys:1", "^~~~~~~", arithmetic),
                ("~phys:1", "^~~~~~~", arithmetic), ("phys:1 + $pc", "^~~~~~~~~~~~", mixed),
                ("$pc == phys:1", "^~~~~~~~~~~~~", mixed),
                (
                    "*phys:1", " ^~~~~~",
                    "The type of what is at this address is not known; name it, as in `*(u32 *)ADDRESS` or `{u32}ADDRESS`."
                ),
                (
                    "phys:\"x\"", "     ^~~",
                    "A string cannot be computed with; `==` and `!=` compare it with another one."
                ),
                ("phys:none", "     ^~~~", "There is no symbol `none`."),
                ("{u32}phys:0", "^~~~~~~~~~~", "Cannot reach 4 bytes at phys:0x0."),
            ], parsing: false)
        checkErrors(
            [
                ("phys:", "     ^", "The expression ends too early: a number, `$name`, symbol or `(` is missing here."),
                ("phys :1", "     ^", "Here an operator or the end is expected."),
                (
                    "&phys:1", "^~~~~~~",
                    "This has no address: only symbols, `*p`, `p[i]`, `p->m` and `{TYPE}address` have."
                ),
            ], parsing: true)
        XCTAssertNoThrow(try Expression(parsing: String(repeating: "phys:", count: 150) + "1"))
        XCTAssertThrowsError(try Expression(parsing: String(repeating: "phys:", count: 250) + "1"))
    }

    func testLocations() throws {
        let context = ScriptedContext()
        let location = try Expression(parsing: "{u16}(phys:&table + 4)").location(in: context)
        XCTAssertEqual(location?.address, .physical(GuestPhysicalAddress(0x8000_1010 + 4)))
        XCTAssertEqual(location?.type, .integer(.u16))
        XCTAssertEqual(context.memoryReads, 0)
    }
}
