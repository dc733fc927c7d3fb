import Guest

/// The parts of a RISC-V id: `type` in bits 31–24, `subtype` in bits 23–16, `index` in bits 15–0
/// (`arch/riscv/include/uapi/asm/kvm.h`).
extension RegisterID {
    /// `KVM_REG_RISCV_…`, the kind of register.
    enum Kind: UInt8 {
        case config = 1
        case core, csr, timer, f, d, isa, sbi, vector, sbiState
    }

    /// The id of register `index` of `kind`, with 2 to the power of `size` bytes.
    static func riscv(_ kind: Kind, subtype: UInt8 = 0, _ index: UInt16, size: UInt64 = 3) -> RegisterID {
        RegisterID(
            0x8000_0000_0000_0000 | size << 52 | UInt64(kind.rawValue) << 24 | UInt64(subtype) << 16 | UInt64(index))
    }

    /// Whether `KVM_REG_RISCV` is the architecture.
    var isRISCV: Bool { rawValue >> 56 == 0x80 }
    var kind: Kind? { isRISCV ? Kind(rawValue: UInt8(truncatingIfNeeded: rawValue >> 24)) : nil }
    var subtype: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 16) }
    var index: UInt16 { UInt16(truncatingIfNeeded: rawValue) }

    /// v0–v31 are as long as the vCPU's vectors: the same register has another size, and so another id, on another
    /// vCPU.
    var isVectorData: Bool { kind == .vector && index >= RegisterTable.firstVectorIndex }
    /// The id without its size, which names a vector register on every vCPU.
    var withoutSize: RegisterID { RegisterID(rawValue & ~(0xF << 52)) }

    /// The id of the same register where it has `byteCount` bytes; unchanged if that is no power of two from 1 to 32,768.
    public func resized(toBytes byteCount: UInt64) -> RegisterID {
        guard byteCount > 0, byteCount <= 1 << 15, byteCount & (byteCount - 1) == 0 else { return self }
        return RegisterID(withoutSize.rawValue | UInt64(byteCount.trailingZeroBitCount) << 52)
    }
}

/// The registers that the engine itself needs.
extension RegisterID {
    /// The program counter.
    public static var pc: RegisterID { riscv(.core, 0) }
    /// The stack pointer, x2.
    public static var sp: RegisterID { riscv(.core, 2) }
    /// The privilege mode, a `PrivilegeMode`.
    public static var mode: RegisterID { riscv(.core, 0x20) }
    /// The supervisor's status.
    public static var sstatus: RegisterID { riscv(.csr, 0) }
    /// The interrupts that are enabled.
    public static var sie: RegisterID { riscv(.csr, 1) }
    /// The trap vector.
    public static var stvec: RegisterID { riscv(.csr, 2) }
    /// The supervisor's own word: Linux keeps its task there while the hart is in U-mode.
    public static var sscratch: RegisterID { riscv(.csr, 3) }
    /// Where a trap was taken.
    public static var sepc: RegisterID { riscv(.csr, 4) }
    /// Why a trap was taken.
    public static var scause: RegisterID { riscv(.csr, 5) }
    /// What a trap has to add: an address or an instruction.
    public static var stval: RegisterID { riscv(.csr, 6) }
    /// The interrupts that are pending.
    public static var sip: RegisterID { riscv(.csr, 7) }
    /// How vector instructions divide the vector registers, a `VectorType`.
    public static var vtype: RegisterID { riscv(.vector, 2) }
    /// The length of the vector registers in bytes.
    public static var vlenb: RegisterID { riscv(.vector, 4) }
    /// The root of the page tables and the paging mode.
    public static var satp: RegisterID { riscv(.csr, 8) }

    /// x1 to x31; nil for x0, which is not stored anywhere, and for a number above 31.
    public static func x(_ number: UInt8) -> RegisterID? {
        (1...31).contains(number) ? riscv(.core, UInt16(number)) : nil
    }

    /// f0 to f31 with their 64 bits, on a vCPU with the D extension; nil for a number above 31.
    public static func f(_ number: UInt8) -> RegisterID? {
        number <= 31 ? riscv(.d, UInt16(number)) : nil
    }
}
