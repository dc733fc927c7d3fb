import Debugger
import XCTest

final class FormattedTextTests: XCTestCase {
    private func rendered(_ text: String, in context: ScriptedContext = ScriptedContext()) throws -> String {
        String(decoding: try FormattedText(parsing: text).render(in: context), as: UTF8.self)
    }

    func testConversions() throws {
        for (text, expected) in [
            (#""plain\n""#, "plain\n"), (#""""#, ""), (#""100%%""#, "100%"), (#""%d %i", -5, 6"#, "-5 6"),
            (#""%u", -1"#, "18446744073709551615"),
            (#""%x|%X|%#x|%#X", 0xab, 0xab, 0xab, 0xab"#, "ab|AB|0xab|0XAB"), (#""%#x %#o %o", 0, 8, 8"#, "0 010 10"),
            (#""%lx %#lx", $pc, $pc"#, "80000004 0x80000004"),
            (#""%08x|%8x|%-8x|", 255, 255, 255"#, "000000ff|      ff|ff      |"),
            (#""%#010x", 255"#, "0x000000ff"), (#""%+d % d %+d", 5, 5, -5"#, "+5  5 -5"),
            (#""%05d|%-5d|%5d", -42, -42, -42"#, "-0042|-42  |  -42"),
            (#""%.3d|%8.3d|%08.3d|%.0d", 5, 5, 5, 0"#, "005|     005|     005|"), (#""%c%c", 'a', 98"#, "ab"),
            (#""%3c|%-3c|", 'a', 'b'"#, "  a|b  |"),
            (#""%s-%s", "x", $name"#, "x-kvm"),
            (#""%5s|%-5s|%.2s|%5.1s", "abc", "abc", "abc", "abc""#, "  abc|abc  |ab|    a"),
            (#""%s", 0x80001103"#, "hello, guest"), (#""%.5s", (u8 *)0x80001103"#, "hello"),
            (#""%p", $pc"#, "0x80000004"), (#""%p", 0"#, "0x0"),
            (#""%hhd %hhu %hx", 511, 511, -1"#, "-1 255 ffff"), (#""%x", (i8)-1"#, "ff"),
            (#""%lx", (i8)-1"#, "ffffffffffffffff"),
            (#""%u", (i32)-1"#, "4294967295"), (#""%d", (u8)255"#, "255"), (#""%d", (u64)-1"#, "-1"),
            (#""%lld %llu %zu %jd %td", 1, 2, 3, 4, 5"#, "1 2 3 4 5"),
            (#""\045d", 5"#, "5"), (#""%d%%", 5"#, "5%"), (#""%d" , $x = 5"#, "5"), (#""%#.3o|%#o", 8, 0"#, "010|0"),
        ] {
            XCTAssertEqual(try rendered(text), expected, text)
        }
    }

    func testStringsOfTheGuestAreBounded() throws {
        let context = ScriptedContext()
        context.memory = [UInt8](repeating: 0x41, count: 0x2000)
        XCTAssertEqual(try rendered(#""%s", 0x80001003"#, in: context), String(repeating: "A", count: 4096) + "...")
        XCTAssertEqual(try rendered(#""%.4096s", 0x80001003"#, in: context).count, 4096)
        XCTAssertEqual(try rendered(#""%.9s", 0x80001007"#, in: context), "AAAAAAAAA")
        context.memory[0x1FFF] = 0
        let reads = context.memoryReads
        XCTAssertEqual(try rendered(#""%s", 0x80002ff9"#, in: context), "AAAAAA")
        XCTAssertEqual(context.memoryReads - reads, 7)
        XCTAssertThrowsError(try rendered(#""%s", 0x80003000"#, in: context))
    }

    func testErrorsOfTheFormat() {
        let kinds = "%c, %s and %p take only `-` and a width, %s also a precision."
        check(
            [
                (#""%d""#, " ^~", "There is no argument for this conversion."),
                (#""%d %d", 1"#, "    ^~", "There is no argument for this conversion."),
                (
                    #""%d", 1, 2 + 3"#, "         ^~~~~",
                    "The format has 1 conversion, so there is nothing to show this argument with."
                ),
                (#""%", 1"#, " ^", "This `%` has no conversion behind it; for a percent sign write `%%`."),
                (#""a\t%-5l", 1"#, "    ^~~~", "This `%` has no conversion behind it; for a percent sign write `%%`."),
                (#""%*d", 1"#, " ^~", "A width or precision of `*` is not supported; write the number."),
                (#""%.*d", 1"#, " ^~~", "A width or precision of `*` is not supported; write the number."),
                (#""%99999d", 1"#, " ^~~~~~", "A width or precision is at most 4096."),
                (#""%n", 1"#, " ^~", "`%n` stores a count, which `printf` here does not do."),
                (
                    #""%y", 1"#, " ^~",
                    "This is no conversion; there are %d %i %u %x %X %o %f %e %g %a %c %s %p, and %% for a percent sign."
                ),
                (
                    #""%5%", 1"#, " ^~~",
                    "This is no conversion; there are %d %i %u %x %X %o %f %e %g %a %c %s %p, and %% for a percent sign."
                ),
                (#""%ls", 1"#, " ^~~", kinds), (#""%+c", 1"#, " ^~~", kinds),
                (#""%.1p", 1"#, " ^~~~", "%c and %p take no precision."),
                ("$a0", "^~~", "Here a format string, as in \"%d\\n\", is expected."),
                ("", "^", "The expression ends too early: a format string, as in \"%d\\n\", is missing here."),
                (#""%d" 1"#, "     ^", "Here `,` or the end is expected."),
                (#""%d", 1 1"#, "        ^", "Here an operator, `,` or the end is expected."),
                (#""%d",""#, "     ^", "This string literal is not closed: a \" is missing."),
            ], rendering: false)
        check(
            [
                (#""%d", $name"#, "      ^~~~~", "A string is shown by `%s` only."),
                (#""%d", $foo"#, "      ^~~~", "`$foo` has no value yet; set it with `set $foo = VALUE`."),
                (#""%s", 16"#, "      ^~", "Cannot reach 1 bytes at 0x10."),
            ], rendering: true)
    }

    private func check(_ table: [(String, String, String)], rendering: Bool, line: UInt = #line) {
        for (text, carets, message) in table {
            do {
                let format = try FormattedText(parsing: text)
                XCTAssertTrue(rendering, "parsed: \(text)", line: line)
                _ = try format.render(in: ScriptedContext())
                XCTFail("rendered: \(text)", line: line)
            } catch {
                XCTAssertEqual(error.message, message, text, line: line)
                XCTAssertEqual(error.carets(under: text), text + "\n" + carets, line: line)
            }
        }
    }
}
