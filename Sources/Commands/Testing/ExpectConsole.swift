import Debugger
import Guest
import Reports

/// `expect console "TEXT"|/REGEX/ [within T]`: what the guest says.
enum ExpectConsole {
    static var command: Command {
        Command(
            name: "console", group: .testing,
            usage: ["expect console \"TEXT\" [within T]", "expect console /REGEX/ [within T]"],
            summary: "Fail unless the guest's console has said something, or says it in time",
            help: """
                Looks for TEXT, which has C's escapes, or for what REGEX matches, in what the guest said since the last text that
                was found so. That text, and all before it, is then done with. With "within", the guest is let run until its
                console has said the text, and is stopped there: for T at most, as in 500ms, 2s or 1m. A stop for any other
                reason makes it fail. The latest 64 KiB of the console are kept; a fresh guest begins anew.
                """,
            completion: .words(["within"])
        ) { (arguments, _) throws(CommandError) in
            let text = arguments.text
            let wanted = try arguments.takeConsoleText()
            let time = try arguments.takeWithin()
            return { (context) throws(CommandError) in
                try check(wanted, time, context)
                context.passed(text)
            }
        }
    }

    private static func check(_ wanted: ConsoleText, _ time: TimeSpan?, _ context: Context) throws(CommandError) {
        if try context.console.take(wanted) { return }
        guard let time else { throw failure("The console has not said this.", wanted, context) }
        guard let stop = context.session.stop, stop.canResume else {
            throw failure("The console has not said this, and there is no guest that could go on.", wanted, context)
        }
        context.console.wait(for: wanted)
        var problem: CommandError?
        do throws(CommandError) {
            try context.resume(for: time) { (session) throws(DebuggerError) in try session.resume() }
        } catch { problem = error }
        let isFound = try context.console.endWait()
        if let problem { throw problem }
        if isFound { return }
        let isLate = context.session.stop?.reason == .timeout
        throw failure(
            isLate
                ? "The console has not said this within \(time.description)."
                : "The guest stopped before its console had said this.", wanted, context)
    }

    private static func failure(_ message: String, _ wanted: ConsoleText, _ context: Context) -> CommandError {
        .expectation(
            message,
            details: [("expected", wanted.written), ("console", latest(context))] + context.stopDetails())
    }

    /// The end of what was said and not looked at yet.
    private static func latest(_ context: Context) -> String {
        let limit = 200
        let rest = context.console.rest
        if rest.isEmpty { return "nothing since the last text that was found" }
        return (rest.count > limit ? "... " : "") + context.text(of: .string([UInt8](rest.suffix(limit))))
    }
}
