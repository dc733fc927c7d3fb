/// An address in the guest's physical address space (GPA): where RAM slots and devices lie, and what page-table entries
/// hold.
public struct GuestPhysicalAddress: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The address in bytes.
    public var value: UInt64

    /// The guest-physical address `value`.
    public init(_ value: UInt64) { self.value = value }

    /// The address in hexadecimal, `0x…`, without leading zeros.
    public var description: String { hex(value) }

    /// Lower addresses first, unsigned.
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }

    /// The address `bytes` further on; wraps around at 2⁶⁴ as the hardware does.
    public static func + (address: Self, bytes: UInt64) -> Self { Self(address.value &+ bytes) }

    /// The address `bytes` before; wraps around at 2⁶⁴ as the hardware does.
    public static func - (address: Self, bytes: UInt64) -> Self { Self(address.value &- bytes) }

    /// The distance from `right` up to `left` in bytes, modulo 2⁶⁴.
    public static func - (left: Self, right: Self) -> UInt64 { left.value &- right.value }
}
