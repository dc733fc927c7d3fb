import XCTest

@testable import Debugger

/// What expressions call, and numbers by chance.
final class ExpressionFunctionTests: XCTestCase {
    func testTheEnvironment() {
        check([
            ("$env(\"HOME\")", "\"/home/one\""), ("$env(\"EMPTY\")", "\"\""), ("$env(\"NONE\")", "void"),
            ("$env(\"HOME\") == \"/home/one\"", "1"), ("$_isvoid($env(\"HOME\"))", "0"),
            ("$_isvoid($env(\"NONE\"))", "1"), ("$_isvoid($env(\"EMPTY\"))", "0"),
            ("!$_isvoid($env(\"NONE\")) && $env(\"NONE\") == \"x\"", "0"), ("$_isvoid($nothing)", "1"),
            ("$_isvoid(0)", "0"), ("$_isvoid($)", "1"), ("$_isvoid($env($name))", "1"),
        ])
    }

    func testWhatIsWrong() {
        for (text, message, start, end) in [
            (
                "1 + $env(\"NONE\")", "There is no such environment variable; `$_isvoid($env(\"NAME\"))` asks for one.",
                4, 16
            ),
            ("$env(1)", "The name of an environment variable is a string, as in `$env(\"HOME\")`.", 5, 6),
            ("$env()", "Here a number, `$name`, symbol or `(` is expected.", 5, 6),
            ("$nothing(1)", "Here an operator or the end is expected.", 8, 9),
        ] {
            XCTAssertThrowsError(
                try Expression(parsing: text).evaluate(in: ScriptedContext()), text
            ) { error in
                guard let error = error as? ExpressionError else { return XCTFail("\(error)") }
                XCTAssertEqual(error.message, message)
                XCTAssertEqual([error.span.start, error.span.end], [start, end])
            }
        }
    }

    func testAVariableCanHaveAFunctionsName() {
        let context = ScriptedContext()
        context.variables["env"] = Value(7, .i64)
        XCTAssertEqual(try Expression(parsing: "$env + 1").evaluate(in: context), Value(8, .i64))
    }

    func testNestingIsLimited() {
        let depth = 100_000
        let text = String(repeating: "$env(", count: depth) + "1" + String(repeating: ")", count: depth)
        XCTAssertThrowsError(try Expression(parsing: text))
    }

    func testRandomNumbers() {
        // The numbers of the reference implementation for the seed 1234567.
        var numbers = RandomNumbers(seed: 1_234_567)
        XCTAssertFalse(numbers.isUsed)
        XCTAssertEqual(
            (0..<5).map { _ in numbers.next() },
            [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
        XCTAssertTrue(numbers.isUsed)
        XCTAssertEqual(numbers.seed, 1_234_567)
    }

    func testNumbersAsTheyStand() throws {
        for text in ["1", "-1", "0x1f", "1.5", "-2e3", "'a'"] {
            XCTAssertTrue(try Expression(parsing: text).isNumberLiteral, text)
        }
        for text in ["\"1\"", "1 + 1", "main", "$a0", "~1", "--1"] {
            XCTAssertFalse((try? Expression(parsing: text))?.isNumberLiteral ?? false, text)
        }
    }
}
