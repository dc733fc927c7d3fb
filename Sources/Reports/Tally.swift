/// How many tests and expectations there were, and how they ended.
struct Tally {
    /// Expectations that held.
    private(set) var expectations = 0
    /// Failures that count.
    private(set) var failures = 0
    private(set) var passedTests = 0
    private(set) var failedTests = 0
    /// Tests that failed as it is known of them.
    private(set) var knownTests = 0
    private(set) var skippedTests = 0

    /// All tests that ended.
    var tests: Int { passedTests + failedTests + knownTests + skippedTests }

    mutating func passed() { expectations += 1 }

    mutating func failed(_ failure: Failure) {
        if failure.knownReason == nil { failures += 1 }
    }

    mutating func ended(_ result: TestResult) {
        switch result.verdict {
        case .passed: passedTests += 1
        case .failed: if result.knownReason == nil { failedTests += 1 } else { knownTests += 1 }
        case .skipped: skippedTests += 1
        }
    }
}

extension Failure.Kind {
    /// The word for it in the reports.
    var name: String {
        switch self {
        case .expectation: return "expectation"
        case .command: return "command"
        case .timeout: return "timeout"
        case .interrupted: return "interrupted"
        case .syntax: return "syntax"
        }
    }
}

extension TestResult.Verdict {
    /// The word for it in the reports.
    var name: String {
        switch self {
        case .passed: return "passed"
        case .failed: return "failed"
        case .skipped: return "skipped"
        }
    }
}
