import Debugger
import Host
import Target

/// `trace exits|sbi|mmio on|off [FILE]`: exits as they happen.
enum Trace {
    static var command: Command {
        Command(
            name: "trace", group: .status,
            usage: ["trace"],
            summary: "Show the guest's exits as they happen",
            help: """
                "trace exits on" shows each exit of the guest to kvmdbg as a line, "trace sbi on" the SBI calls and "trace mmio
                on" the loads and stores of no RAM: the time in seconds since the guest was made, pc, what the guest asked
                for and what it was answered. With a FILE the lines go there. Without an argument it shows what is traced.
                What the kernel serves itself does not exit to kvmdbg; "info stats" counts that. While tracing is off it
                costs nothing; a line costs a read of pc.
                """,
            subcommands: ExitTracer.Topic.allCases.map { command($0) }
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                for topic in ExitTracer.Topic.allCases { context.line(state(topic, context)) }
            }
        }
    }

    private static func command(_ topic: ExitTracer.Topic) -> Command {
        let (what, lines): (String, String)
        switch topic {
        case .exits: (what, lines) = ("each exit of the guest", "all exits, the others' lines included")
        case .sbi: (what, lines) = ("the SBI calls that come to kvmdbg", "name, arguments and answer of each SBI call")
        case .mmio:
            (what, lines) = ("the loads and stores of no RAM", "direction, size, address and value of each access")
        }
        return Command(
            name: topic.name, group: .status,
            usage: ["trace \(topic.name)", "trace \(topic.name) on [FILE]", "trace \(topic.name) off"],
            summary: "Show \(what), as they happen",
            help: """
                Turns the lines on, in the session's output or in FILE, or off: \(lines). FILE is emptied first, gets whole
                lines, is up to date at each stop of the guest and is closed by "off" and at the end; topics can share a
                file. Without an argument: shows which it is. It stays on for the guests that come.
                """,
            completion: .file(after: ["on"], ["on", "off"])
        ) { (arguments, parsing) throws(CommandError) in
            guard let (word, span) = arguments.takeWord() else {
                return { (context) throws(CommandError) in context.line(state(topic, context)) }
            }
            guard word == "on" || word == "off" else { throw .syntax("\"on\" or \"off\" is expected here.", span) }
            var path: String?
            if word == "on", !arguments.isEmpty { path = parsing.path(try arguments.takeFileName("The file's name")) }
            return { (context) throws(CommandError) in
                if word == "on" {
                    try turnOn(topic, path, context)
                } else {
                    context.tracer.turnOff(topic)
                }
                context.session.observe(context.tracer.kinds, by: context.tracer)
            }
        }
    }

    private static func turnOn(
        _ topic: ExitTracer.Topic, _ path: String?, _ context: Context
    ) throws(CommandError) {
        guard let path else { return context.tracer.turnOn(topic, .output) }
        if let file = context.tracer.openFile(path) { return context.tracer.turnOn(topic, .file(file)) }
        do { context.tracer.turnOn(topic, .file(try OutputFile(path: path))) } catch { throw CommandError(error) }
    }

    private static func state(_ topic: ExitTracer.Topic, _ context: Context) -> String {
        switch context.tracer.destination(topic) {
        case nil: return "trace \(topic.name) is off."
        case .output?: return "trace \(topic.name) is on."
        case .file(let file)?: return "trace \(topic.name) is on, in \"\(file.path)\"."
        }
    }
}
