import Guest

/// Where a vCPU stands, and what was told of that.
struct VCPUStanding {
    /// Where it was reported to stand: a breakpoint there is not hit again when it goes on. nil where it goes on from a place that was
    /// not reported.
    var reportedAt: GuestVirtualAddress?
    /// The guest's own `ebreak` that was reported last, while pc is still there: going on means going past it.
    var reportedEbreak: GuestVirtualAddress?
    /// An instruction under a breakpoint that was reported, before which an interrupt was taken: coming back to it with the same
    /// stack is no new hit.
    var interruptedAt: (pc: GuestVirtualAddress, stack: UInt64)?
    /// Where the guest came back to such an instruction. This time no interrupt is taken before it: where they come faster than
    /// the guest is let go on, it would never get any further.
    var cameBackTo: GuestVirtualAddress?
}

/// What the engine remembers of a vCPU while another one is the current one.
struct VCPUMemo {
    let registers: StoppedRegisters
    var standing = VCPUStanding()
}
