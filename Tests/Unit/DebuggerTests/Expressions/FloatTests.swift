import Debugger
import Foundation
import Guest
import XCTest

final class FloatTests: XCTestCase {
    func testLiterals() {
        check([
            ("1.5", "1.5"), (".5", "0.5"), ("1.", "1"), ("2e3", "2000"), ("-2e10", "-20000000000"), ("1e+2", "100"),
            ("1E-2", "0.01"),
            ("0x1p3", "8"), ("0x1.8p+1", "3"), ("0x.8p-1", "0.25"), ("0X1P3", "8"), ("09.5", "9.5"), ("1.5f", "1.5"),
            ("1.5F", "1.5"), ("0.1", "0.1"), ("0.1f", "0.1"), ("1e-400", "0"), ("1.5-1", "0.5"), ("0x1e+2", "32"),
            ("0b11+1", "4"), ("3-.5", "2.5"), ("1e3-1e2", "900"),
        ])
    }

    func testShortestTextIsReadBackAsTheSame() throws {
        check([
            ("0.1+0.2", "0.30000000000000004"), ("1.0/3", "0.3333333333333333"), ("1.0f/3", "0.33333334"),
            ("1e15", "1000000000000000"), ("1e16", "10000000000000000"), ("1e17", "1e+17"),
            ("123456789.0", "123456789"),
            ("100000.0", "100000"), ("1e-5", "1e-05"), ("100000000.0f", "100000000"), ("16777216.0f", "16777216"),
            ("4.9e-324", "5e-324"),
            ("1.7976931348623157e308", "1.7976931348623157e+308"), ("-0.0", "-0"), ("1.0/0", "inf"), ("-1.0/0", "-inf"),
            ("-(0.0/0.0) != 0", "1"), ("$fa1.f64", "-nan(0xfffff3fc00000)"),
        ])
        var random = SplitMix(state: 3)
        for _ in 0..<2000 {
            let value = Double(bitPattern: random.next())
            if !value.isNaN { XCTAssertEqual(Double(Debugger.FloatText.shortest(value.bitPattern, .f64)), value) }
            let single = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
            if !single.isNaN { XCTAssertEqual(Float(FloatText.shortest(UInt64(single.bitPattern), .f32)), single) }
        }
    }

    func testArithmetic() {
        check([
            ("1.5 + 1", "2.5"), ("1 - 0.5", "0.5"), ("3 * 0.5", "1.5"), ("1 / 4.0", "0.25"), ("1 / 4", "0"),
            ("-(1.5)", "-1.5"), ("+1.5", "1.5"), ("!1.5", "0"), ("!0.0", "1"), ("-0.0 == 0", "1"),
            // Single precision stays single, beside integers too, as in C and in GDB.
            ("0.1f + 0.2f", "0.3"), ("0.1f * 2", "0.2"), ("0.1f + 0.2", "0.30000000149011613"), ("0.1f == 0.1", "0"),
            ("(float)0.1 == 0.1f", "1"), ("16777216.0f + 1", "16777216"), ("16777216.0 + 1", "16777217"),
            ("-0.1f", "-0.1"),
            ("1.5 < 2", "1"), ("2 > 1.5", "1"), ("1.5 <= 1.5", "1"), ("1.5 >= 1.6", "0"), ("1.5 != 1.5", "0"),
            ("-1 < 0.5", "1"), ("0xffffffffffffffff > 1.8e19", "1"), ("0.0/0.0 == 0.0/0.0", "0"),
            ("0.0/0 != 0.0/0", "1"),
            ("0.0/0 < 1", "0"), ("1.5 && 2", "1"), ("0.0 || 0", "0"), ("0.5 ? 1 : 2", "1"), ("0.0 ? 1 : 2", "2"),
            ("(0.0/0) ? 1 : 2", "1"),
        ])
    }

    func testCasts() {
        check([
            ("(double)1", "1"), ("(f64)1 / 2", "0.5"), ("(float)1 / 3", "0.33333334"), ("(f32)0.1", "0.1"),
            ("(double)0.1f", "0.10000000149011612"), ("(double)(u64)-1", "1.8446744073709552e+19"),
            ("(float)0x7fffffbfffffffff", "9.2233715e+18"), ("(double)-1", "-1"), ("(double)$sp", "2148532224"),
            ("(int)1.9", "1"), ("(int)-1.9", "-1"), ("(i64)-0.5", "0"), ("(u64)-0.5", "0"),
            // What does not fit is the nearest that does, as fcvt has it.
            ("(i32)3e9", "2147483647"), ("(i32)-3e9", "-2147483648"), ("(u32)-1.0", "0"), ("(u8)300.0", "255 '\\377'"),
            ("(i8)-300.0", "-128 '\\200'"), ("(i64)1e300", "9223372036854775807"),
            ("(i64)-1e300", "-9223372036854775808"),
            ("(u64)1e300", "18446744073709551615"), ("(u64)1.8e19", "18000000000000000000"),
            ("(i64)(0.0/0)", "9223372036854775807"), ("(u32)(0.0/0)", "4294967295"),
            ("(i64)9223372036854775808.0", "9223372036854775807"), ("(u64)(1.0/0)", "18446744073709551615"),
        ])
    }

