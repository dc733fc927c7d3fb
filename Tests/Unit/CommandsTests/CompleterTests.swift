import XCTest

@testable import Commands

final class CompleterTests: XCTestCase {
    private func words(_ line: String, _ terminal: Terminal) -> [String] {
        let start = line.lastIndex(of: " ").map { line.index(after: $0) } ?? line.startIndex
        let completer = Completer(table: .standard(), session: terminal.session)
        switch completer.complete(String(line[start...]), after: String(line[..<start])) {
        case .files: return ["FILES"]
        case .words(let words): return words
        }
    }

    func testWhatCanStandWhere() throws {
        let terminal = try Terminal()
        XCTAssertEqual(terminal.type("load guest.elf"), "")
        _ = terminal.type("set $mine = 1")
        _ = terminal.type("break main")
        _ = terminal.type("break own")
        let table: [(String, [String])] = [
            ("conti", ["continue"]),
            ("ec", ["echo"]),
            ("xyz", []),
            (
                "info ",
                [
                    "breakpoints", "display", "exits", "files", "kvm", "line", "linux", "mem", "pagetables",
                    "registers",
                    "stats",
                    "symbol", "translate", "vcpu", "vcpus", "watchpoints",
                ]
            ),
            ("i b", ["breakpoints"]),
            ("info registers st", ["stvec", "stval"]),
            ("info registers cs", ["csr"]),
            ("info registers $sepc", ["$sepc"]),
            ("break ma", ["main"]),
            ("break ", ["_start", "counter", "finish", "main", "message", "own", "table"]),
            ("print $scau", ["$scause"]),
            ("print $mi", ["$mimpid", "$mine"]),
            ("print/x ma", ["main"]),
            ("print m", ["main", "message"]),
            ("delete ", ["1", "2"]),
            ("load ", ["FILES"]),
            ("load some/fi", ["FILES"]),
            ("source ", ["FILES"]),
            ("guestdbg o", ["on", "off"]),
            ("require ", ["cap", "isa", "kernel", "register", "sbi"]),
            ("require isa ss", ["sstc", "ssaia", "sscofpmf"]),
            ("require cap SET", ["SET_GUEST_DEBUG"]),
            ("help info", ["info"]),
            ("help qu", ["quit"]),
            ("expect stop sh", ["shutdown"]),
            ("expect stop breakpoint at ma", ["main"]),
            ("expect st", ["stop"]),
            ("continue ", []),
            ("trace m", ["mmio"]),
            ("trace sbi ", ["on", "off"]),
            ("info pagetables ma", ["main"]),
            ("nonsense m", []),
            ("e m", []),
        ]
        for (line, expected) in table { XCTAssertEqual(words(line, terminal), expected, line) }
    }

    /// Each command completes from its own name, and whatever is offered begins as what is typed.
    func testEveryPrefixOfEveryCommand() throws {
        let terminal = try Terminal()
        for (path, _) in CommandTable.standard().flattened {
            for length in 0...path.count {
                let line = String(path.prefix(length))
                let word = line.split(separator: " ", omittingEmptySubsequences: false).last.map { String($0) } ?? ""
                let found = words(line, terminal)
                XCTAssertTrue(found.allSatisfy { $0.hasPrefix(word) }, line)
                let next = path.split(separator: " ")[line.filter { $0 == " " }.count]
                XCTAssertTrue(found.contains(String(next)), "\(next) is not offered behind \"\(line)\"")
            }
        }
    }
}
