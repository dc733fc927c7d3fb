import Guest

extension Register {
    /// The parts of `value`, which is the register's, most significant first; empty for a register that has none.
    /// The layouts are those of the privileged specification, chapter "Supervisor-Level ISA".
    public func fields(of value: UInt64) -> [Field] {
        if id == .mode {
            return [Field("mode", PrivilegeMode(rawValue: value)?.name ?? String(value))]
        }
        switch id {
        case RegisterID.isa: return [Field("ISA", Self.singleLetterExtensions(value))]
        case RegisterID.satpMode:
            return [Field("MODE", UInt8(exactly: value).flatMap { PagingMode(rawValue: $0) }?.name ?? String(value))]
        case RegisterID.timerState: return [Field("timer", value == 0 ? "off" : "on")]
        default: break
        }
        switch csrNumber {
        case 0x001: return Self.fflags.map { $0.field(of: value) }
        case 0x002: return [FieldLayout("mode", 0, bits: 3, values: Self.roundingModes).field(of: value)]
        case 0x003: return Self.fcsr.map { $0.field(of: value) }
        case 0x00A: return [FieldLayout("mode", 0, bits: 2, values: Self.fixedRoundingModes).field(of: value)]
        case 0x00F: return Self.vcsr.map { $0.field(of: value) }
        case 0xC21: return Self.vtype.map { $0.field(of: value) }
        case 0x106: return Self.scounteren.map { $0.field(of: value) }
        case 0x10A: return Self.senvcfg.map { $0.field(of: value) }
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

    /// Unprivileged specification, "Floating-Point Control and Status Register".
    private static var fcsr: [FieldLayout] { [FieldLayout("frm", 5, bits: 3, values: roundingModes)] + fflags }

    private static var roundingModes: [String] { ["RNE", "RTZ", "RDN", "RUP", "RMM", "5", "6", "DYN"] }

    private static var fflags: [FieldLayout] {
        [
            FieldLayout("NV", 4), FieldLayout("DZ", 3), FieldLayout("OF", 2), FieldLayout("UF", 1),
            FieldLayout("NX", 0),
        ]
    }

    /// Unprivileged specification, "Vector Control and Status Register".
    private static var vcsr: [FieldLayout] {
        [FieldLayout("vxrm", 1, bits: 2, values: fixedRoundingModes), FieldLayout("vxsat", 0)]
    }

    private static var fixedRoundingModes: [String] { ["rnu", "rne", "rdn", "rod"] }

    /// Unprivileged specification, "Vector Type Register".
    private static var vtype: [FieldLayout] {
        [
            FieldLayout("vill", 63), FieldLayout("vma", 7, values: ["undisturbed", "agnostic"]),
            FieldLayout("vta", 6, values: ["undisturbed", "agnostic"]),
            FieldLayout("vsew", 3, bits: 3, values: ["e8", "e16", "e32", "e64"]),
            FieldLayout("vlmul", 0, bits: 3, values: ["m1", "m2", "m4", "m8", "reserved", "mf8", "mf4", "mf2"]),
        ]
    }

    private static var scounteren: [FieldLayout] {
        [FieldLayout("HPM", 3, bits: 29), FieldLayout("IR", 2), FieldLayout("TM", 1), FieldLayout("CY", 0)]
    }

    private static var senvcfg: [FieldLayout] {
        [
            FieldLayout("PMM", 32, bits: 2, values: ["off", "1", "PMLEN7", "PMLEN16"]), FieldLayout("CBZE", 7),
            FieldLayout("CBCFE", 6), FieldLayout("CBIE", 4, bits: 2, values: ["trap", "flush", "2", "invalidate"]),
            FieldLayout("SSE", 3), FieldLayout("LPE", 2), FieldLayout("FIOM", 0),
        ]
    }

    /// The bits of `misa` as letters in the order of ISA strings: "rv64imafdch".
    private static func singleLetterExtensions(_ value: UInt64) -> String {
        var text = "rv64"
        for letter in "iemafdqlcbkjtpvnh".utf8 where value >> UInt64(letter - UInt8(ascii: "a")) & 1 == 1 {
            text.unicodeScalars.append(Unicode.Scalar(letter))
        }
        return text
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
