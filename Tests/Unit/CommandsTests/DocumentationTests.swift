import Commands
import Debugger
import Host
import XCTest

@testable import kvmdbg

/// The manual pages say what the program does: each way to write a command or an option is there, and no other.
final class DocumentationTests: XCTestCase {
    private let table = CommandTable.standard()

    func testEveryCommandSaysWhatItIs() {
        for (path, command) in table.flattened {
            XCTAssertFalse(command.summary.isEmpty, "\(path): no summary")
            XCTAssertFalse(command.summary.hasSuffix("."), "\(path): the summary ends in a full stop")
            XCTAssertFalse(command.help.isEmpty, "\(path): no help")
            XCTAssertFalse(command.usage.isEmpty, "\(path): no usage")
            for form in command.usage {
                XCTAssertTrue(
                    form == path || form.hasPrefix(path + " ") || form.hasPrefix(path + "/")
                        || !isWritten(path, command),
                    "\(path): \"\(form)\" is not this command")
            }
        }
    }

    func testTheManualHasEveryCommandAndNoOther() throws {
        let page = try ManualPage("man/kvmdbg.1")
        for group in Command.Group.allCases {
            let entries = page.entries(under: ["COMMANDS", group.title])
            XCTAssertFalse(entries.isEmpty, "kvmdbg(1) has no commands under \"\(group.title)\"")
            let commands = table.flattened.filter { $0.command.group == group && isWritten($0.path, $0.command) }
            XCTAssertEqual(
                Set(entries.map { $0.heads }), Set(commands.map { $0.command.usage.map(plain) }),
                "kvmdbg(1), \(group.title): the ways to write a command are not those of \"help\"")
            XCTAssertEqual(entries.count, commands.count, "kvmdbg(1), \(group.title): a command is there twice")
            for (path, command) in commands {
                let entry = entries.first { $0.heads == command.usage.map(plain) }
                XCTAssertEqual(entry?.aliases, command.aliases, "kvmdbg(1): the aliases of \(path)")
            }
        }
        XCTAssertEqual(
            page.subsections(of: "COMMANDS"), Command.Group.allCases.map { $0.title },
            "kvmdbg(1): the groups are not those of \"help\"")
    }

    func testTheManualHasEveryOptionAndNoOther() throws {
        let page = try ManualPage("man/kvmdbg.1")
        let written = Options.table.map { option in
            (option.letter.map { "-\($0), " } ?? "") + "--\(option.name)" + (option.value.map { "=\($0)" } ?? "")
        }
        XCTAssertEqual(page.entries(under: ["OPTIONS"]).map { $0.heads }, written.map { [$0] })
        for line in written { XCTAssertTrue(Options.help.contains(line), "--help lacks \(line)") }
    }

    func testTheManualHasEveryReasonOfAStop() throws {
        let usage = try XCTUnwrap(table.command(["expect", "stop"])).command.usage.joined(separator: "|")
        let reasons = try ManualPage("man/kdbg.5").entries(under: ["TESTS", "Stop reasons"]).flatMap { $0.heads }
        let words = reasons.map { String($0.split(separator: " ")[0]) }
        let known = usage.split { !$0.isLowercase }.map { String($0) }.filter {
            !["expect", "stop", "at", "within"].contains($0)
        }
        XCTAssertEqual(Set(words), Set(known))
        XCTAssertEqual(words.count, known.count)
    }

    func testTheManualHasEveryFormat() throws {
        let entries = try ManualPage("man/kdbg.5").entries(under: ["FORMATS"])
        let letters = (97...122 as ClosedRange<UInt8>).map { Unicode.Scalar($0) }.filter { letter in
            (try? PrintFormat(letter: letter)) != nil
        }
        XCTAssertEqual(entries.flatMap { $0.heads }.sorted(), letters.map { String($0) })
    }

    func testTheManualHasNoTypeThatTheProgramLacks() throws {
        let rows = try ManualPage("man/kdbg.5").entries(under: ["EXPRESSIONS", "Types"]).flatMap { $0.heads }
        XCTAssertEqual(rows.count, 10)
        for row in rows {
            let short = String(row.prefix { $0 != " " })
            for name in [short] + row.dropFirst(short.count + 1).components(separatedBy: ", ") {
                XCTAssertNoThrow(try Expression(parsing: "(\(name))1"), "kdbg(5): \(name) is no type")
            }
        }
    }

    func testMandocFindsNothingToComplainOf() throws {
        for page in ["man/kvmdbg.1", "man/kdbg.5"] {
            let result = try Shell.run("mandoc", "-T", "lint", "-W", "warning", page)
            XCTAssertEqual(result.output, "", page)
            XCTAssertEqual(result.status, 0, page)
        }
    }

    /// Whether a command can be written as such: one that must be followed by its only subcommand is that subcommand.
    private func isWritten(_ path: String, _ command: Command) -> Bool {
        command.subcommands.count != 1 || command.usage != command.subcommands[0].usage
    }

    /// A form as plain ASCII.
    private func plain(_ form: String) -> String { form.replacingOccurrences(of: "…", with: "...") }
}
