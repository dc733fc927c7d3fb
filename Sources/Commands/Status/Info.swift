/// `info …`: what there is to know; the subcommands are in the files of their subjects.
enum Info {
    static var command: Command {
        Command(
            name: "info", aliases: ["i"], group: .status,
            usage: ["info TOPIC"],
            summary: "Show what is known about a topic",
            help: """
                Shows the breakpoints, the watchpoints, the displays, the registers, the host's KVM, the loaded files, the symbol
                or the source line at an address, or the state of the guest.
                """,
            subcommands: [
                InfoBreakpoints.command, InfoDisplay.command, InfoExits.command, InfoFiles.command, InfoKVM.command,
                InfoLine.command, InfoLinux.command, InfoMem.command, InfoPageTables.command, InfoRegisters.command,
                InfoStats.command,
                InfoSymbol.command,
                InfoTranslate.command, InfoVCPU.command, InfoVCPUs.command, InfoWatchpoints.command,
            ])
    }
}
