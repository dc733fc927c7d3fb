extension CommandTable {
    /// Every command of kvmdbg. A new one is a file and a line here.
    public static func standard() -> CommandTable {
        CommandTable([
            Apropos.command,
            Break.command,
            Continue.command,
            Delete.command,
            Echo.command,
            Examine.command,
            Expect.command,
            GuestDebug.command,
            Help.command,
            History.command,
            Info.command,
            Kill.command,
            Load.command,
            Print.command,
            Printf.command,
            Quit.command,
            Reg.command,
            Require.command,
            Run.command,
            SetCommand.command,
            Source.command,
            Start.command,
        ])
    }
}
