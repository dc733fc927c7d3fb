import Guest
import RISCV
import Target

/// Registers as values: with the type that the architecture gives them, and vectors as the guest divides them now.
extension Session {
    /// The value of `register`, which has at most 64 bits, when they are `bits`. A floating-point register that holds a NaN-boxed
    /// single is an f32, any other of 64 bits an f64.
    public static func value(_ bits: UInt64, of register: Register) -> Value {
        switch register.type {
        case .signed: return Value(bits, .i64)
        case .unsigned, .vector: return Value(bits, register.bitCount == 32 ? .u32 : .u64)
        case .float:
            return Value(representation: bits, .float(register.bitCount == 32 ? .f32 : .held(in: bits)))
        case .codePointer: return .pointer(GuestVirtualAddress(bits), to: .code)
        case .dataPointer: return .pointer(GuestVirtualAddress(bits), to: .void)
        }
    }

    /// The unsigned integer that is as wide as the elements of a vector are by `vtype`; u8 while that is not legal. One register
    /// is read. Throws `.noGuest` and `.target`.
    public func vectorElement() throws(DebuggerError) -> IntegerType {
        let type = VectorType(vtype: try registerValue(.vtype))
        guard !type.isIllegal, let count = type.elementByteCount else { return .u8 }
        return IntegerType.unsigned(byteCount: UInt64(count)) ?? .u8
    }

    /// The id of `register` on this vCPU: that of a vector register has the length of the vectors in it, for which `vlenb` is
    /// read. nil for `zero`. Throws `.noGuest`, `.target`, and `.register` on a vCPU without vectors.
    public func id(of register: Register) throws(DebuggerError) -> RegisterID? {
        guard register.type == .vector, let id = register.id else { return register.id }
        let byteCount: UInt64
        do { byteCount = try registerValue(.vlenb) } catch .target {
            throw .register(
                "This vCPU has no vector registers: the host's harts, or its kernel, lack the V extension."
                    + " \"info registers isa\" shows what the vCPU has.")
        }
        return id.resized(toBytes: byteCount)
    }

    /// The bytes that `register`, which has at most eight, holds when it is set to `value`: a number is converted to the
    /// register's type, but an f32 is NaN-boxed in a register that could hold an f64. nil for what is no number, and for an
    /// address from a floating-point number.
    static func bits(of value: Value, for register: Register) -> UInt64? {
        guard let scalar = Scalar(value) else { return nil }
        switch register.type {
        case .float:
            if case .float(let bits, let type) = scalar, register.bitCount == 64 { return type.boxed(bits) }
            return scalar.converted(to: .float(register.bitCount == 32 ? .f32 : .f64)).representation
        case .signed: return scalar.converted(to: .integer(.i64)).bits
        case .unsigned, .vector: return scalar.converted(to: .integer(.u64)).bits
        case .codePointer, .dataPointer: return scalar.isFloat ? nil : scalar.bits
        }
    }
}
