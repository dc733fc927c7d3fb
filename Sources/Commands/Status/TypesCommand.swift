import Debugger
import Types

/// `types [btf|FILE]`: where the types of the guest's program are from.
enum TypesCommand {
    static var command: Command {
        Command(
            name: "types", group: .status,
            usage: ["types", "types btf", "types FILE"],
            summary: "Show or choose where the types of the guest's program are from",
            help: """
                The types that expressions can name, as struct task_struct, are from BTF. "types btf" takes it from the guest: from
                the section .BTF of its ELF file, from what lies between the symbols __start_BTF and __stop_BTF, as a Linux
                kernel has it, or from wherever it begins in the guest's RAM, all of which is searched. The first expression that
                names a type does the same. "types FILE" takes it from a file: an ELF file with a section .BTF, BTF by itself
                (/sys/kernel/btf/vmlinux), or a kernel's image. Without an argument, it is shown where the types are from.
                """,
            completion: .files, repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            if arguments.isEmpty { return { (context) throws(CommandError) in show(context) } }
            let isGuest = arguments.rest == "btf"
            let path = parsing.path(try arguments.takeFileName("The file with the types"))
            return { (context) throws(CommandError) in
                try context.engine { (session) throws(DebuggerError) in
                    if isGuest { try session.findTypes() } else { try session.loadTypes(path) }
                }
                show(context)
            }
        }
    }

    private static func show(_ context: Context) {
        guard let types = context.session.types else {
            return context.line("No types are known yet: they are looked for when an expression names one.")
        }
        context.line("\(types.count) types, from \(types.origin).")
    }
}
