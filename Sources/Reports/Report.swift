/// Where a command stands in a script.
public struct SourceLocation: Equatable, Sendable {
    /// The script's path as it was given.
    public var file: String
    /// The line, from 1.
    public var line: Int
    /// The column in bytes, from 1.
    public var column: Int

    /// Line and column of `file`, both from 1.
    public init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// "file:line:column", as compilers write it.
    public var text: String { "\(file):\(line):\(column)" }
}

/// Something that was tried: an expectation, or a command that failed where none was expected to.
public struct Failure: Sendable {
    /// The command as it stands in the script.
    public var command: String
    /// Where it stands; nil for a command that was typed or given as an option.
    public var location: SourceLocation?
    /// What was tried, on what, why it failed, what to do next.
    public var message: String
    /// The line and the caret under the spot, each without a newline; empty when there is no spot to show.
    public var excerpt: [String]
    /// Further facts by name, in order: the values on both sides, the stop.
    public var details: [(name: String, value: String)]

    /// A failure of `command`.
    public init(
        command: String, location: SourceLocation?, message: String, excerpt: [String] = [],
        details: [(name: String, value: String)] = []
    ) {
        self.command = command
        self.location = location
        self.message = message
        self.excerpt = excerpt
        self.details = details
    }
}

/// What happens in a session, told to whoever shows it. A report writes to one byte sink and changes nothing else.
public protocol Report: AnyObject {
    /// A script's command is about to be carried out.
    func began(command: String)
    /// A command says something: whole lines, or a piece of a line.
    func text(_ text: String)
    /// The guest wrote to its console: bytes as they came.
    func console(_ bytes: [UInt8])
    /// An expectation held.
    func passed(_ command: String)
    /// A command or an expectation failed.
    func failed(_ failure: Failure)
    /// The rest is not run, for want of something that this host lacks.
    func skipped(_ reason: String)
    /// The session is over; nothing follows.
    func finish()
    /// What was told so far is on its way to the reader.
    func flush()
}
