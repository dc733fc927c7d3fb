import Guest

/// What the instructions from a function's start up to some place did to its stack frame, by the forms that compilers write:
/// they move sp by a constant and store ra beside it.
public struct Prologue: Equatable, Sendable {
    /// How far sp was moved down, in bytes.
    public var frameByteCount: UInt64 = 0
    /// How far above sp ra was stored, in bytes; nil while it is in its register.
    public var returnAddressOffset: UInt64?
    /// Whether a call came before, which has put another address into ra.
    public var hasCalled = false

    /// The most instructions that are looked at.
    static var longest: Int { 4096 }

    /// Goes through the instructions from `start` (GVA) up to `end` (GVA) in the order of their addresses. Behind a return the frame is
    /// what it was before the epilogue. `fetch` returns the instruction at an address, nil where there is none.
    public init<E: Error>(
        from start: GuestVirtualAddress, to end: GuestVirtualAddress,
        fetch: (GuestVirtualAddress) throws(E) -> Instruction?
    ) throws(E) {
        var address = start
        var body = self
        var looked = 0
        while address < end, looked < Prologue.longest, let instruction = try fetch(address) {
            looked += 1
            address = address + UInt64(instruction.byteCount)
            if case .move(let bytes) = instruction.stackEffect {
                frameByteCount = frameByteCount &- UInt64(bitPattern: bytes)
                if let offset = returnAddressOffset { returnAddressOffset = offset &- UInt64(bitPattern: bytes) }
                if bytes < 0 { body = self }
            }
            switch instruction.stackEffect {
            case .storeReturnAddress(let offset):
                returnAddressOffset = offset
                body = self
            case .loadReturnAddress:
                returnAddressOffset = nil
                hasCalled = false
            case .move, nil: break
            }
            if instruction.callLink == 1 { hasCalled = true }
            switch instruction.controlFlow(at: address) {
            case .jump(_, 0), .indirectJump(_, _, 0):
                let called = hasCalled
                self = body
                hasCalled = called
            default: break
            }
        }
    }
}

extension Instruction {
    /// What an instruction does to sp, or to ra in the frame.
    enum StackEffect: Equatable {
        /// sp moves by so many bytes.
        case move(Int64)
        /// ra is stored so many bytes above sp.
        case storeReturnAddress(UInt64)
        /// ra is loaded from the frame.
        case loadReturnAddress
    }

    var stackEffect: StackEffect? {
        byteCount == 2 ? compressedStackEffect : byteCount == 4 ? standardStackEffect : nil
    }

    private var standardStackEffect: StackEffect? {
        switch bits & 0x000F_FFFF {
        case 0x0001_0113: return .move(signExtended(bits(20, 12), sign: 11))  // addi sp, sp, n
        case 0x0001_3083: return .loadReturnAddress  // ld ra, n(sp)
        default: break
        }
        // sd ra, n(sp)
        guard bits & 0x01FF_F07F == 0x0011_3023 else { return nil }
        let offset = signExtended(bits(25, 7, to: 5) | bits(7, 5), sign: 11)
        return offset >= 0 ? .storeReturnAddress(UInt64(offset)) : nil
    }

    private var compressedStackEffect: StackEffect? {
        switch (bits(0, 2), bits(13, 3)) {
        case (0b01, 0b011) where bits(7, 5) == 2:  // c.addi16sp
            let low = bits(6, 1, to: 4) | bits(2, 1, to: 5) | bits(5, 1, to: 6)
            return .move(signExtended(low | bits(3, 2, to: 7) | bits(12, 1, to: 9), sign: 9))
        case (0b01, 0b000) where bits(7, 5) == 2:  // c.addi sp
            return .move(signExtended(bits(2, 5) | bits(12, 1, to: 5), sign: 5))
        case (0b10, 0b111) where bits(2, 5) == 1:  // c.sdsp ra
            return .storeReturnAddress(UInt64(bits(10, 3, to: 3) | bits(7, 3, to: 6)))
        case (0b10, 0b011) where bits(7, 5) == 1: return .loadReturnAddress  // c.ldsp ra
        default: return nil
        }
    }
}
