import Debugger
import Guest
import XCTest

final class EvaluationTests: XCTestCase {
    func testLiterals() {
        check([
            ("0", "0"), ("42", "42"), ("0x2A", "42"), ("0X2a", "42"), ("052", "42"), ("0b101010", "42"), ("00", "0"),
            ("42U", "42"), ("42ul", "42"), ("42LLU", "42"), ("0xffL", "255"), ("0b1u", "1"),
            ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", "9223372036854775808"),
            ("0xffffffffffffffff", "18446744073709551615"), ("18446744073709551615", "18446744073709551615"),
            ("01777777777777777777777", "18446744073709551615"),
            ("'a'", "97 'a'"), ("'\\n'", "10 '\\n'"), ("'\\0'", "0 '\\000'"), ("'\\x41'", "65 'A'"),
            ("'\\''", "39 '\\''"),
            ("'\"'", "34 '\"'"), ("'\\377'", "255 '\\377'"), ("'\\\\'", "92 '\\\\'"), ("'\\e'", "27 '\\033'"),
            ("\"a\\tb\\\"\\x80\"", "\"a\\tb\\\"\\200\""), ("\"\"", "\"\""), ("\"\\1234\"", "\"S4\""),
        ])
    }

    func testOperatorsWrapAndNeverTrap() {
        check([
            ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("10 - 4 - 3", "3"), ("100 / 10 / 5", "2"), ("2 - -3", "5"),
            ("7 / -2", "-3"), ("-7 % 3", "-1"), ("7 % -3", "1"), ("7 / 2U", "3"), ("-7 / 2U", "9223372036854775804"),
            ("0x7fffffffffffffff + 1", "-9223372036854775808"), ("0xffffffffffffffff + 1", "0"),
            ("-9223372036854775807 - 1", "-9223372036854775808"),
            ("(-9223372036854775807 - 1) / -1", "-9223372036854775808"),
            ("(-9223372036854775807 - 1) % -1", "0"), ("-(-9223372036854775807 - 1)", "-9223372036854775808"),
            ("0x7fffffffffffffff * 3", "9223372036854775805"), ("-1 < 1", "1"), ("-1 < 1U", "0"), ("-1 > 0u", "1"),
            ("1 << 4", "16"), ("1 << 63", "-9223372036854775808"), ("1 << 64", "0"), ("1 << 1000000", "0"),
            ("-8 >> 1", "-4"), ("-8 >> 64", "-1"), ("8 >> 64", "0"), ("0xffffffffffffffff >> 63", "1"),
            ("0xffffffffffffffff >> 64", "0"), ("1 << 0xffffffffffffffff", "0"),
            ("6 & 3", "2"), ("6 | 3", "7"), ("6 ^ 3", "5"), ("~0", "-1"), ("~0U", "18446744073709551615"), ("!5", "0"),
            ("!0", "1"),
            ("!!5", "1"), ("+5", "5"), ("- -5", "5"), ("1 | 2 == 2", "1"), ("1 & 3 == 3", "1"), ("4 ^ 1 << 2", "0"),
            ("1 == 1 == 1", "1"), ("3 > 2 > 1", "0"), ("1 < 2 == 1", "1"), ("5 >= 5", "1"), ("5 <= 4", "0"),
            ("1 != 1", "0"),
            ("2 && 3", "1"), ("2 && 0", "0"), ("0 || 3", "1"), ("0 || 0", "0"), ("1 || 0 && 0", "1"),
            ("1 ? 2 : 3", "2"), ("0 ? 2 : 3", "3"), ("0 ? 1 : 0 ? 2 : 3", "3"), ("1 ? 0 ? 4 : 5 : 6", "5"),
        ])
    }

    func testUntakenBranchesAreNotEvaluated() {
        check([
            ("0 && 1 / 0", "0"), ("1 || 1 / 0", "1"), ("1 ? 2 : 1 / 0", "2"), ("0 ? nosuch : 3", "3"),
            ("0 && *(u8 *)0", "0"),
        ])
    }

