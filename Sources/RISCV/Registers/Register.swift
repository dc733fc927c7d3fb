import Guest

/// One register of a RISC-V vCPU: what it is called, where KVM keeps it, how its value is to be read.
public struct Register: Equatable, Sendable {
    /// The name to show: the ABI name (`a0`) or the CSR's name (`sepc`), else a dotted one that starts with the group
    /// (`isa.zicbom`). Without `$`.
    public var name: String
    /// Further names that mean this register (`x10`; `fp` for `s0`).
    public var otherNames: [String]
    /// KVM's id; nil for `zero`, which is not stored anywhere and reads as 0.
    public var id: RegisterID?
    /// The group in which the register is listed.
    public var group: RegisterGroup
    /// How the value is to be read.
    public var type: RegisterType
    /// The width in bits.
    public var bitCount: Int
    /// The number in DWARF, if it has one (RISC-V DWARF specification, "DWARF Register Numbers").
    public var dwarfNumber: UInt16?
    /// The address by which `csrr` reaches it, if it is a CSR of its own (privileged specification, "CSR Listing").
    public var csrNumber: UInt16?
    /// Which bits of the register with this `id` it is, if it is a CSR that is a field of another one.
    public var part: RegisterPart?

    /// The name by number of an integer or floating-point register whose `name` is the ABI's: "x10" for a0.
    public var numberName: String? {
        guard let number = dwarfNumber, number < 64 else { return nil }
        return number < 32 ? "x\(number)" : "f\(number - 32)"
    }

    init(
        _ name: String, _ otherNames: [String] = [], id: RegisterID?, group: RegisterGroup,
        type: RegisterType = .unsigned, dwarf: UInt16? = nil, csr: UInt16? = nil, part: RegisterPart? = nil
    ) {
        self.name = name
        self.otherNames = otherNames
        self.id = id
        self.group = group
        self.type = type
        self.bitCount = id.map { $0.byteCount &* 8 } ?? 64
        // The DWARF specification gives CSR n the number 4096 + n.
        self.dwarfNumber = dwarf ?? csr.map { 4096 &+ $0 }
        self.csrNumber = csr
        self.part = part
    }
}

/// How the bits of a register are to be read; as GDB types riscv64's registers, but for CSRs, which are unsigned here.
public enum RegisterType: Equatable, Sendable {
    /// A two's complement integer: `long`.
    case signed
    /// An unsigned integer or a set of fields.
    case unsigned
    /// The guest-virtual address of an instruction.
    case codePointer
    /// The guest-virtual address of data.
    case dataPointer
    /// An IEEE 754 number, as wide as the register.
    case float
    /// A vector of bytes; the guest's `vtype` says how they are divided into elements.
    case vector
}
