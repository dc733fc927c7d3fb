import Debugger
import Guest
import Types

extension Value {
    /// The bytes that the value has in the guest's memory, lowest first; nil for no value.
    var bytes: [UInt8]? {
        switch self {
        case .integer(let bits, let type): return Value.littleEndian(bits, type.byteCount)
        case .float(let bits, let type): return Value.littleEndian(bits, type.byteCount)
        case .vector(let vector): return vector.bytes
        case .pointer, .physical: return bits.map { Value.littleEndian($0, 8) }
        case .string(let bytes): return bytes
        case .described(let bits, let type): return Value.littleEndian(bits, type.byteCount ?? 8)
        case .object(let object): return object.bytes
        case .void: return nil
        }
    }

    /// Whether it is a signed integer below zero.
    var isNegative: Bool {
        isSigned && bits.map { $0 >> 63 == 1 } == true
    }

    private static func littleEndian(_ bits: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
    }
}
