/// The memory that an instruction's own operands name: not what the hart reads to fetch it, or to walk page tables.
public struct MemoryAccess: Equatable, Sendable {
    /// What is done to the memory.
    public enum Kind: Equatable, Sendable {
        /// Read, by a load, integer or floating point.
        case load
        /// Written, by a store, integer or floating point.
        case store
        /// Read and written at once (AMO).
        case atomic
        /// Read, with a reservation (LR).
        case loadReserved
        /// Written if the reservation still stands (SC).
        case storeConditional
    }

    /// What is done to the memory.
    public var kind: Kind
    /// The x-register of the base address; 0 is zero.
    public var base: UInt8
    /// What is added to the base.
    public var offset: Int64
    /// How many bytes: 1, 2, 4, 8 or 16.
    public var byteCount: Int
    /// The x-register that the access sets; nil for a floating-point one and for a store.
    public var destination: UInt8?
    /// The register whose low bytes are stored, or are an atomic one's operand; nil for a load.
    public var source: UInt8?
    /// Whether registers but the base are f-registers.
    public var isFloat = false
    /// Whether the register gets what is loaded extended by its sign.
    public var isSigned = false

    /// Whether memory is read.
    public var reads: Bool { kind != .store && kind != .storeConditional }
    /// Whether memory is written, or may be.
    public var writes: Bool { kind != .load && kind != .loadReserved }
}

extension Instruction {
    /// The memory that this instruction accesses; nil when it accesses none, and for a vector access, whose extent no single
    /// address and length tell.
    public var memoryAccess: MemoryAccess? {
        byteCount == 2 ? compressedMemoryAccess : byteCount == 4 ? standardMemoryAccess : nil
    }

    /// Whether it is a load or store of the V extension (unprivileged specification, "Vector Loads and Stores").
    public var isVectorMemoryAccess: Bool {
        guard byteCount == 4, bits(0, 7) == 0b000_0111 || bits(0, 7) == 0b010_0111 else { return false }
        return bits(12, 3) == 0 || bits(12, 3) >= 5
    }

    /// The 32-bit encodings (unprivileged specification, "RV32/64G Instruction Set Listings").
    private var standardMemoryAccess: MemoryAccess? {
        let size = bits(12, 3)
        var access = MemoryAccess(
            kind: .load, base: UInt8(bits(15, 5)), offset: signExtended(bits(20, 12), sign: 11),
            byteCount: 1 << Int(size & 3))
        let rd = UInt8(bits(7, 5))
        switch bits(0, 7) {
        case 0b000_0011 where size < 7:
            access.destination = rd
            access.isSigned = size < 4
        case 0b000_0111 where (1...4).contains(size):
            access.byteCount = 1 << Int(size)
            access.isFloat = true
        case 0b010_0011 where size < 4, 0b010_0111 where (1...4).contains(size):
            access.kind = .store
            access.offset = signExtended(bits(25, 7, to: 5) | bits(7, 5), sign: 11)
            access.byteCount = 1 << Int(size)
            access.source = UInt8(bits(20, 5))
            access.isFloat = bits(0, 7) == 0b010_0111
        case 0b010_1111 where size <= 4:
            access.kind = bits(27, 5) == 0b00010 ? .loadReserved : bits(27, 5) == 0b00011 ? .storeConditional : .atomic
            access.offset = 0
            access.byteCount = 1 << Int(size)
            access.destination = rd
            access.source = access.kind == .loadReserved ? nil : UInt8(bits(20, 5))
            access.isSigned = true
        default:
            return nil
        }
        return access
    }

    /// The 16-bit encodings (unprivileged specification, "RVC Instruction Set Listings"; Zcb in the quadrant 0, function 4).
    private var compressedMemoryAccess: MemoryAccess? {
        let near = UInt8(8 &+ bits(7, 3))
        let nearOperand = UInt8(8 &+ bits(2, 3))
        let rd = UInt8(bits(7, 5))
        let rs2 = UInt8(bits(2, 5))
        switch (bits(0, 2), bits(13, 3)) {
        case (0, 1): return load(near, doubleOffset, 8)
        case (0, 2): return load(near, wordOffset, 4, into: nearOperand)
        case (0, 3): return load(near, doubleOffset, 8, into: nearOperand)
        case (0, 4): return shortAccess(near, nearOperand)
        case (0, 5): return store(near, doubleOffset, 8, of: nearOperand, isFloat: true)
        case (0, 6): return store(near, wordOffset, 4, of: nearOperand)
        case (0, 7): return store(near, doubleOffset, 8, of: nearOperand)
        case (2, 1): return load(2, doubleStackOffset, 8)
        case (2, 2) where rd != 0:
            return load(2, bits(12, 1, to: 5) | bits(4, 3, to: 2) | bits(2, 2, to: 6), 4, into: rd)
        case (2, 3) where rd != 0: return load(2, doubleStackOffset, 8, into: rd)
        case (2, 5): return store(2, bits(10, 3, to: 3) | bits(7, 3, to: 6), 8, of: rs2, isFloat: true)
        case (2, 6): return store(2, bits(9, 4, to: 2) | bits(7, 2, to: 6), 4, of: rs2)
        case (2, 7): return store(2, bits(10, 3, to: 3) | bits(7, 3, to: 6), 8, of: rs2)
        default: return nil
        }
    }

    /// `c.lbu`, `c.lhu`, `c.lh`, `c.sb`, `c.sh`.
    private func shortAccess(_ base: UInt8, _ operand: UInt8) -> MemoryAccess? {
        let byteOffset = bits(5, 1, to: 1) | bits(6, 1)
        let halfOffset = bits(5, 1, to: 1)
        switch bits(10, 3) {
        case 0: return load(base, byteOffset, 1, into: operand, isSigned: false)
        case 1: return load(base, halfOffset, 2, into: operand, isSigned: bits(6, 1) == 1)
        case 2: return store(base, byteOffset, 1, of: operand)
        case 3 where bits(6, 1) == 0: return store(base, halfOffset, 2, of: operand)
        default: return nil
        }
    }

    /// imm[5:3] in bits 12–10, imm[2] in bit 6, imm[6] in bit 5.
    private var wordOffset: UInt32 { bits(10, 3, to: 3) | bits(6, 1, to: 2) | bits(5, 1, to: 6) }
    /// imm[5:3] in bits 12–10, imm[7:6] in bits 6–5.
    private var doubleOffset: UInt32 { bits(10, 3, to: 3) | bits(5, 2, to: 6) }
    /// imm[5] in bit 12, imm[4:3] in bits 6–5, imm[8:6] in bits 4–2.
    private var doubleStackOffset: UInt32 { bits(12, 1, to: 5) | bits(5, 2, to: 3) | bits(2, 3, to: 6) }

    /// A compressed load; into an f-register where no x-register is given.
    private func load(
        _ base: UInt8, _ offset: UInt32, _ byteCount: Int, into register: UInt8? = nil, isSigned: Bool = true
    ) -> MemoryAccess {
        MemoryAccess(
            kind: .load, base: base, offset: Int64(offset), byteCount: byteCount, destination: register,
            isFloat: register == nil, isSigned: register != nil && isSigned)
    }

    private func store(
        _ base: UInt8, _ offset: UInt32, _ byteCount: Int, of register: UInt8, isFloat: Bool = false
    ) -> MemoryAccess {
        MemoryAccess(
            kind: .store, base: base, offset: Int64(offset), byteCount: byteCount, source: register, isFloat: isFloat)
    }
}
