import Debugger
import Host

/// `set console log FILE|off`, `show console`: where the console's output goes besides.
enum SetConsole {
    static var setCommand: Command {
        Command(
            name: "console", group: .data, usage: ["set console log FILE", "set console log off"],
            summary: "Write what guests print to a file",
            help: """
                log: from now on all that this guest and those that come print on their consoles is written to FILE, besides being shown;
                FILE is created, or emptied. off ends that. In a script, FILE is relative to the script.
                """,
            completion: .file(after: ["log"], ["log"]), repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            guard let (word, span) = arguments.takeWord(), word == "log" else {
                throw .syntax("\"log\" is expected here.", arguments.restSpan)
            }
            if arguments.isEmpty { throw .syntax("The name of the file is missing, or off.", span) }
            let isOff = arguments.rest == "off"
            let path = parsing.path(try arguments.takeFileName("The name of the file"))
            return { (context) throws(CommandError) in
                do throws(HostError) { context.console.file = isOff ? nil : try OutputFile(path: path) } catch {
                    throw CommandError(error)
                }
            }
        }
    }

    static var showCommand: Command {
        Command(
            name: "console", group: .status, usage: ["show console"],
            summary: "Show where what guests print is written",
            help: "Shows the file that \"set console log\" named."
        ) { (_, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                context.line(context.console.file.map { "log \"\($0.path)\"" } ?? "log off")
            }
        }
    }
}
