import Guest

extension Register {
    /// The parts of `value`, which is the register's, most significant first; empty for a register that has none.
    /// The layouts are those of the privileged specification, chapter "Supervisor-Level ISA".
    public func fields(of value: UInt64) -> [Field] {
        if id == .mode {
            return [Field("mode", PrivilegeMode(rawValue: value)?.name ?? String(value))]
        }
        switch csrNumber {
        case 0x100: return Self.sstatus.map { $0.field(of: value) }
        case 0x104: return Self.interrupts("E").map { $0.field(of: value) }
        case 0x144: return Self.interrupts("P").map { $0.field(of: value) }
        case 0x105: return Self.stvec(value)
        case 0x142: return Self.scause(value)
        case 0x180: return Self.satp(value)
        default: return []
        }
    }

    private static var sstatus: [FieldLayout] {
        let states = ["off", "initial", "clean", "dirty"]
        return [
            FieldLayout("SD", 63),
            FieldLayout("UXL", 32, bits: 2, values: ["0", "32", "64", "128"]),
            FieldLayout("SDT", 24),
            FieldLayout("SPELP", 23),
            FieldLayout("MXR", 19),
            FieldLayout("SUM", 18),
            FieldLayout("XS", 15, bits: 2, values: states),
            FieldLayout("FS", 13, bits: 2, values: states),
            FieldLayout("VS", 9, bits: 2, values: states),
            FieldLayout("SPP", 8, values: ["U", "S"]),
            FieldLayout("UBE", 6),
            FieldLayout("SPIE", 5),
            FieldLayout("SIE", 1),
        ]
    }

    /// The fields of sie (`suffix` E) and sip (`suffix` P).
    private static func interrupts(_ suffix: String) -> [FieldLayout] {
        [
            FieldLayout("LCOFI" + suffix, 13),
            FieldLayout("SEI" + suffix, 9),
            FieldLayout("STI" + suffix, 5),
            FieldLayout("SSI" + suffix, 1),
        ]
    }

    private static func stvec(_ value: UInt64) -> [Field] {
        let vector = TrapVector(stvec: value)
        let mode = value & 3 == 0 ? "direct" : vector.isVectored ? "vectored" : "reserved"
        return [Field("BASE", vector.base.description), Field("MODE", mode)]
    }

    private static func scause(_ value: UInt64) -> [Field] {
        let cause = Cause(scause: value)
        return [
            Field("Interrupt", cause.isInterrupt ? "1" : "0"), Field("Code", String(cause.code)),
            Field("Name", cause.name),
        ]
    }

    private static func satp(_ value: UInt64) -> [Field] {
        let satp = SATP(value)
        return [
            Field("MODE", satp.mode?.name ?? String(satp.modeNumber)), Field("ASID", String(satp.asid)),
            Field("PPN", hex(satp.ppn)),
        ]
    }
}
