/// `require …`: what a script cannot do without.
enum Require {
    static var command: Command {
        Command(
            name: "require", group: .testing,
            usage: [
                "require cap NAME", "require isa NAME", "require kernel [>=|<|==] VERSION", "require register NAME",
                "require sbi NAME",
            ],
            summary: "Skip the rest of a script unless the host can do something",
            help: "Ends a script with exit status 4 (skipped) and the reason when the host lacks what is required.",
            subcommands: [
                RequireCapability.command, RequireExtension.isa, RequireKernel.command, RequireRegister.command,
                RequireExtension.sbi,
            ])
    }
}
