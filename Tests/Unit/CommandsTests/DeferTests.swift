import XCTest

/// What `defer` has carried out at the end, and what becomes of the verdict when that fails, too.
final class DeferTests: XCTestCase {
    func testASkippedCleanUpHidesNoFailure() throws {
        try checkScript(
            """
            test "one"
              defer skip "cleaned up by hand"
              expect 0
            end
            """,
            """
            DIR/test.kdbg:3:3: This does not hold.
              0: 0x0 (0)
              stop: there is no guest
            Test "one": failed
            [ended 1]
            """)
        try checkScript(
            "defer skip \"cleaned up by hand\"\nexpect 0",
            """
            DIR/test.kdbg:2:1: This does not hold.
              0: 0x0 (0)
              stop: there is no guest
            Skipped: cleaned up by hand
            [ended 1]
            """)
    }

    func testACleanUpThatFailsIsAFailureOfWhatWasSkipped() throws {
        try checkScript(
            """
            test "one"
              defer fail "not cleaned up"
              skip "not here"
            end
            """,
            """
            DIR/test.kdbg:2:9: not cleaned up
              stop: there is no guest
            Test "one": failed
            [ended 1]
            """)
        try checkScript(
            "defer fail \"not cleaned up\"\nskip \"not here\"",
            """
            Skipped: not here
            DIR/test.kdbg:1:7: not cleaned up
              stop: there is no guest
            [ended 1]
            """)
        try checkScript(
            "defer print 1 / 0\ndefer echo last comes first\\n\nexpect 1",
            """
            last comes first
            DIR/test.kdbg:1:17: Division by zero.
              print 1 / 0
                        ^
            [ended 1]
            """)
    }
}
