import Guest

/// The registers that a machine sets before a vCPU runs, or asks for what it is.
extension RegisterID {
    /// The first argument: the hart id (`Documentation/arch/riscv/boot.rst`).
    public static var a0: RegisterID { riscv(.core, 10) }
    /// The second argument: the device tree (`Documentation/arch/riscv/boot.rst`).
    public static var a1: RegisterID { riscv(.core, 11) }
    /// Whether the guest has the SBI extension DBCN, its console: 0 until it is set, before the first run.
    public static var debugConsole: RegisterID { riscv(.sbi, 9) }
    /// The vCPU's single-letter ISA extensions, a bit each as in `misa`: bit 2 is C.
    public static var isa: RegisterID { riscv(.config, 0) }
    /// The host's best paging mode, by its number in satp.
    public static var satpMode: RegisterID { riscv(.config, 6) }
    /// The ticks of the guest's `time` in a second.
    public static var timerFrequency: RegisterID { riscv(.timer, 0) }
    /// The bytes of a block that Zicbom's instructions work on.
    public static var zicbomBlockSize: RegisterID { riscv(.config, 1) }
    /// The bytes of a block that Zicboz's instructions work on.
    public static var zicbozBlockSize: RegisterID { riscv(.config, 5) }
    /// Whether the timer's next interrupt is armed, 1 or 0.
    public static var timerState: RegisterID { riscv(.timer, 3) }
}
