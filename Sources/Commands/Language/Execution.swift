import Debugger
import Host
import Reports

extension Context {
    /// Carries out commands of a script or a block, up to the first that does not end well.
    func carryOut(_ commands: [PreparedCommand]) -> Interpreter.Outcome {
        if depth >= Context.depthLimit, let first = commands.first {
            let message = "Blocks and commands are carried out more than \(Context.depthLimit) deep in each other here."
            return tell(.failed(message, nil), of: first.text)
        }
        depth += 1
        defer { depth -= 1 }
        for command in commands {
            if tellsCommands { report.began(command: command.text.text) }
            let run = runNumber
            let outcome = perform(command)
            if outcome != .done { return outcome }
            // The commands of a breakpoint end with the one that lets the guest run on, in an inner block as well.
            if isDraining, run != runNumber { return .done }
        }
        return .done
    }

    /// Carries out commands within another one. Throws how they ended, when not well.
    func carryOutWithin(_ commands: [PreparedCommand]) throws(CommandError) {
        let outcome = carryOut(commands)
        if outcome != .done { throw .ended(outcome) }
    }

    /// Carries out a command, and what it leads to: the commands of the breakpoint at which it has stopped the guest.
    func perform(_ command: PreparedCommand) -> Interpreter.Outcome {
        var outcome = performOne(command)
        if isDraining { return outcome }
        isDraining = true
        defer { isDraining = false }
        while outcome == .done, !queue.isEmpty { outcome = performOne(queue.removeFirst()) }
        queue = []
        return outcome
    }

    private func performOne(_ command: PreparedCommand) -> Interpreter.Outcome {
        do {
            try checkInterruption()
            try command.action(self)
            return .done
        } catch { return tell(error, of: command.text) }
    }

    /// Throws `.interrupted` once Ctrl-C came, and `.timedOut` once the time of the whole run is over.
    func checkInterruption() throws(CommandError) {
        if Interruption.isPending { throw .interrupted }
        if limits.isOver { throw .timedOut(limits.sentence, details: []) }
    }

    /// Carries out all of a script; the first command that fails outside of a test ends it. What is wanted at its end is done
    /// behind the outermost one.
    func carryOut(_ script: Script) -> Interpreter.Outcome {
        scriptDepth += 1
        defer { scriptDepth -= 1 }
        if scriptDepth > 1 { return carryOut(script.commands) }
        return inScope { carryOut(script.commands) }
    }

    /// Carries out `body` and then what it deferred; how both ended, and the tests in them.
    func inScope(_ body: () -> Interpreter.Outcome) -> Interpreter.Outcome {
        let outer = scope
        scope = Scope()
        defer { scope = outer }
        let outcome = finishing(body())
        return scope.tally.outcome(of: outcome)
    }

    /// Carries out what was deferred, last first, after what ended with `outcome`; the first outcome that is no success, or the first
    /// failure behind one that is skipped.
    func finishing(_ outcome: Interpreter.Outcome) -> Interpreter.Outcome {
        var outcome = outcome
        // What Ctrl-C ended is cleaned up all the same; another Ctrl-C ends that.
        if !scope.deferred.isEmpty, Interruption.isPending { Interruption.clear() }
        let before = limits
        if !scope.deferred.isEmpty { limits.beginGrace() }
        defer { limits.endGrace(before) }
        while let command = scope.deferred.popLast() {
            report.began(command: command.text.text)
            let result = perform(command)
            if outcome == .done || outcome == .ended(.skipped), result != .done, result != .ended(.passed) {
                outcome = result
            }
        }
        return outcome
    }

    /// Tells the report of an error, unless a command wants it for itself, and gives the status that it stands for.
    func tell(_ error: CommandError, of text: CommandText) -> Interpreter.Outcome {
        if catchesFailures, isExpectable(error) {
            caughtFailure = error
            return .ended(.failed)
        }
        switch error {
        case .syntax(let message, let span):
            report.failed(failure(.syntax, text, message, span))
            return .ended(.usage)
        case .failed(let message, let span):
            return fail(failure(.command, text, message, span))
        case .expectation(let message, let details):
            return fail(failure(.expectation, text, message, nil, details))
        case .script(let problem):
            return tell(problem.error, of: problem.text)
        case .ended(let outcome):
            return outcome
        case .unavailable(let reason) where hasFailedForKVM:
            return fail(failure(.command, text, reason + " With --require-kvm this is a failure.", nil))
        case .unavailable(let reason):
            // At the prompt nothing is skipped: the person goes on.
            if isInteractive && scriptDepth == 0 && !scope.isTest {
                report.failed(failure(.command, text, reason, nil))
            } else if scope.isTest {
                scope.give(.skipped(reason))
            } else {
                report.skipped(reason)
            }
            return .ended(.skipped)
        case .timedOut(let message, let details):
            return fail(failure(.timeout, text, message, nil, details))
        case .interrupted:
            report.failed(failure(.interrupted, text, "Interrupted.", nil))
            scope.give(.failed(.interrupted))
            return .ended(.interrupted)
        case .quit(let status):
            return .quit(status)
        }
    }

    /// Whether `error` is a failure that a script can expect: nothing that ends the script, or all of the run.
    func isExpectable(_ error: CommandError) -> Bool {
        switch error {
        case .failed, .expectation, .syntax: return true
        case .timedOut: return !limits.isOver
        case .script, .ended, .unavailable, .interrupted, .quit: return false
        }
    }

    /// Tells of a failure, which counts unless it is known.
    private func fail(_ failure: Failure) -> Interpreter.Outcome {
        var failure = failure
        failure.knownReason = scope.knownReason
        report.failed(failure)
        scope.give(.failed(failure.kind))
        if scope.knownReason != nil { return .ended(.passed) }
        return .ended(failure.kind == .timeout ? .timedOut : .failed)
    }

    private func failure(
        _ kind: Failure.Kind, _ text: CommandText, _ message: String, _ span: SourceSpan?,
        _ details: [(name: String, value: String)] = []
    ) -> Failure {
        diagnosed(
            Failure(
                kind: kind, command: text.text, location: text.location(of: span?.start ?? 0), message: message,
                excerpt: span.map { Caret.lines(text.text, $0) } ?? [], details: details + seedDetails()))
    }
}
