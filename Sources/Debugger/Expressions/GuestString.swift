import Guest

/// NUL-terminated strings in the guest's memory.
public enum GuestString {
    /// How many bytes are read at most.
    public static let byteLimit = 4096

    /// The bytes from `address` up to a NUL, at most `limit`. Where `byteLimit` bytes are read without a NUL, and `limit` asks for
    /// more or is nil, "..." is put behind them. Throws what reading the memory throws.
    public static func read(
        at address: GuestAddress, limit: Int? = nil, in context: any ExpressionContext
    ) throws(EvaluationFailure) -> [UInt8] {
        let count = min(limit ?? .max, byteLimit)
        var bytes: [UInt8] = []
        var address = address
        while bytes.count < count {
            // Eight aligned bytes lie in one page: if the first can be read, all can.
            var step = address.value % 8 == 0 && count - bytes.count >= 8 ? 8 : 1
            var word: UInt64
            do { word = try context.readMemory(at: address, count: step) } catch {
                // The end of a file's segment need not be aligned.
                word = try context.readMemory(at: address, count: 1)
                step = 1
            }
            for _ in 0..<step {
                let byte = UInt8(truncatingIfNeeded: word)
                if byte == 0 { return bytes }
                bytes.append(byte)
                word >>= 8
            }
            address = address + UInt64(step)
        }
        if count == byteLimit && limit != byteLimit { bytes += [UInt8](repeating: UInt8(ascii: "."), count: 3) }
        return bytes
    }
}
