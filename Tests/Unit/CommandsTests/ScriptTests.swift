import Debugger
import Foundation
import Guest
import Reports
import Target
import XCTest

@testable import Commands
@testable import Support

/// Scripts: parsed as a whole first, ended by the first failure, told with file, line and column.
final class ScriptTests: XCTestCase {
    private func check(
        _ script: String, _ expected: String, file: StaticString = #filePath, line: UInt = #line,
        _ prepare: (Terminal) -> Void = { _ in }
    ) throws {
        let terminal = try Terminal(isInteractive: false)
        prepare(terminal)
        XCTAssertEqual(terminal.runScript(script), expected, file: file, line: line)
    }

    func testAWholeSession() throws {
        try check(
            """
            # The guest stops itself.
            require cap SET_GUEST_DEBUG
            load guest.elf
            run
            expect stop ebreak at own
            expect $a0 == 1  # main was called
            quit 7
            """,
            """
            (kvmdbg) require cap SET_GUEST_DEBUG
            (kvmdbg) load guest.elf
            (kvmdbg) run
            The guest's own ebreak, 0x80000008 <own>.
            => 0x80000008 <own>:  ebreak
            (kvmdbg) expect stop ebreak at own
            (kvmdbg) expect $a0 == 1
            (kvmdbg) quit 7
            [quit 7]

            """)
    }

    func testADefinitionCanBeNamedAsTheBeginningOfACommandWithABlock() throws {
        try check(
            "define do\n  echo $arg0\\n\nend\ndo 1\nif 1\n  do 2\nend\n",
            """
            (kvmdbg) define do
            (kvmdbg) do 1
            (kvmdbg) echo $arg0\\n
            $arg0
            (kvmdbg) if 1
            (kvmdbg) do 2
            (kvmdbg) echo $arg0\\n
            $arg0

            """)
    }

    func testTheFirstFailureEndsIt() throws {
        try check(
            "echo one\\n\nexpect 1 \\\n  == 2\necho two\\n\n",
            """
            (kvmdbg) echo one\\n
            one
            (kvmdbg) expect 1   == 2
            DIR/test.kdbg:2:1: This does not hold.
              1: 0x1 (1)
              2: 0x2 (2)
              stop: there is no guest
            [ended 1]

            """)
        try check(
            "print 1\n   print 1 + \\\n      1/0\nprint 2",
            """
            (kvmdbg) print 1
            $1 = 1
            (kvmdbg) print 1 +       1/0
            DIR/test.kdbg:3:9: Division by zero.
              print 1 +       1/0
                                ^
            [ended 1]

            """)
    }

    func testAMistakeIsFoundBeforeAnythingRuns() throws {
        try check(
            "echo one\\n\n  nonsense\nmore",
            """
            DIR/test.kdbg:2:3: There is no command "nonsense". "help" lists them.
              nonsense
              ^~~~~~~~
            [ended 2]

            """)
        try check(
            "expect \\\n   (1",
            "DIR/test.kdbg:2:4: This bracket is not closed: a `)` is missing.\n  expect    (1\n            ^\n[ended 2]\n"
        )
    }

    func testSourceIsRelativeToTheScript() throws {
        try check(
            "source sub/b.kdbg\necho back\\n",
            """
            (kvmdbg) source sub/b.kdbg
            (kvmdbg) echo b\\n
            b
            (kvmdbg) source c.kdbg
            (kvmdbg) echo c\\n
            c
            (kvmdbg) echo back\\n
            back

            """
        ) { (terminal) in
            try? FileManager.default.createDirectory(
                atPath: terminal.folder + "/sub", withIntermediateDirectories: true)
            terminal.put("sub/b.kdbg", "echo b\\n\nsource c.kdbg\n")
            terminal.put("sub/c.kdbg", "echo c\\n")
        }
    }

    func testAMistakeInASourcedScript() throws {
        try check(
            "echo one\\n\nsource b.kdbg",
            "DIR/b.kdbg:1:2: There is no command \"nonsense\". \"help\" lists them.\n  nonsense\n  ^~~~~~~~\n[ended 2]\n"
        ) { $0.put("b.kdbg", " nonsense") }
        try check(
            "source b.kdbg\necho never",
            """
            (kvmdbg) source b.kdbg
            (kvmdbg) expect 0
            DIR/b.kdbg:1:1: This does not hold.
              0: 0x0 (0)
              stop: there is no guest
            [ended 1]

            """
        ) { $0.put("b.kdbg", "expect 0") }
        try check(
            "source b.kdbg\necho never",
            "(kvmdbg) source b.kdbg\n(kvmdbg) quit 3\n[quit 3]\n"
        ) { $0.put("b.kdbg", "quit 3") }
    }

