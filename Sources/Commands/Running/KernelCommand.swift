import Debugger

/// `kernel FILE`: name the kernel.
enum KernelCommand {
    static var command: Command {
        Command(
            name: "kernel", group: .running,
            usage: ["kernel FILE"],
            summary: "Read the kernel to boot",
            help: """
                Reads FILE for "run" and "start": a Linux Image for RISC-V, with or without EFI header, the same compressed by
                gzip or zstd, or an ELF file, as vmlinux. An Image goes where its header asks, 2 MiB behind the start of RAM as a
                rule; so does an ELF file whose physical addresses lie before RAM. The guest begins in S-mode with paging off, its
                hart id in a0 and the address of the device tree in a1. "initrd", "append" and "machine" say what else it is given.
                A guest that exists is ended. A file that is refused changes nothing.
                In a script, FILE is relative to the script.
                """,
            completion: .files, repetition: .never
        ) { (arguments, context) throws(CommandError) in
            let path = context.path(try arguments.takeFileName("The kernel's file"))
            return { (context) throws(CommandError) in try context.load(.kernel, path) }
        }
    }
}
