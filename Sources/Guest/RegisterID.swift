/// The name by which `KVM_GET_ONE_REG` and `KVM_SET_ONE_REG` know a register.
///
/// Bits 63–56 name the architecture, bits 55–52 the size as a power of two of bytes, the rest is the architecture's own
/// (`Documentation/virt/kvm/api.rst`, section 4.68; `include/uapi/linux/kvm.h`, `KVM_REG_SIZE_MASK`).
public struct RegisterID: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The id as the kernel takes it.
    public var rawValue: UInt64

    /// The register with the kernel's id `rawValue`.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// The register's size in bytes, 1 to 32,768 (`KVM_REG_SIZE`).
    public var byteCount: Int { 1 << Int((rawValue >> 52) & 0xF) }

    /// The id as sixteen hexadecimal digits, `0x…`.
    public var description: String { hex(rawValue, digits: 16) }

    /// In the order of the kernel's ids.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
