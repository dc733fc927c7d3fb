import Reports

/// What belongs to a test, or to what stands outside of all tests: it ends with it.
struct Scope {
    /// Whether it is a test.
    var isTest = false
    /// What is to be carried out at the end, last first.
    var deferred: [PreparedCommand] = []
    /// Why what fails from here on is known to fail; nil while nothing is.
    var knownReason: String?
    /// What ended it before its end.
    private(set) var verdict: TestResult.Verdict?
    /// What became of the tests in it.
    var tally = Tally()

    /// Something ended it, or what was to be carried out at its end: the first failure counts, else that it was skipped.
    mutating func give(_ verdict: TestResult.Verdict) {
        if case .failed? = self.verdict { return }
        self.verdict = verdict
    }
}

/// How many tests passed, were skipped, and how the first of the others ended.
struct Tally {
    private var passed = 0
    private var skipped = 0
    private var failed: ExitStatus?

    /// Counts a test.
    mutating func count(_ result: TestResult) {
        switch result.verdict {
        case .failed(let kind) where result.knownReason == nil:
            if failed == nil { failed = kind == .timeout ? .timedOut : .failed }
        case .skipped: skipped += 1
        case .passed, .failed: passed += 1
        }
    }

    /// How what contains the tests ended, when `outcome` is how it ended besides.
    func outcome(of outcome: Interpreter.Outcome) -> Interpreter.Outcome {
        switch outcome {
        case .done, .ended(.passed): break
        case .quit(.passed): return failed.map { .quit($0) } ?? outcome
        default: return outcome
        }
        if let failed { return .ended(failed) }
        return skipped > 0 && passed == 0 ? .ended(.skipped) : .done
    }
}
