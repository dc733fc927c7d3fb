import Debugger
import Guest
import Reports

/// `info linux`, `info linux tasks`: what a Linux guest knows of itself.
enum InfoLinux {
    static var command: Command {
        Command(
            name: "linux", group: .status,
            usage: ["info linux", "info linux tasks [COUNT]"],
            summary: "Show what a Linux guest runs",
            help: """
                Shows the version of a Linux guest's kernel, its command line, and for each virtual CPU the task that it executes. tasks:
                lists each process's first thread: process id, state as ps shows it, name, and the address of its task_struct; 1000 at
                most, or COUNT. All is read from the guest's memory by the kernel's symbols and types: "symbols kallsyms" and "types
                btf" find them in the guest. It takes a guest that has turned its paging on.
                """,
            completion: .words(["tasks"])
        ) { (arguments, _) throws(CommandError) in
            guard let (word, span) = arguments.takeWord() else {
                return { (context) throws(CommandError) in try show(context) }
            }
            if word != "tasks" { throw .syntax("\"tasks\" is expected here, or nothing.", span) }
            var limit = 1000
            if let (text, span) = arguments.takeWord() {
                guard let number = Number.parse(text).flatMap({ Int(exactly: $0) }), number > 0 else {
                    throw .syntax("A number of tasks is expected here.", span)
                }
                limit = number
            }
            return { (context) throws(CommandError) in try list(context, limit) }
        }
    }

    private static func show(_ context: Context) throws(CommandError) {
        let (banner, commandLine) = try context.engine { (session) throws(DebuggerError) in
            (try session.linuxBanner(), try session.linuxCommandLine())
        }
        context.line(banner)
        context.line("command line    " + commandLine)
        for number in 0..<context.session.vcpuCount {
            // One that was not started yet, or is in the middle of a trap, executes no task; the others are told all the same.
            let task: LinuxTask? = try? context.session.withVCPU(number) { () throws(DebuggerError) in
                try context.session.linuxCurrentTask()
            }
            let text = task.map { "\($0.name), pid \($0.thread), task_struct \($0.address.description)" } ?? "no task"
            context.line(Quantity.column("vCPU \(number)", 16) + text)
        }
    }

    private static func list(_ context: Context, _ limit: Int) throws(CommandError) {
        let (tasks, isCut) = try context.engine { (session) throws(DebuggerError) in
            try session.linuxTasks(limit: limit)
        }
        for task in tasks {
            context.line(
                Quantity.padded("\(task.process)", 7) + "  \(task.stateLetter)  " + Quantity.column(task.name, 17)
                    + context.style.address(task.address.description))
        }
        if isCut { context.line("There are more: \"info linux tasks COUNT\" lists more of them.") }
    }
}
