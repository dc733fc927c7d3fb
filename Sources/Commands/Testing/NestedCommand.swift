import Debugger

/// A command within another one, which wants to know what becomes of it.
struct NestedCommand {
    private let command: PreparedCommand
    /// Where it stands in the other one.
    private let offset: Int

    /// Takes the rest of the arguments as a command. Throws `.syntax` at the place of what is wrong with it.
    init(_ arguments: inout Arguments, _ parsing: ParseContext) throws(CommandError) {
        offset = arguments.restSpan.start
        command = try parsing.command(&arguments)
    }

    /// Carries the command out: what it said, which the report was told as well, and why it failed, at its place in the whole
    /// command.
    func carryOut(_ context: Context) -> (text: [UInt8], error: CommandError?) {
        let outer = context.heard
        context.heard = []
        context.depth += 1
        defer { context.depth -= 1 }
        var failure: CommandError?
        do throws(CommandError) { try command.action(context) } catch { failure = moved(error) }
        let text = context.heard ?? []
        context.heard = outer.map { $0 + text }
        return (text, failure)
    }

    /// Carries the command out: why it failed, or a command within it, of which the report was told nothing; nil when it did not.
    func failure(_ context: Context) -> CommandError? {
        let outer = context.catchesFailures
        context.catchesFailures = true
        defer {
            context.catchesFailures = outer
            context.caughtFailure = nil
        }
        let error = carryOut(context).error
        // What failed within it has ended it.
        if case .ended? = error, let caught = context.caughtFailure { return caught }
        return error
    }

    private func moved(_ error: CommandError) -> CommandError {
        guard case .failed(let message, let span?) = error else { return error }
        return .failed(message, SourceSpan(span.start + offset, span.end + offset))
    }
}
