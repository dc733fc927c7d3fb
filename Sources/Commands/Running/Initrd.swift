import Debugger

/// `initrd [FILE]`: name the kernel's first file system.
enum Initrd {
    static var command: Command {
        Command(
            name: "initrd", group: .running,
            usage: ["initrd FILE", "initrd"],
            summary: "Read the kernel's first file system",
            help: """
                Reads FILE for the next "run" or "start": it is put into RAM before the device tree, at the end, and the device tree
                tells the kernel where. Without FILE, the next guest has none.
                In a script, FILE is relative to the script.
                """,
            completion: .files, repetition: .never
        ) { (arguments, context) throws(CommandError) in
            let path = arguments.isEmpty ? nil : context.path(try arguments.takeFileName("The initrd's file"))
            return { (context) throws(CommandError) in
                try context.engine { (session) throws(DebuggerError) in try session.setInitrd(path) }
            }
        }
    }
}
