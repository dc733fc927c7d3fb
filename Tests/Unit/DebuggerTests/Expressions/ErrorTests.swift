import Debugger
import XCTest

final class ErrorTests: XCTestCase {
    private static let setOnly =
        "This cannot be set: only registers, variables, objects, `*p`, `p[i]`, `p->m` and `{TYPE}address` can."

    func testSyntaxErrors() {
        checkErrors(
            [
                ("", "^", "The expression ends too early: a number, `$name`, symbol or `(` is missing here."),
                ("1 +", "   ^", "The expression ends too early: a number, `$name`, symbol or `(` is missing here."),
                ("1 + )", "    ^", "Here a number, `$name`, symbol or `(` is expected."),
                ("(1 + 2", "^", "This bracket is not closed: a `)` is missing."),
                ("$p[1", "  ^", "This bracket is not closed: a `]` is missing."),
                ("(1 2)", "   ^", "Here an operator or `)` is expected."),
                ("1 2", "  ^", "Here an operator or the end is expected."),
                ("1)", " ^", "Here an operator or the end is expected."),
                ("1, 2", " ^", "Here an operator or the end is expected."),
                (
                    "1 ? 2", "     ^",
                    "The expression ends too early: an operator or the `:` of `a ? b : c` is missing here."
                ),
                ("$a0 @ 2", "    ^", "This character has no meaning in an expression."),
                ("$a0++", "   ^~", "There is no `++`: write `x += 1`, or `+ +x` for two signs."),
                ("--$a0", "^~", "There is no `--`: write `x -= 1`, or `- -x` for two signs."),
                ("$p->", "    ^", "The expression ends too early: the name of a member is missing here."),
                ("$p->4", "    ^", "Here the name of a member is expected."),
                ("($p).a..b", "     ^~~~", "The name of a member is missing beside a dot."),
                ("(struct *)1", "        ^", "Here the name of the type, as in `struct NAME`, is expected."),
                (
                    "struct", "^~~~~~",
                    "`struct` is a type; it belongs into a cast, `(struct)x`, or into braces, `{struct}address`."
                ),
                ("5 = 6", "^", Self.setOnly + " To compare, write `==`."),
                ("$a0 + 1 = 6", "^~~~~~~", Self.setOnly + " To compare, write `==`."),
                ("$1 += 6", "^~", Self.setOnly),
                ("&$pc", "^~~~", "This has no address: only symbols, `*p`, `p[i]`, `p->m` and `{TYPE}address` have."),
                ("&&main", "^~", "An address has no address: `&&` compares, and here is nothing to its left."),
                ("u8 + 1", "^~", "`u8` is a type; it belongs into a cast, `(u8)x`, or into braces, `{u8}address`."),
                ("(void)1", " ^~~~", "A cast to `void` leaves no value."),
                ("{void}1", " ^~~~", "`void` has no size; name the type to read, as in `{u64}address`."),
                ("{1}2", " ^", "Here a type, as in `{u64}address`, is expected."),
                ("{u8 1", "    ^", "Here an operator or `}` is expected."),
                ("(long char)1", " ^~~~~~~~~", "These words together name no type."),
                ("(u8 *********)1", " ^~~~~~~~~~~~", "A pointer has at most 8 stars."),
            ], parsing: true)
    }

    func testLiteralErrors() {
        checkErrors(
            [
                (
                    "1 + 18446744073709551616", "    ^~~~~~~~~~~~~~~~~~~~",
                    "This number does not fit 64 bits: the largest is 0xffffffffffffffff."
                ),
                (
                    "0x10000000000000000", "^~~~~~~~~~~~~~~~~~~",
                    "This number does not fit 64 bits: the largest is 0xffffffffffffffff."
                ),
                ("12ab", "  ^", "This is not a decimal digit."), ("089", " ^", "This is not an octal digit."),
                ("0x12g4", "    ^", "This is not a hexadecimal digit."),
                ("0b12", "   ^", "This is not a binary digit."),
                ("1_000", " ^", "This is not a decimal digit."), ("1é", " ^", "This is not a decimal digit."),
                ("0x", "^~", "Digits are missing behind this prefix."),
                ("0xUL", "^~~~", "Digits are missing behind this prefix."),
                ("5LUL", " ^~~", "This is not a suffix of a number: U, L, UL, LL and ULL are."),
                ("'ab'", "^~~~", "A character literal holds one byte, not 2; a string is written between \"."),
                ("''", "^~", "A character literal holds one byte, not 0; a string is written between \"."),
                ("1 + 'a", "    ^~", "This character literal is not closed: a ' is missing."),
                ("\"abc", "^~~~", "This string literal is not closed: a \" is missing."),
                ("\"a\\\"", "^~~~", "This string literal is not closed: a \" is missing."),
                ("\"\\", " ^", "This escape is not complete."),
                (
                    "'\\q'", " ^~",
                    "This is not an escape: \\a \\b \\e \\f \\n \\r \\t \\v \\\\ \\' \\\" \\? \\101 (octal) and \\x41 are."
                ),
                ("'\\400'", " ^~~~", "This escape is more than a byte holds: \\377 and \\xff are the largest."),
                ("'\\x141'", " ^~~~~", "This escape is more than a byte holds: \\377 and \\xff are the largest."),
                ("'\\xg'", " ^~", "\\x needs a hexadecimal digit, as in \\x41."),
                (
                    "$1a", "^~~",
                    "A value of the history is `$`, `$$`, `$4` or `$$4`; a variable's name begins with a letter or `_`."
                ),
            ], parsing: true)
    }

