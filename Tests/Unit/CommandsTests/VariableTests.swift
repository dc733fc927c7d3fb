import XCTest

@testable import Commands
@testable import Support

/// Variables that come from elsewhere: random numbers, `--define`.
final class VariableTests: XCTestCase {
    func testRandomNumbers() throws {
        try checkScript(
            """
            set seed 42
            set $n = $random
            expect $n != $random
            set seed 42
            expect $n == $random
            show seed
            expect $n == 0
            """,
            """
            42
            DIR/test.kdbg:7:1: This does not hold.
              $n: 0xbdd732262feb6e95 (13679457532755275413)
              0: 0x0 (0)
              stop: there is no guest
              seed: 42
            [ended 1]
            """)
        try checkScript(
            "set $random = 1",
            """
            DIR/test.kdbg:1:5: `$random` is another number each time; "set seed" says which.
              set $random = 1
                  ^~~~~~~
            [ended 1]
            """)
    }

    func testDefinitions() throws {
        let terminal = try Terminal(isInteractive: false)
        for (text, shown) in [
            ("42", "42"), ("0x10", "16"), ("-1", "-1"), ("1.5", "1.5"), ("abc", "\"abc\""), ("", "\"\""),
            ("1 + 1", "\"1 + 1\""), ("a=b", "\"a=b\""),
        ] {
            try terminal.interpreter.context.define("value", text)
            XCTAssertEqual(terminal.type("output $value"), shown, text)
        }
        XCTAssertThrowsError(try terminal.interpreter.context.define("random", "1"))
    }
}
