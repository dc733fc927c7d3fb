import Host
import XCTest

@testable import kvmdbg

/// What bash, zsh and fish offer for a command line of kvmdbg, asked of the shells themselves.
final class DocumentationCompletionTests: XCTestCase {
    private let long = Set(Options.table.map { "--\($0.name)" })
    private let short = Set(Options.table.compactMap { $0.letter.map { "-\($0)" } })
    private let withValue = Set(Options.table.filter { $0.value != nil }.map { "--\($0.name)" })
    private let values = [
        "--report": ["human", "tap", "ktap", "junit", "json"], "--color": ["auto", "always", "never"],
    ]

    func testBashOffersEveryOptionAndNoOther() throws {
        XCTAssertEqual(
            Set(try bash("kvmdbg", "--")), Set(long.map { withValue.contains($0) ? $0 + "=" : $0 }))
        XCTAssertEqual(Set(try bash("kvmdbg", "-")), short)
    }

    func testBashOffersValuesAndFiles() throws {
        for (option, words) in values {
            XCTAssertEqual(try bash("kvmdbg", option, ""), words)
            XCTAssertEqual(try bash("kvmdbg", option, "="), words)
            XCTAssertEqual(try bash("kvmdbg", option, "=", String(words[1].prefix(2))), [words[1]])
        }
        for size in try bash("kvmdbg", "--memory", "") {
            XCTAssertNotNil(size.range(of: "^[0-9]+[MG]$", options: .regularExpression))
        }
        XCTAssertEqual(try bash("kvmdbg", "-x", "Tests/Sessions/ebr"), ["Tests/Sessions/ebreak.kdbg"])
        XCTAssertEqual(try bash("kvmdbg", "-x", "Package."), [], "not a script")
        XCTAssertEqual(try bash("kvmdbg", "Sour"), ["Sources"], "a folder on the way")
    }

    func testFishOffersEveryOptionAndNoOther() throws {
        let offered = try fish("kvmdbg -").map { String($0.prefix { $0 != "\t" }) }
        XCTAssertEqual(Set(offered), long.union(short))
        for option in withValue {
            XCTAssertFalse(try fish("kvmdbg -n \(option) ").contains { $0.hasPrefix("-") }, option)
        }
    }

    func testFishOffersValuesAndFiles() throws {
        for (option, words) in values {
            XCTAssertEqual(Set(try fish("kvmdbg \(option) ").map { String($0.prefix { $0 != "\t" }) }), Set(words))
        }
        XCTAssertTrue(try fish("kvmdbg -x Tests/Sessions/").contains { $0.hasPrefix("Tests/Sessions/ebreak.kdbg") })
    }

    func testZshKnowsEveryOptionAndNoOther() throws {
        let result = try Shell.run("zsh", "-fc", "_arguments() { print -rl -- \"$@\" }; source completions/_kvmdbg")
        XCTAssertEqual(result.status, 0)
        var options: Set<String> = []
        var valued: Set<String> = []
        for line in result.output.split(separator: "\n").dropFirst() where !line.hasPrefix(":") {
            let spec = line.drop { $0 != "-" && $0 != "(" }
            let exclusive = spec.hasPrefix("(") ? spec.drop { $0 != ")" }.dropFirst() : spec
            let name = exclusive.prefix { !"+=[".contains($0) }
            options.insert(String(name))
            if name.hasPrefix("--"), exclusive.dropFirst(name.count).hasPrefix("=") { valued.insert(String(name)) }
        }
        XCTAssertEqual(options, long.union(short))
        XCTAssertEqual(valued, withValue)
        for (_, words) in values { XCTAssertTrue(result.output.contains("(\(words.joined(separator: " ")))")) }
    }

    func testZshCompletesWhatIsTyped() throws {
        try assertZsh("kvmdbg --repo", becomes: "kvmdbg --report=")
        try assertZsh("kvmdbg --color=al", becomes: "kvmdbg --color=always")
        try assertZsh("kvmdbg -x Tests/Sessions/ebr", becomes: "kvmdbg -x Tests/Sessions/ebreak.kdbg")
    }

    /// What bash would show for the words, of which the last is being typed.
    private func bash(_ words: String...) throws -> [String] {
        let script = """
            source completions/kvmdbg.bash
            COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " "))) COMP_CWORD=\(words.count - 1)
            _kvmdbg && printf '%s\\n' "${COMPREPLY[@]}"
            """
        return try Shell.run("bash", "-c", script).output.split(separator: "\n").map { String($0) }
    }

    private func fish(_ line: String) throws -> [String] {
        try Shell.run("fish", "-N", "-c", "source completions/kvmdbg.fish; complete -C '\(line)'").output
            .split(separator: "\n").map { String($0) }
    }

    /// Types into a zsh on a terminal, then Tab.
    private func assertZsh(_ typed: String, becomes whole: String, line: UInt = #line) throws {
        let script = """
            zmodload zsh/zpty
            zpty z TERM=dumb zsh -f -i
            zpty -w z 'fpath=($PWD/completions $fpath); autoload -Uz compinit; compinit -u -D; stty -echo; echo SET""UP'
            zpty -r -m z output '*SETUP*'
            zpty -w -n z $'\(typed)\\t'
            zpty -r -m z output '*\(whole)*' && echo completed
            """
        let result = try Shell.run("timeout", "20", "zsh", "-fc", script)
        XCTAssertTrue(result.output.hasSuffix("completed\n"), "\(typed): \(result.output)", line: line)
    }
}
