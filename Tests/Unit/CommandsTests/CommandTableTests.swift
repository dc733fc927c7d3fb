import Debugger
import XCTest

@testable import Commands

/// What holds for every command in the table.
final class CommandTableTests: XCTestCase {
    private let table = CommandTable.standard()

    func testNamesAreUnique() {
        func check(_ commands: [Command], _ place: String) {
            let names = commands.flatMap { [$0.name] + $0.aliases }
            XCTAssertEqual(Set(names).count, names.count, place)
            for command in commands { check(command.subcommands, place + command.name + " ") }
        }
        check(table.commands, "")
    }

    func testEachIsToldCompletely() {
        for (path, command) in table.flattened {
            XCTAssertFalse(command.usage.isEmpty, path)
            XCTAssertTrue(command.usage.allSatisfy { $0.hasPrefix(path) }, path)
            XCTAssertFalse(command.summary.hasSuffix("."), path)
            XCTAssertEqual(command.summary.first?.isUppercase, true, path)
            XCTAssertTrue(command.help.hasSuffix("."), path)
            XCTAssertLessThan(20 + command.summary.count, 100, path)
            let isParsed = command.parse != nil
            XCTAssertTrue(isParsed || !command.subcommands.isEmpty, path)
        }
    }

    /// GDB's abbreviations mean what they mean there.
    func testAbbreviations() {
        let expected = [
            "b": "break", "br": "break", "c": "continue", "cont": "continue", "d": "delete", "del": "delete",
            "h": "help",
            "i": "info", "k": "kill", "p": "print", "q": "quit", "r": "run", "x": "x", "fg": "continue",
            "file": "load", "starti": "start", "exit": "quit", "sta": "start", "so": "source",
            "s": "stepi", "si": "stepi", "step": "stepi", "n": "nexti", "ni": "nexti", "next": "nexti", "u": "until",
            "fin": "finish", "j": "jump", "tb": "tbreak", "cond": "condition", "dis": "disable", "en": "enable",
        ]
        for (short, name) in expected {
            XCTAssertEqual(table.command([short])?.path, name, short)
        }
        XCTAssertEqual(table.command(["i", "b"])?.path, "info breakpoints")
        XCTAssertEqual(table.command(["info", "r"])?.path, "info registers")
        XCTAssertNil(table.command([]))
    }

    func testHelpAndAproposOfEverything() throws {
        let terminal = try Terminal()
        for (path, command) in table.flattened {
            let shown = terminal.type("help \(path)")
            XCTAssertTrue(shown.hasPrefix("\(path): \(command.summary).\n  \(command.usage[0])\n"), shown)
            XCTAssertTrue(shown.contains(command.help), shown)
            XCTAssertTrue(terminal.type("apropos \(path)").contains(Help.row(path, command.summary)), path)
        }
        XCTAssertEqual(
            terminal.type("help k"), "kill: End the guest.\n  kill\nAlso: k\n" + Kill.command.help + "\n")
        XCTAssertEqual(
            terminal.type("help contniue"),
            "There is no single command \"contniue\". Did you mean continue?\n  help contniue\n       ^~~~~~~~\n[ended 2]\n"
        )
        XCTAssertEqual(
            terminal.type("help kill it"),
            "There is no single command \"kill it\". Did you mean kill?\n  help kill it\n       ^~~~~~~\n[ended 2]\n")
        XCTAssertEqual(
            terminal.type("apropos zebra"), "No command's help has \"zebra\".\n[ended 1]\n")
        XCTAssertEqual(terminal.type("apropos"), "A word is missing.\n  apropos\n         ^\n[ended 2]\n")
        XCTAssertEqual(
            terminal.type("apropos KVM_CHECK_EXTENSION"),
            "require cap         Skip the rest of a script unless KVM has a capability\n")
    }

    /// Every command refuses a format that it does not take, and what it does not expect behind it.
    func testWhatNoCommandTakes() throws {
        let terminal = try Terminal()
        for (path, command) in table.flattened {
            let isParsed = command.parse != nil
            if !isParsed || command.takesFormat { continue }
            var shown = terminal.type("\(path)/x")
            // A line that begins a block is looked at together with it.
            if terminal.interpreter.openBlocks > 0 { shown = terminal.type("end") }
            XCTAssertTrue(shown.hasPrefix("\"\(command.name)\" takes no format.\n  \(path)/x\n"), path)
        }
    }

    func testHistory() throws {
        let terminal = try Terminal()
        terminal.interpreter.context.typedLines = { ["load guest.elf", "run", "history"] }
        XCTAssertEqual(terminal.type("history"), "    1  load guest.elf\n    2  run\n    3  history\n")
        XCTAssertEqual(terminal.type("history 1"), "    3  history\n")
        XCTAssertEqual(terminal.type("history 0"), "")
        XCTAssertEqual(
            terminal.type("history 99999999999999999999"),
            "A count of lines is expected here.\n  history 99999999999999999999\n          ^~~~~~~~~~~~~~~~~~~~\n[ended 2]\n"
        )
    }

    func testNumbers() {
        XCTAssertEqual(Number.parse("10"), 10)
        XCTAssertEqual(Number.parse("0x1F"), 31)
        XCTAssertEqual(Number.parse("0Xff"), 255)
        XCTAssertEqual(Number.parse("18446744073709551615"), .max)
        for text in ["", "x", "0x", "+1", "0x+1", "-1", "-0", "0x-0", "18446744073709551616", "1 ", "1_0", "٣"] {
            XCTAssertNil(Number.parse(text), text)
        }
        XCTAssertEqual(Size.parse("128M"), 128 << 20)
        XCTAssertEqual(Size.parse("4k"), 4096)
        XCTAssertEqual(Size.parse("0x10G"), 16 << 30)
        XCTAssertEqual(Size.parse("17179869183G"), 17_179_869_183 << 30)
        XCTAssertEqual(Size.parse("4096"), 4096)
        for text in ["", "M", "17179869184G", "1T", "-1M", "1 M", "1MM", "0xM"] { XCTAssertNil(Size.parse(text), text) }
    }
}
