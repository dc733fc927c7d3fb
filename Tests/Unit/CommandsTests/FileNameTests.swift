import XCTest

@testable import Support

/// Names of files in commands: absolute, relative, in quotes.
final class FileNameTests: XCTestCase {
    func testASlashBehindABlankIsNoFormat() throws {
        let terminal = try Terminal()
        XCTAssertEqual(terminal.type("load \(terminal.folder)/guest.elf"), "")
        XCTAssertEqual(terminal.type("info symbol main"), "main\n")
        terminal.put("a.kdbg", "print 1\n")
        XCTAssertEqual(terminal.type("source \(terminal.folder)/a.kdbg"), "$1 = 1\n")
        XCTAssertEqual(terminal.type("echo /etc\\n"), "/etc\n")
        XCTAssertEqual(terminal.type("print /x 16"), "$2 = 0x10\n")
        XCTAssertEqual(terminal.type("x /1i main"), "   0x80000010 <main>:  add     a0,a0,1\n")
    }
}