    func testMemory() throws {
        let context = ScriptedContext()
        check(
            [
                ("{f64}0x80001100 = 1.5", "1.5"), ("{u64}0x80001100", "4609434218613702656"),
                ("*(double *)0x80001100 * 2", "3"), ("{float}0x80001108 = 0.1", "0.1"),
                ("{u32}0x80001108", "1036831949"),
                ("((float *)0x80001108)[0] += 1", "1.1"), ("((f64 *)0x80001100)[0]", "1.5"),
                ("&((f64 *)0x80001100)[1]", "0x80001108"), ("{f64}0x80001110 = 3", "3"), ("counter = 7.9", "7"),
                ("{f32}0x80001108 = 1", "1"),
            ], in: context)
        XCTAssertEqual(
            try Expression(parsing: "&((f64 *)0x80001100)[1]").evaluate(in: context),
            .pointer(GuestVirtualAddress(0x8000_1108), to: .float(.f64)))
    }

    func testRegisters() {
        check([
            ("$fa0", "1.5"), ("$fa0 * 2", "3"), ("$fa1", "1.5"), ("$fa1 == $fa0", "1"),
            ("$fa0.u64", "4609434218613702656"),
            ("$fa0.double", "1.5"), ("$fa1.f32", "1.5"), ("$fa1.float + 1", "2.5"), ("$fa1.u32", "1069547520"),
            ("$fa0.i8", "0 '\\000'"),
            ("$fa0 = 2", "2"), ("$fa0.u64", "4611686018427387904"), ("$fa0 += 0.5", "2.5"),
            // A single stays one; an f32 is NaN-boxed.
            ("$fa1 += 1.0", "2.5"), ("$fa1.u64", "18446744070490423296"), ("$fa1 = 2.5", "2.5"),
            ("$fa1.u64", "4612811918334230528"), ("$fa0 = (float)0.1", "0.1"), ("$fa0.u64", "18446744070451416269"),
            ("$fa0.f32 = 3", "3"), ("$fa0.u64 = 0x3ff0000000000000", "4607182418800017408"), ("$fa0", "1"),
            ("$fa0.u32 = 0x40000000", "1073741824"), ("$fa0", "2"), ("$fa0.f32 *= 4", "8"),
            ("$x = 1.5", "1.5"), ("$x += 1", "2.5"), ("$timer.time + 1", "1001"),
            ("$timer.time = 5", "5"),
            ("$timer.time += 2", "7"),
        ])
    }

    func testVectors() {
        check([
            ("$v0", "{67305985, 134678021, 202050057, 269422093}"), ("$v0[1]", "134678021"), ("$v0.u8[3]", "4 '\\004'"),
            ("$v0.b[15]", "16 '\\020'"), ("$v0.s[0]", "513"), ("$v0.w[3] == $v0[3]", "1"),
            ("$v0.l", "{578437695752307201, 1157159078456920585}"),
            ("$v0.u8", "{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}"),
            ("$v0 = {1, 2, 3, 4}", "{1, 2, 3, 4}"), ("$v0 == {1, 2, 3, 4}", "1"), ("$v0 != {1, 2, 3, 5}", "1"),
            ("$v0[1] = 9", "9"), ("$v0[1] += 1", "10"), ("$v0", "{1, 10, 3, 4}"),
            ("$v0.f32 = {1.5, 2, 3, 4}", "{1.5, 2, 3, 4}"),
            ("$v0.f32[1]", "2"), ("$v0.f32[1] *= 1.5", "3"), ("$v0.f64 = 1", "{1, 1}"),
            ("$v0.u8 = 255", "{255 <repeats 16 times>}"),
            ("$v0[0]", "4294967295"), ("$v0 = 0", "{0, 0, 0, 0}"), ("$x = $v0", "{0, 0, 0, 0}"), ("$x[2] = 5", "5"),
            ("$x", "{0, 0, 5, 0}"), ("$v0 = $x", "{0, 0, 5, 0}"), ("{1, 2.5}", "{1, 2.5}"), ("{1, 2}[1]", "2"),
            ("{'a', 'b'}", "{97, 98}"), ("{1, 2U}[0] - 2", "18446744073709551615"), ("{$pc, 1}", "{2147483652, 1}"),
        ])
    }

