import RISCV
import Target

extension Session {
    /// Calls `body` with the guest; while there is none, with one that has no program and is gone afterwards: to look at what
    /// the vCPU of a guest has. Throws `.target` where there can be no guest.
    public func probing<T>(_ body: () throws(DebuggerError) -> T) throws(DebuggerError) -> T {
        if guest != nil { return try body() }
        let target: any Target
        do { target = try provider.makeEmptyGuest() } catch { throw .target(error) }
        let sites = Sites(target: target, breakpoint: Instruction.breakpoint(byteCount: 4))
        guest = Guest(target: target, sites: sites)
        defer { guest = nil }
        return try body()
    }
}
