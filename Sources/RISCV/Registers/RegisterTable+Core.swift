import Guest

extension RegisterTable {
    /// x0 to x31 by their ABI names, in the order of the DWARF numbers; then pc and the privilege mode.
    static var core: [Register] {
        let names = [
            "zero", "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0", "a1", "a2", "a3", "a4", "a5", "a6",
            "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
        ]
        var registers: [Register] = []
        for (name, number) in zip(names, 0 as UInt16..<32) {
            let type: RegisterType =
                switch number {
                case 1: .codePointer
                case 2, 3, 4, 8: .dataPointer
                default: .signed
                }
            registers.append(
                Register(
                    name, ["x\(number)"] + (number == 8 ? ["fp"] : []), id: number == 0 ? nil : .riscv(.core, number),
                    group: .core, type: type, dwarf: number))
        }
        registers.append(Register("pc", id: .pc, group: .core, type: .codePointer))
        registers.append(Register("mode", ["priv"], id: .mode, group: .core))
        return registers
    }

    /// f0 to f31 by their ABI names and fcsr.
    ///
    /// KVM has two views of the same storage. On a vCPU with D, which Linux needs, the F view (`f.…`) shows the halves
    /// of the D view's registers under wrong numbers; so the usual names mean the D view.
    static var floatingPoint: [Register] {
        let names = [
            "ft0", "ft1", "ft2", "ft3", "ft4", "ft5", "ft6", "ft7", "fs0", "fs1", "fa0", "fa1", "fa2", "fa3", "fa4",
            "fa5", "fa6", "fa7", "fs2", "fs3", "fs4", "fs5", "fs6", "fs7", "fs8", "fs9", "fs10", "fs11", "ft8", "ft9",
            "ft10", "ft11",
        ]
        var double: [Register] = []
        var single: [Register] = []
        for (name, number) in zip(names, 0 as UInt16..<32) {
            double.append(
                Register(name, ["f\(number)"], id: .riscv(.d, number), group: .fp, type: .float, dwarf: 32 &+ number))
            single.append(
                Register("f." + name, id: .riscv(.f, number, size: 2), group: .fp, type: .float))
        }
        double.append(Register("fcsr", id: .riscv(.d, 0x20, size: 2), group: .fp, csr: 0x003))
        single.append(Register("f.fcsr", id: .riscv(.f, 0x20, size: 2), group: .fp))
        return double + single
    }

    /// The index of v0: behind `struct __riscv_v_ext_state`, whose sixth word is a pointer of the kernel's.
    static var firstVectorIndex: UInt16 { 6 }

    /// The vector CSRs, and v0 to v31 with 2 to the power of `size` bytes each.
    static func vector(size: UInt64) -> [Register] {
        let csrs: [(String, UInt16)] = [
            ("vstart", 0x008), ("vl", 0xC20), ("vtype", 0xC21), ("vcsr", 0x00F), ("vlenb", 0xC22),
        ]
        var registers: [Register] = []
        for (csr, index) in zip(csrs, 0 as UInt16..<5) {
            registers.append(Register(csr.0, id: .riscv(.vector, index), group: .vector, csr: csr.1))
        }
        for number in 0 as UInt16..<32 {
            registers.append(
                Register(
                    "v\(number)", id: .riscv(.vector, firstVectorIndex &+ number, size: size), group: .vector,
                    type: .vector, dwarf: 96 &+ number))
        }
        return registers
    }
}
