import Guest

extension RegisterID {
    /// The vCPU's single-letter ISA extensions, a bit each as in `misa`: bit 2 is C.
    public static var isa: RegisterID { riscv(.config, 0) }
}