    func testCasts() {
        check([
            ("(u8)-1", "255 '\\377'"), ("(i8)255", "-1 '\\377'"), ("(u16)-1", "65535"), ("(i16)0x8000", "-32768"),
            ("(u32)-1", "4294967295"), ("(i32)0xffffffff", "-1"), ("(u64)-1", "18446744073709551615"),
            ("(i64)~0u", "-1"),
            ("(u8)1 - 2", "-1"), ("(u32)0xffffffff + 1", "4294967296"), ("(u32)1 - 2 < 0", "1"), ("-(u8)1", "-1"),
            ("(unsigned char)-1 + 0", "255"), ("(char)-1 + 0", "255"), ("(signed char)-1 + 0", "-1"), ("(int)-1", "-1"),
            ("(unsigned)-1", "4294967295"), ("(long unsigned int)-1", "18446744073709551615"), ("(short)65535", "-1"),
            ("(unsigned long long)-1", "18446744073709551615"), ("(uint32_t)-1", "4294967295"), ("(size_t)-1 > 0", "1"),
            ("(u64 *)0x80000000", "0x80000000 <_start>"), ("(u8)(u64 *)0x80000041", "65 'A'"),
            ("(void *)main", "0x80000100 <main>"),
            ("(u8)300 + 300", "344"), ("(u8)(300 + 300)", "88 'X'"), ("(u32)$pc == 0x80000004", "1"),
        ])
    }

    func testRegistersAndVariables() {
        let context = ScriptedContext()
        check(
            [
                ("$pc", "0x80000004 <_start+4>"), ("$a0", "42"), ("$a1", "-1"), ("$sepc", "2147483648"),
                ("$a0 == $x10", "1"),
                ("$pc == 0x80000004", "1"), ("$pc == &_start + 4", "1"), ("$pc - &_start", "4"),
                ("$pc & ~3", "2147483652"),
                ("$sp + 8", "0x80100008"), ("-16 + $sp", "0x800ffff0"), ("$sp - 8 - $sp", "-8"), ("$pc > main", "0"),
                ("$a1 == 0xffffffffffffffff", "1"), ("$unset", "void"), ("$i = 5", "5"), ("$i", "5"),
                ("$i += $i", "10"),
                ("$i <<= 2", "40"), ("$i %= 7", "5"), ("$i ^= 1", "4"), ("$i |= 3", "7"), ("$i &= 6", "6"),
                ("$i *= 7", "42"),
                ("$i /= 5", "8"), ("$i >>= 1", "4"), ("$i -= 5", "-1"), ("$j = $k = 3", "3"), ("$j + $k", "6"),
                ("$p = $pc", "0x80000004 <_start+4>"),
                ("$p += 4", "0x80000008 <_start+8>"), ("$s = \"text\"", "\"text\""), ("$s == \"text\"", "1"),
                ("$s != $name", "1"),
                ("$pc += 4", "0x80000008 <_start+8>"), ("$pc = 0x80000100", "0x80000100 <main>"), ("$a0 = -1", "-1"),
                ("$a0", "-1"),
                ("$stvec = 0xfff", "4093"), ("$one ? $a0 : 1", "-1"),
            ], in: context)
        XCTAssertEqual(context.registers["pc"], .pointer(GuestVirtualAddress(0x8000_0100), to: .code))
        XCTAssertNil(context.variables["pc"])
    }

    func testSymbolsAndMemory() {
        let context = ScriptedContext()
        check(
            [
                ("main", "0x80000100 <main>"), ("&main", "0x80000100 <main>"), ("_start + 4", "0x80000004 <_start+4>"),
                ("foo.part.0", "0x80000200"), ("counter", "3735928559"), ("flag", "128 '\\200'"), ("half", "4660"),
                ("list", "2147487760"), ("&counter", "0x80001000"), ("&counter + 1", "0x80001004"),
                ("&table + 1", "0x80001011"),
                ("*&counter == counter", "1"), ("*(u8 *)&counter", "239 '\\357'"), ("*(i32 *)&counter", "-559038737"),
                ("*(i8 *)&flag + 0", "-128"), ("{u16}counter", "48879"), ("{u16}&counter", "48879"),
                ("{u64}table", "578437695752307201"),
                ("{u64}table + 1", "578437695752307202"), ("{u8}0x80001010 + {u8}0x80001011", "3"),
                ("{i32}&counter < 0", "1"),
                ("{u32}(0x80001000)", "3735928559"), ("((u16 *)&table)[1]", "1027"),
                ("$p = (u32 *)&table", "0x80001010"), ("$p[0]", "67305985"), ("$p[1]", "134678021"),
                ("*($p + 1)", "134678021"),
                ("&$p[2] - $p", "2"), ("&$p[2]", "0x80001018"), ("($p + 3)[-1] == $p[2]", "1"), ("&*$p == $p", "1"),
                ("*(u8 **)&list == &table", "1"), ("**(u8 **)&list", "1 '\\001'"), ("*{u8 *}&list", "1 '\\001'"),
                ("{u8 *}list", "0x80001010"),
                ("(u8 *)list + 1", "0x80001011"),
            ], in: context)
    }

