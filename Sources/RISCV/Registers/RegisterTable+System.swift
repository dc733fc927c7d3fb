import Guest

extension RegisterTable {
    /// The supervisor's CSRs: general, AIA, Smstateen.
    ///
    /// iprio1 and iprio2 have no CSR number: the guest reaches the priorities through siselect.
    static var csrs: [Register] {
        let general: [(String, UInt16)] = [
            ("sstatus", 0x100), ("sie", 0x104), ("stvec", 0x105), ("sscratch", 0x140), ("sepc", 0x141),
            ("scause", 0x142), ("stval", 0x143), ("sip", 0x144), ("satp", 0x180), ("scounteren", 0x106),
            ("senvcfg", 0x10A),
        ]
        let aia: [(String, UInt16?)] = [
            ("siselect", 0x150), ("iprio1", nil), ("iprio2", nil), ("sieh", 0x114), ("siph", 0x154), ("iprio1h", nil),
            ("iprio2h", nil),
        ]
        var registers: [Register] = []
        for (csr, index) in zip(general, 0 as UInt16..<11) {
            registers.append(Register(csr.0, id: .riscv(.csr, index), group: .csr, csr: csr.1))
        }
        for (csr, index) in zip(aia, 0 as UInt16..<7) {
            registers.append(Register(csr.0, id: .riscv(.csr, subtype: 1, index), group: .aia, csr: csr.1))
        }
        registers.append(Register("sstateen0", id: .riscv(.csr, subtype: 2, 0), group: .smstateen, csr: 0x10C))
        return registers
    }

    /// The timer: ticks per second, the guest's `time`, the time of the next interrupt, on (1) or off (0).
    static var timer: [Register] {
        [
            Register("timer.frequency", id: .riscv(.timer, 0), group: .timer),
            Register("timer.time", ["time"], id: .riscv(.timer, 1), group: .timer, csr: 0xC01),
            Register("timer.compare", id: .riscv(.timer, 2), group: .timer),
            Register("timer.state", id: .riscv(.timer, 3), group: .timer),
        ]
    }

    /// One register for each ISA and SBI extension, 1 when the vCPU has it; and the state of the SBI extension STA.
    static var extensions: [Register] {
        var registers: [Register] = []
        for (name, index) in zip(isaExtensionNames, 0..<UInt16.max) {
            registers.append(Register("isa." + name, id: .riscv(.isa, index), group: .isa))
        }
        for (name, index) in zip(sbiExtensionNames, 0..<UInt16.max) {
            registers.append(Register("sbi." + name, id: .riscv(.sbi, index), group: .sbi))
        }
        registers.append(Register("sbi.sta.shmem_lo", id: .riscv(.sbiState, 0), group: .sbi))
        registers.append(Register("sbi.sta.shmem_hi", id: .riscv(.sbiState, 1), group: .sbi))
        return registers
    }

    /// What identifies and sizes the vCPU.
    static var config: [Register] {
        [
            Register("config.isa", id: .riscv(.config, 0), group: .config),
            Register("config.zicbom_block_size", id: .riscv(.config, 1), group: .config),
            Register("config.mvendorid", ["mvendorid"], id: .riscv(.config, 2), group: .config, csr: 0xF11),
            Register("config.marchid", ["marchid"], id: .riscv(.config, 3), group: .config, csr: 0xF12),
            Register("config.mimpid", ["mimpid"], id: .riscv(.config, 4), group: .config, csr: 0xF13),
            Register("config.zicboz_block_size", id: .riscv(.config, 5), group: .config),
            Register("config.satp_mode", id: .riscv(.config, 6), group: .config),
        ]
    }
}
