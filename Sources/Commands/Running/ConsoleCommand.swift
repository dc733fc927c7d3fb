import Debugger
import Guest
import Host
import Reports
import Target

/// `console`, `console send "TEXT"`: the guest's console.
enum ConsoleCommand {
    static var command: Command {
        Command(
            name: "console", group: .running,
            usage: ["console", "console send \"TEXT\""],
            summary: "Type at the guest's console",
            help: """
                Lets the guest run, as "continue" does, with the terminal as its console: every key goes to the guest, Ctrl-C too,
                but for Ctrl-], which stops the guest and comes back to the prompt. The guest reads what is typed by its serial port, or by
                the SBI. send: have the guest find TEXT, with C's escapes, as if it were typed; it reads it when it runs.
                """,
            completion: .words(["send"]), repetition: .never
        ) { (arguments, _) throws(CommandError) in
            if arguments.isEmpty { return { (context) throws(CommandError) in try attach(context) } }
            guard let (word, span) = arguments.takeWord(), word == "send" else {
                throw .syntax("\"send\" is expected here, or nothing.", arguments.restSpan)
            }
            guard arguments.rest.utf8.first == UInt8(ascii: "\"") else {
                throw .syntax(
                    "A text in double quotes is expected here.", arguments.isEmpty ? span : arguments.restSpan)
            }
            let bytes = try arguments.takeLiteral().bytes
            return { (context) throws(CommandError) in
                try context.engine { (session) throws(DebuggerError) in try session.type(bytes) }
            }
        }
    }

    private static func attach(_ context: Context) throws(CommandError) {
        guard context.session.hasGuest else { throw CommandError(.noGuest) }
        guard Terminal.isThere, context.isInteractive, context.scriptDepth == 0 else {
            throw .failed(
                "The console needs a terminal as standard input, at the prompt. In a script, type by \"console send\".",
                nil)
        }
        context.line("Keys go to the guest; Ctrl-] comes back.")
        context.report.flush()
        if let errno = Terminal.makeRaw() {
            throw .failed("The terminal cannot be made to pass each key: tcsetattr: \(errno.description).", nil)
        }
        context.session.keyboard = Keys()
        defer {
            context.session.keyboard = nil
            Terminal.restore()
        }
        try context.resume { (session) throws(DebuggerError) in try session.resume() }
    }

    /// The terminal's keys, up to Ctrl-].
    private final class Keys: Keyboard {
        let descriptor: Int32 = 0

        func read() -> [UInt8]? {
            let end: UInt8 = 0x1D
            guard let key = Terminal.readKey(), key != end else { return nil }
            return [key]
        }
    }
}
