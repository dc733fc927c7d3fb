/// Several reports of one session: each is told everything.
public final class ReportGroup: Report {
    /// One of them.
    public struct Member {
        let report: any Report
        let takesColour: Bool

        /// A report; what commands say comes to it without colour unless it `takesColour`.
        public init(_ report: any Report, takesColour: Bool = false) {
            self.report = report
            self.takesColour = takesColour
        }
    }

    private let members: [Member]

    /// A group of `members`, which are told in their order.
    public init(_ members: [Member]) { self.members = members }

    /// Told to each.
    public func began(command: String) { for member in members { member.report.began(command: command) } }

    /// Told to each.
    public func text(_ text: String) {
        for member in members { member.report.text(member.takesColour ? text : Style.plain(text)) }
    }

    /// Told to each.
    public func console(_ bytes: [UInt8]) { for member in members { member.report.console(bytes) } }

    /// Told to each.
    public func stopped(_ stop: GuestStop) { for member in members { member.report.stopped(stop) } }

    /// Told to each.
    public func passed(_ description: String) { for member in members { member.report.passed(description) } }

    /// Told to each.
    public func failed(_ failure: Failure) { for member in members { member.report.failed(failure) } }

    /// Told to each.
    public func skipped(_ reason: String) { for member in members { member.report.skipped(reason) } }

    /// Told to each.
    public func note(_ text: String) { for member in members { member.report.note(text) } }

    /// Told to each.
    public func testBegan(_ name: String, at location: SourceLocation?) {
        for member in members { member.report.testBegan(name, at: location) }
    }

    /// Told to each.
    public func testEnded(_ result: TestResult) { for member in members { member.report.testEnded(result) } }

    /// Told to each.
    public func finish() { for member in members { member.report.finish() } }

    /// Told to each.
    public func flush() { for member in members { member.report.flush() } }
}
