import Debugger
import XCTest

final class FormattingTests: XCTestCase {
    func testFormats() throws {
        let table: [(String, String, String)] = [
            ("x", "255", "0xff"), ("x", "0", "0x0"), ("x", "(i8)-1", "0xff"), ("x", "(i16)-1", "0xffff"),
            ("x", "-1", "0xffffffffffffffff"),
            ("x", "$pc", "0x80000004"), ("z", "(u8)1", "0x01"), ("z", "(u32)5", "0x00000005"),
            ("z", "5", "0x0000000000000005"),
            ("d", "(u8)255", "-1"), ("d", "(u64)-1", "-1"), ("d", "$pc", "2147483652"), ("u", "(i8)-1", "255"),
            ("u", "-1", "18446744073709551615"), ("o", "8", "010"), ("o", "0", "0"), ("o", "(u8)-1", "0377"),
            ("t", "10", "1010"),
            ("t", "0", "0"), ("t", "(i8)-2", "11111110"), ("c", "97", "97 'a'"), ("c", "353", "97 'a'"),
            ("c", "-1", "-1 '\\377'"),
            ("c", "(u32)255", "255 '\\377'"), ("c", "'\\''", "39 '\\''"), ("a", "0x80000100", "0x80000100 <main>"),
            ("a", "5", "0x5"),
            ("a", "$pc", "0x80000004 <_start+4>"), ("x", "\"a\"", "\"a\""), ("x", "$unset", "void"),
        ]
        for (letter, text, expected) in table {
            let format = try PrintFormat(letter: XCTUnwrap(letter.unicodeScalars.first))
            let value = try Expression(parsing: text).evaluate(in: ScriptedContext())
            XCTAssertEqual(value.formatted(format, symbol: ScriptedContext.symbolised), expected, "/\(letter) \(text)")
        }
    }

    func testRefusedFormats() {
        func message(_ letter: Unicode.Scalar) -> String? {
            do {
                _ = try PrintFormat(letter: letter)
                return nil
            } catch {
                return error.message
            }
        }
        XCTAssertEqual(message("f"), "Format `f`, floating point, is not supported; `x` shows the bits.")
        XCTAssertEqual(message("s"), "Format `s` shows memory, not a value; write `x/s ADDRESS`.")
        XCTAssertEqual(message("i"), "Format `i` shows memory, not a value; write `x/i ADDRESS`.")
        let unknown =
            "there are x z (hexadecimal), d (signed), u (unsigned), o (octal), t (binary), c (character) and a (address)."
        XCTAssertEqual(message("q"), "There is no format `q`; " + unknown)
        XCTAssertEqual(message("Ÿ"), "There is no format `Ÿ`; " + unknown)
        XCTAssertNil(message("t"))
    }

    func testTypesAreNamed() {
        XCTAssertEqual(ValueType.integer(.u8).description, "u8")
        XCTAssertEqual(ValueType.pointer(to: .pointer(to: .integer(.i64))).description, "i64 **")
        XCTAssertEqual(ValueType.pointer(to: .void).description, "void *")
    }
}
