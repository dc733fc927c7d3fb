import Foundation
import Host
import Reports

/// What can happen in a session, as each report is told it; the names are those of the awkward ones.
enum Story: String, CaseIterable {
    case nothing, allPassed, aFailure, skippedAtOnce, skippedLater, tests, allSkipped, names, timeout, interrupted,
        known, noise
    case sameNames, noTestsInATest

    func tell(_ report: any Report) {
        switch self {
        case .nothing: report.text("hello\n")
        case .allPassed:
            report.began(command: "run")
            report.text("Breakpoint 1\n")
            report.stopped(
                GuestStop(reason: "breakpoint", pc: .init(0x8000_0010), sentence: "Breakpoint 1, 0x80000010."))
            report.began(command: "expect 1")
            report.passed("expect 1")
            report.passed("expect 2")
        case .aFailure:
            report.passed("expect 1")
            report.failed(diagnosed)
        case .skippedAtOnce: report.skipped("There is no RISC-V KVM here.\nUse the lab.")
        case .skippedLater:
            report.passed("expect 1")
            report.text("half a line")
            report.skipped("No more.")
        case .tests:
            report.passed("expect outside")
            report.began(command: "test \"one\"")
            test(report, "one") { $0.passed("expect 1") }
            test(report, "two", .failed(.expectation)) { (report) in
                report.console(Array("guest\n".utf8))
                report.passed("expect 1")
                report.failed(diagnosed)
            }
            test(report, "three", .skipped("It lacks \"this\".")) { _ in }
            test(report, "four", .failed(.command)) { (report) in
                report.failed(
                    Failure(kind: .command, command: "run", location: nil, message: "KVM_CREATE_VM failed."))
            }
        case .allSkipped:
            for name in ["a", "b"] { test(report, name, .skipped("Not here.")) { _ in } }
        case .names:
            for name in Story.awkward {
                test(report, name, .failed(.expectation)) { (report) in
                    report.passed(name)
                    report.failed(
                        Failure(
                            kind: .expectation, command: name, location: nil, message: name, excerpt: [name],
                            details: [(name, name)]))
                    report.note(name)
                }
            }
        case .timeout:
            test(report, "endless", .failed(.timeout)) { (report) in
                report.failed(
                    Failure(
                        kind: .timeout, command: "continue", location: nil, message: "The guest ran for 500 ms.",
                        details: [("stop", "The time limit was over at 0x80000000.")]))
            }
        case .interrupted:
            test(report, "long", .failed(.interrupted)) { (report) in
                report.passed("expect 1")
                report.failed(Failure(kind: .interrupted, command: "continue", location: nil, message: "Interrupted."))
            }
        case .known:
            var known = failure
            known.knownReason = "bug # 5"
            report.testBegan("bug", at: nil)
            report.failed(known)
            report.testEnded(TestResult(.failed(.expectation), knownReason: "bug # 5"))
            report.testBegan("mended", at: nil)
            report.passed("expect 1")
            report.testEnded(TestResult(.passed, knownReason: "bug # 6"))
            report.failed(known)
        case .noise:
            report.console(Array("not ok 1 - a trap\nBail out!\n1..9".utf8))
            report.console(Array("99\r\n\n\u{1B}[31mred\u{7}\n# Subtest: trap\n  Subtest: two\nKTAP version 1\n".utf8))
            test(report, "noisy") { (report) in
                report.console(Array("    ok 1 - trap\n    1..7\n]]>\n<![CDATA[ & \u{FFFE}\n".utf8))
                report.console(Array("reboot: System halted\nKernel panic - not syncing: VFS: x\n".utf8))
                report.passed("expect 1")
            }
            report.console([0xFF, 0xC3, 0x28, 0x0A])
            report.console([0xE2, 0x82])
            report.console([0xAC])
        case .sameNames:
            for _ in 0..<2 { test(report, "expect 1") { $0.passed("expect 1") } }
            test(report, "story.kdbg") { $0.passed("story.kdbg") }
        case .noTestsInATest:
            test(report, "empty") { $0.text("hello\n") }
            test(report, "full") { $0.passed("expect 1") }
        }
    }

    private func test(
        _ report: any Report, _ name: String, _ verdict: TestResult.Verdict = .passed, _ body: (any Report) -> Void
    ) {
        report.testBegan(name, at: SourceLocation(file: "a.kdbg", line: 7, column: 1))
        body(report)
        report.testEnded(TestResult(verdict))
    }

    /// Texts that mean something to one of the formats, or that none can hold.
    static let awkward = [
        "plain", "a # b", "# SKIP me", "expect 1 # TODO later", "\"quoted\" 'text'", "back\\slash\\", "a\nb\tc\r",
        "\u{0}\u{1B}[1m\u{7F}",
        "", " ", "- dash", " both ends ", "<tag a=\"b\"> & &amp; ]]>", "é€😀\u{2028}\u{FEFF}\u{FFFE}", "1..5", "ok 3",
        "{\"json\": 1}",
        "Subtest: x", "KTAP version 1", "#",
    ]
}

/// A failure with all that a report can be told.
var diagnosed: Failure {
    var full = failure
    full.sections = [
        Failure.Section(title: "registers", lines: ["pc             0x0000000080000008  <own>"]),
        Failure.Section(title: "console", lines: ["", "  # indented: {x}", "--- \u{1B}[0m", "..."]),
    ]
    return full
}

/// A run that is the same each time: a clock that goes on by a millisecond at each look.
func facts(_ name: String = "story.kdbg") -> RunFacts {
    let clock = Clock()
    return RunFacts(
        name: name, program: "kvmdbg 0.1.0", hostName: "host", timestamp: "2026-11-25T14:30:00",
        properties: [("kernel", "Linux 6.12 \"x\""), ("capabilities", "ONE_REG=1 <&>")], clock: { clock.tick() })
}

private final class Clock {
    private var time: UInt64 = 0

    func tick() -> UInt64 {
        time += 1_000_000
        return time
    }
}

/// The repository's folder.
let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