    func testMemoryIsSet() {
        let context = ScriptedContext()
        check(
            [
                ("counter = 5", "5"), ("counter += 1", "6"), ("counter", "6"), ("flag = 0x1ff", "255 '\\377'"),
                ("half", "4660"),
                ("{u64}&table = -2", "18446744073709551614"), ("*(i32 *)&table", "-2"),
                ("{u8}table <<= 1", "252 '\\374'"),
                ("$p = (u16 *)&table", "0x80001010"), ("$p[1] = 0x1234", "4660"), ("*($p + 1) -= 0x34", "4608"),
                ("{u64}&table", "18446744069716639740"),
                ("list = &main", "2147483904"), ("*(u64 **)&list = 16", "0x10"), ("list", "16"),
            ], in: context)
        XCTAssertEqual(Array(context.memory[0x10..<0x18]), [0xFC, 0xFF, 0x00, 0x12, 0xFF, 0xFF, 0xFF, 0xFF])
    }

    func testHistory() throws {
        let context = ScriptedContext()
        check([("$", "void")], in: context)
        context.values = [Value(10, .i64), Value(20, .i64), Value(30, .i64)]
        check(
            [("$", "30"), ("$$", "20"), ("$1", "10"), ("$$2", "10"), ("$$0", "30"), ("$+1", "31"), ("$ * $$", "600")],
            in: context)
    }

    func testEachAddressIsReadOnce() throws {
        let context = ScriptedContext()
        _ = try Expression(parsing: "$p = (u32 *)&table").evaluate(in: context)
        let reads = context.memoryReads
        _ = try Expression(parsing: "*(u32 *){u64}&list += 1").evaluate(in: context)
        XCTAssertEqual(context.memoryReads - reads, 2, "the pointer and the old value")
    }

    func testParsedOnceEvaluatedOften() throws {
        let context = ScriptedContext()
        let condition = try Expression(parsing: "$a0 == 19999 && $pc == &_start + 4")
        var hits = 0
        for index in 0..<20_000 {
            context.registers["a0"] = Value(UInt64(index), .i64)
            if try condition.isTrue(in: context) { hits += 1 }
        }
        XCTAssertEqual(hits, 1)
        XCTAssertEqual(context.registerReads, 20_001)
    }

    func testTruthAndLocation() throws {
        let context = ScriptedContext()
        XCTAssertTrue(try Expression(parsing: "$pc").isTrue(in: context))
        XCTAssertFalse(try Expression(parsing: "$a0 - 42").isTrue(in: context))
        XCTAssertThrowsError(try Expression(parsing: "\"x\"").isTrue(in: context))
        func location(_ text: String) throws -> MemoryLocation? { try Expression(parsing: text).location(in: context) }
        XCTAssertEqual(try location("counter")?.type, .integer(.u32))
        XCTAssertEqual(try location("table")?.type, .void)
        XCTAssertEqual(try location("(table)")?.address, .virtual(GuestVirtualAddress(0x8000_1010)))
        XCTAssertEqual(try location("{i16}list")?.type, .integer(.i16))
        XCTAssertEqual(try location("((u64 *)0x10)[2]")?.address, .virtual(GuestVirtualAddress(0x20)))
        XCTAssertNil(try location("$pc"))
        XCTAssertNil(try location("counter + 1"))
        XCTAssertEqual(context.memoryReads, 0)
    }
}
