import KVM

/// A vCPU of a machine, and what the machine remembers of it.
final class Hart {
    let vcpu: VirtualCPU
    /// The last exit's instruction is finished only by the next `KVM_RUN`.
    var isCompletionPending = false

    init(_ vcpu: VirtualCPU) { self.vcpu = vcpu }
}
