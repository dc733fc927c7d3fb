import Guest

/// The few registers that the machine itself sets and looks at (`arch/riscv/include/uapi/asm/kvm.h`).
enum HartRegister {
    static let pc = core(0)
    static let a0 = core(10)
    static let a1 = core(11)
    /// 1 is S-mode, 0 U-mode.
    static let mode = core(0x20)
    static let stvec = csr(2)
    static let sepc = csr(4)
    static let scause = csr(5)
    static let satp = csr(8)
    /// Whether the guest has the SBI extension DBCN, its console: 0 until it is set, before the first run.
    static let debugConsole = RegisterID(0x8030_0000_0800_0009)

    private static func core(_ index: UInt64) -> RegisterID { RegisterID(0x8030_0000_0200_0000 + index) }
    private static func csr(_ index: UInt64) -> RegisterID { RegisterID(0x8030_0000_0300_0000 + index) }
}