    func testErrors() {
        let unsuitable = "works on integers, not on floating-point numbers; write a cast, as in `(i64)x`."
        let integer = "Here an integer is expected, not a floating-point number; write a cast, as in `(i64)x`."
        checkErrors(
            [
                ("1.5 % 2", "^~~~~~~", "`%` " + unsuitable), ("1 << 1.5", "^~~~~~~~", "`<<` " + unsuitable),
                ("1.5 & 1", "^~~~~~~", "`&` " + unsuitable),
                ("~1.5", "^~~~", "`~` works on integers, not on floating-point numbers."),
                (
                    "*1.5", " ^~~",
                    "This is a number, not a pointer; name the type, as in `*(u64 *)ADDRESS` or `{u64}ADDRESS`."
                ),
                ("{u8}1.5", "    ^~~", integer), ("(void *)1.5", "        ^~~", integer),
                ("((u8 *)0x80001000)[1.5]", "                   ^~~", integer), ("$v0[1.5]", "    ^~~", integer),
                (
                    "$pc + 1.5", "^~~~~~~~~",
                    "An address and a floating-point number do not go together; cast one of them, as in `(u64)p`."
                ),
                ("$v0[4]", "    ^", "There is no element 4: there are 4, counted from 0."),
                ("$v0[-1]", "    ^~", "There is no element -1: there are 4, counted from 0."),
                ("&$v0[1]", " ^~~~~~", "An element of a vector or of a copied array has no address."),
                (
                    "$v0 + 1", "^~~",
                    "A vector cannot be computed with as a whole; `[0]` behind it is its first element."
                ),
                (
                    "$v0 = {1, 2}", "      ^~~~~~", "There are 4 elements of type u32 to set, and here are 2."
                ),
                ("$v0 == {1, 2}", "       ^~~~~~", "Vectors of 4 and of 2 elements cannot be compared."),
                (
                    "$v0 = \"abcd\"", "      ^~~~~~",
                    "A string cannot be computed with; `==` and `!=` compare it with another one."
                ),
                ("{1, 2}[0] = 3", "^~~~~~", "Only the elements of a register or a variable can be set."),
                (
                    "$a0.u8", "^~~~~~",
                    "Only the floating-point and the vector registers have views; for part of a number write a cast, as in"
                        + " `(u8)$a0`."
                ),
                (
                    "$timer.tim", "^~~~~~~~~~",
                    "There is no register `$timer.tim`. Did you mean `$timer.time`? A type behind the dot, as in `$fa0.u64` and"
                        + " `$v0.u8`, shows a floating-point or vector register in another way."
                ),
                (
                    "$a.b.c = 1", "^~~~~~",
                    "There is no register `$a.b.c`. A type behind the dot, as in `$fa0.u64` and `$v0.u8`, shows a floating-point or"
                        + " vector register in another way."
                ),
            ], parsing: false)
        checkErrors(
            [
                ("1.5.2", "   ^~", "This is not a suffix of a floating-point number: only F is, for an f32."),
                ("1.5L", "   ^", "This is not a suffix of a floating-point number: only F is, for an f32."),
                ("1e", "^~", "The exponent of this number has no digits."),
                ("1e+", "^~~", "The exponent of this number has no digits."),
                (
                    "0x1.8", "^~~~~",
                    "A hexadecimal floating-point number needs its exponent, a power of two: 0x1.8p3 is 12."
                ),
                ("0x.p1", "^~~~~", "This number has no digits."),
                ("1e999", "^~~~~", "This number is too large for f64."),
                ("1e39f", "^~~~~", "This number is too large for f32."),
                ("(long double)1", " ^~~~~~~~~~~", "These words together name no type."),
                (
                    "{}", " ^",
                    "Here a type, as in `{u64}address`, or the elements of a list, as in `{1, 2}`, is expected."
                ),
                ("{1, 2", "^", "This bracket is not closed: a `}` is missing."),
                ("{1 2}", "   ^", "Here an operator or `}` is expected."),
                ("{2}1", " ^", "Here a type, as in `{u64}address`, is expected."),
            ], parsing: true)
    }

    func testPrintfConverts() throws {
        let context = ScriptedContext()
        for (text, expected) in [
            (#""%f %g %e %a", 1, 0.1f, 1.5, 2"#, "1.000000 0.1 1.500000e+00 0x1p+1"),
            (#""%d %u %x", 1.9, 2.9, 255.5"#, "1 2 ff"),
            (#""%lf|%8.3f|%-8.2f|", 1.5, -2.0, 2.5"#, "1.500000|  -2.000|2.50    |"), (#""%c", 65.5"#, "A"),
        ] {
            let bytes = try FormattedText(parsing: text).render(in: context)
            XCTAssertEqual(String(decoding: bytes, as: UTF8.self), expected, text)
        }
        for (text, message) in [
            (#""%s", 1.5"#, "A floating-point number is no address; %f, %e, %g and %a show it."),
            (#""%p", 1.5"#, "A floating-point number is no address; %f, %e, %g and %a show it."),
            (#""%d", $v0"#, "A vector is shown element by element: `[0]` is the first."),
            (#""%hf", 1.5"#, "A floating-point conversion takes no length, or `l`."),
        ] {
            do {
                _ = try FormattedText(parsing: text).render(in: context)
                XCTFail(text)
            } catch {
                XCTAssertEqual(error.message, message, text)
            }
        }
    }
}
