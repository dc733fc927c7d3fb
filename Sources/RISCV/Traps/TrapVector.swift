import Guest

/// The `stvec` CSR: where traps go (privileged specification, "Supervisor Trap Vector Base Address (stvec) Register").
public struct TrapVector: Equatable, Sendable {
    /// The value of the CSR.
    public var stvec: UInt64

    /// The vector that `stvec` describes.
    public init(stvec: UInt64) { self.stvec = stvec }

    /// The guest-virtual address of the handler, or of the first entry of the table.
    public var base: GuestVirtualAddress { GuestVirtualAddress(stvec & ~3) }

    /// Whether interrupts have an entry each, four bytes apart, instead of sharing the handler at `base`.
    public var isVectored: Bool { stvec & 3 == 1 }

    /// The guest-virtual address at which the hart goes on after a trap for `cause`.
    public func target(for cause: Cause) -> GuestVirtualAddress {
        isVectored && cause.isInterrupt ? base + cause.code &* 4 : base
    }
}