    func testSourcingThatCannotBe() throws {
        try check(
            "source",
            "DIR/test.kdbg:1:7: The script's name is missing.\n  source\n        ^\n[ended 2]\n")
        try check(
            "echo a\n source nothing.kdbg",
            "DIR/test.kdbg:2:9: Cannot open \"DIR/nothing.kdbg\": No such file or directory (ENOENT).\n"
                + "  source nothing.kdbg\n         ^~~~~~~~~~~~\n[ended 2]\n")
        try check(
            "source test.kdbg",
            "DIR/test.kdbg:1:8: \"DIR/test.kdbg\" would source itself without end.\n"
                + "  source test.kdbg\n         ^~~~~~~~~\n[ended 2]\n")
        try check(
            "source b.kdbg",
            "DIR/b.kdbg:1:8: \"DIR/test.kdbg\" would source itself without end.\n"
                + "  source test.kdbg\n         ^~~~~~~~~\n[ended 2]\n"
        ) { $0.put("b.kdbg", "source test.kdbg") }
    }

    func testScriptsAreNested32Deep() throws {
        for (depth, isRefused) in [(31, false), (32, true)] {
            let terminal = try Terminal(isInteractive: false)
            for index in 1...depth {
                terminal.put("\(index).kdbg", index == depth ? "echo deep\\n" : "source \(index + 1).kdbg")
            }
            let shown = terminal.runScript("source 1.kdbg")
            XCTAssertEqual(shown.hasSuffix("deep\n"), !isRefused, shown)
            XCTAssertEqual(shown.contains("Scripts are nested more than 32 deep."), isRefused, shown)
        }
    }

    func testAnUnreadableScript() throws {
        let terminal = try Terminal(isInteractive: false)
        XCTAssertEqual(
            terminal.type("source \(terminal.folder)"),
            "Cannot read \"DIR\": Is a directory (EISDIR).\n  source DIR\n".replacingOccurrences(of: "DIR", with: "DIR")
                + "         ^" + String(repeating: "~", count: terminal.folder.utf8.count - 1) + "\n[ended 2]\n")
    }

    func testWithoutKVMAScriptIsSkipped() throws {
        try check(
            "load guest.elf\nprint &main\nrun\necho never",
            """
            (kvmdbg) load guest.elf
            (kvmdbg) print &main
            $1 = 0x80000010 <main>
            (kvmdbg) run
            Skipped: This host has no KVM.
            [ended 4]

            """
        ) { $0.provider.refusal = .unavailable("This host has no KVM.") }
        try check(
            "require cap SET_GUEST_DEBUG\necho never",
            "(kvmdbg) require cap SET_GUEST_DEBUG\nSkipped: This host has no KVM.\n[ended 4]\n"
        ) { $0.provider.refusal = .unavailable("This host has no KVM.") }
        // What the host should be able to do, and does not, is a failure.
        try check(
            "load guest.elf\nrun",
            "(kvmdbg) load guest.elf\n(kvmdbg) run\nDIR/test.kdbg:2:1: KVM_CREATE_VM failed.\n[ended 1]\n"
        ) { $0.provider.refusal = .host("KVM_CREATE_VM failed.") }
    }

    func testCtrlCEndsAScriptAndNotAPrompt() throws {
        let shown =
            "Interrupted at 0x80000000 <_start>.\n=> 0x80000000 <_start>:  li      t0,1\n"
        let script = try Terminal(isInteractive: false)
        script.provider.prepare = { $0.onRun(.interrupted) }
        let told = script.runScript("load guest.elf\nrun\necho never")
        XCTAssertTrue(
            told.hasPrefix("(kvmdbg) load guest.elf\n(kvmdbg) run\n\(shown)DIR/test.kdbg:2:1: Interrupted.\n  stop: "),
            told)
        XCTAssertTrue(told.hasSuffix("\n[ended 130]\n"), told)
        let terminal = try Terminal()
        terminal.provider.prepare = { $0.onRun(.interrupted) }
        XCTAssertEqual(terminal.type("load guest.elf"), "")
        XCTAssertEqual(terminal.type("run"), shown)
        XCTAssertEqual(terminal.type("info symbol $pc"), "_start\n")
    }
}