    func testEvaluationErrors() {
        checkErrors(
            [
                ("$foo + 1", "^~~~", "`$foo` has no value yet; set it with `set $foo = VALUE`."),
                ("$x11 == 1", "^~~~", "`$x11` has no value yet; set it with `set $x11 = VALUE`. Did you mean `$x10`?"),
                ("$i = $oen", "     ^~~~", "`$oen` has no value yet; set it with `set $oen = VALUE`."),
                ("$new += 1", "^~~~", "`$new` has no value yet; set it with `set $new = VALUE`."),
                ("$ + 1", "^", "The value history is empty; `print` adds to it."),
                ("$7", "^~", "The history has 0 values."), ("1 + $$3", "    ^~~", "The history has 0 values."),
                ("mian", "^~~~", "There is no symbol `mian`. Did you mean `main`?"),
                ("1 + countr", "    ^~~~~~", "There is no symbol `countr`. Did you mean `counter`?"),
                ("nothing_like_it", "^~~~~~~~~~~~~~~", "There is no symbol `nothing_like_it`."),
                ("pc == 1", "^~", "There is no symbol `pc`; write `$pc`, with the dollar."),
                (
                    "table + 1", "^~~~~",
                    "`table` has 32 bytes and so is no number; write `&table` for its address, `{u64}&table` for 8 bytes of it."
                ),
                (
                    "blob", "^~~~",
                    "`blob` is of unknown size and so is no number; write `&blob` for its address, `{u64}&blob` for 8 bytes of it."
                ),
                (
                    "table = 1", "^~~~~",
                    "`table` is no number that could be set; name a type, as in `{u64}&table = VALUE`."
                ),
                ("main = 1", "^~~~", "`main` is no number that could be set; name a type, as in `{u64}&main = VALUE`."),
                ("1 + 2 / (3 - 3)", "        ^~~~~~~", "Division by zero."), ("5 % 0u", "    ^~", "Division by zero."),
                ("1 << -1", "     ^~", "The shift count is negative: -1."),
                ("\"a\" + 1", "^~~", "A string cannot be computed with; `==` and `!=` compare it with another one."),
                (
                    "$a0 == $name", "       ^~~~~",
                    "A string cannot be computed with; `==` and `!=` compare it with another one."
                ),
                ("!\"a\"", " ^~~", "A string cannot be computed with; `==` and `!=` compare it with another one."),
                (
                    "\"a\" < \"b\"", "^~~",
                    "A string cannot be computed with; `==` and `!=` compare it with another one."
                ),
                ("$pc + $sp", "^~~~~~~~~", "Two addresses cannot be added; cast one of them, as in `(u64)p`."),
                (
                    "&counter - &main", "^~~~~~~~~~~~~~~~",
                    "`u32 *` and `code *` count in different sizes; cast both, as in `(u64)p`."
                ),
                (
                    "*5", " ^",
                    "This is a number, not a pointer; name the type, as in `*(u64 *)ADDRESS` or `{u64}ADDRESS`."
                ),
                (
                    "$a0[1]", "^~~",
                    "This is a number, not a pointer; name the type, as in `*(u64 *)ADDRESS` or `{u64}ADDRESS`."
                ),
                (
                    "*$pc", " ^~~",
                    "The type of what is at this address is not known; name it, as in `*(u32 *)ADDRESS` or `{u32}ADDRESS`."
                ),
                ("1 + *(u32 *)0", "    ^~~~~~~~~", "Cannot reach 4 bytes at 0x0."),
                ("{u64}0x10 = 1", "^~~~~~~~~", "Cannot reach 8 bytes at 0x10."),
                ("$broken + 1", "^~~~~~~", "The register is broken."),
                ("$x10 = 1", "^~~~", "The register x10 is read-only today."),
                ("$_ = 1", "^~", "`$_` is the debugger's own."),
                (
                    "$a0 = \"a\"", "      ^~~",
                    "A string cannot be computed with; `==` and `!=` compare it with another one."
                ),
                (
                    "{u8}&flag = $nothing", "            ^~~~~~~~",
                    "`$nothing` has no value yet; set it with `set $nothing = VALUE`."
                ),
            ], parsing: false)
    }

    func testCaretsKeepColumns() {
        let error = ExpressionError("", at: SourceSpan(6, 8))
        XCTAssertEqual(error.carets(under: "\té + $x"), " é + $x\n     ^~")
        XCTAssertEqual(error.carets(under: "a"), "a\n ^")
        XCTAssertEqual(ExpressionError("", at: SourceSpan(1, 1)).carets(under: "ab"), "ab\n ^")
    }

    func testSpansCountFromTheStartOfTheLine() {
        XCTAssertThrowsError(try Expression(parsing: "print 1 + ", from: 6)) {
            XCTAssertEqual(($0 as? ExpressionError)?.span, SourceSpan(10, 10))
        }
        XCTAssertThrowsError(try Expression(parsing: "print", from: 99))
        XCTAssertThrowsError(try Expression(parsing: "print", from: -99).evaluate(in: ScriptedContext()))
    }

    func testNearestNames() {
        let context = ScriptedContext()
        for name in ["alpha1", "alpha2", "alpha3", "alpha44", "beta"] {
            context.symbols[name] = context.symbols["main"]
        }
        XCTAssertThrowsError(try Expression(parsing: "alpha").evaluate(in: context)) {
            XCTAssertEqual(
                ($0 as? ExpressionError)?.message,
                "There is no symbol `alpha`. Did you mean `alpha1`, `alpha2` or `alpha3`?")
        }
    }
}
