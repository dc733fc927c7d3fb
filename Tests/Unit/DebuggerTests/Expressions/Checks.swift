import Debugger
import XCTest

/// Not Foundation's.
typealias Expression = Debugger.Expression

/// The value of `text`, shown without a format.
func shown(_ text: String, in context: ScriptedContext = ScriptedContext()) throws(ExpressionError) -> String {
    try Expression(parsing: text).evaluate(in: context).formatted(symbol: ScriptedContext.symbolised)
}

/// Checks the values of a table of expressions, all in one context, in order.
func check(
    _ table: [(String, String)], in context: ScriptedContext = ScriptedContext(), file: StaticString = #filePath,
    line: UInt = #line
) {
    for (text, expected) in table {
        do {
            let value = try shown(text, in: context)
            XCTAssertEqual(value, expected, text, file: file, line: line)
        } catch {
            XCTFail(error.message + "\n" + error.carets(under: text), file: file, line: line)
        }
    }
}

/// Checks that each text fails with a message, and the carets under it. `parse` says whether the text alone must be enough.
func checkErrors(
    _ table: [(text: String, carets: String, message: String)], parsing: Bool, file: StaticString = #filePath,
    line: UInt = #line
) {
    for (text, carets, message) in table {
        var isParsed = false
        do {
            let expression = try Expression(parsing: text)
            isParsed = true
            let value = try expression.evaluate(in: ScriptedContext())
            XCTFail("\(text) has the value \(value)", file: file, line: line)
        } catch {
            XCTAssertNotEqual(isParsed, parsing, "found too early or too late: \(text)", file: file, line: line)
            XCTAssertEqual(error.message, message, text, file: file, line: line)
            XCTAssertEqual(error.carets(under: text), text + "\n" + carets, file: file, line: line)
        }
    }
}
