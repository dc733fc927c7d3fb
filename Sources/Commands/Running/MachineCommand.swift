import Debugger
import Guest
import Images

/// `machine [memory SIZE|smp N|dtb [FILE]|semihosting [DIR]]`: what the next guest's machine is.
enum MachineCommand {
    static var command: Command {
        Command(
            name: "machine", group: .running,
            usage: [
                "machine", "machine memory SIZE", "machine smp N", "machine dtb [FILE]", "machine semihosting [DIR]",
            ],
            summary: "Say what the next guest's machine is",
            help: """
                memory: SIZE bytes of RAM from 0x80000000 on, with K, M or G. smp: N virtual CPUs; hart 0 starts, and
                the guest starts the others by SBI HSM. dtb: FILE is the device tree blob instead of the one
                that describes the machine; the kernel's command line and where its initrd lies are added to it. Without FILE it is
                the machine's own again. semihosting: the guest can use the files in the folder DIR by semihosting, to read, write,
                rename and remove them, and none outside, whatever their names; without DIR, none at all, as at first. A change holds from the next "run" or "start" on. Without arguments, what the machine is
                is shown.
                Beside RAM there is, as on QEMU's machine virt: a serial port (NS16550A) at 0x10000000, an interrupt controller
                (PLIC) at 0xc000000, of which the port is source 10, and a test finisher (sifive_test) at 0x100000.
                In a script, FILE and DIR are relative to the script.
                """,
            completion: .file(after: ["dtb", "semihosting"], ["memory", "smp", "dtb", "semihosting"]),
            repetition: .never
        ) { (arguments, context) throws(CommandError) in
            guard let (word, span) = arguments.takeWord() else {
                return { (context) throws(CommandError) in show(context) }
            }
            switch word {
            case "memory":
                guard let (text, span) = arguments.takeWord() else {
                    throw .syntax("The size is missing, as in 512M.", arguments.restSpan)
                }
                guard let size = Size.parse(text) else {
                    throw .syntax("\"\(text)\" is no size: a number of bytes, with K, M or G, as in 128M.", span)
                }
                return { (context) throws(CommandError) in
                    try context.engine { (session) throws(DebuggerError) in
                        try session.changeMachine { $0.memorySize = size }
                    }
                }
            case "smp":
                let span = arguments.restSpan
                let count = try VCPUNumber.take(&arguments)
                if count == 0 { throw .syntax("A guest has one virtual CPU at least.", span) }
                return { (context) throws(CommandError) in
                    try context.engine { (session) throws(DebuggerError) in
                        try session.changeMachine { $0.vcpuCount = count }
                    }
                }
            case "dtb":
                let path = arguments.isEmpty ? nil : context.path(try arguments.takeFileName("The device tree's file"))
                return { (context) throws(CommandError) in
                    try context.engine { (session) throws(DebuggerError) in try session.setDeviceTree(path) }
                }
            case "semihosting":
                let path = arguments.isEmpty ? nil : context.path(try arguments.takeFileName("The folder's name"))
                return { (context) throws(CommandError) in
                    try context.engine { (session) throws(DebuggerError) in try session.setSemihostingFolder(path) }
                }
            default:
                throw .syntax("\"memory\", \"smp\", \"dtb\" or \"semihosting\" is expected here.", span)
            }
        }
    }

    private static func show(_ context: Context) {
        let machine = context.session.machine
        context.line(
            "RAM             \(Quantity.bytes(machine.memorySize)) from \(context.session.provider.ramStart.description)"
        )
        context.line("virtual CPUs    \(machine.vcpuCount)")
        context.line("program         " + (context.session.program.map { "\"\($0.path)\"" } ?? "none"))
        if let initrd = machine.initrd {
            context.line("initrd          \"\(initrd.path)\", \(initrd.bytes.count) bytes")
        }
        if let text = machine.commandLine { context.line("command line    " + text) }
        context.line("device tree     " + (machine.deviceTree.map { "\"\($0.path)\"" } ?? "of the machine"))
        if let folder = machine.semihostingFolder { context.line("semihosting     files in \"\(folder)\"") }
    }
}
