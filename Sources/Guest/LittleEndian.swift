/// The number that `bytes` are, lowest first, as RISC-V keeps it in memory.
public func littleEndian<Bytes: BidirectionalCollection>(_ bytes: Bytes) -> UInt64 where Bytes.Element == UInt8 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
}
