import Foundation
import XCTest

/// Carries out `script` over a terminal that `prepare` has prepared, and sees that `expected` is all that is shown, but for the
/// commands that are echoed.
func checkScript(
    _ script: String, _ expected: String, file: StaticString = #filePath, line: UInt = #line,
    _ prepare: (Terminal) -> Void = { _ in }
) throws {
    let terminal = try Terminal(isInteractive: false)
    prepare(terminal)
    let shown = terminal.runScript(script)
    let told = shown.split(separator: "\n").filter { !$0.hasPrefix("(kvmdbg) ") }.joined(separator: "\n")
        .replacingOccurrences(of: "took: [0-9.]+ s", with: "took: TIME", options: .regularExpression)
    XCTAssertEqual(told, expected, file: file, line: line)
}
