import CKVM
import Host

/// A thread for each vCPU of a guest, in which it runs; all else stays in the thread that calls.
///
/// `KVM_RUN` blocks while its vCPU is in the guest, so several vCPUs need several threads. They do nothing but that call.
public final class VCPUThreads {
    private let crew: OpaquePointer
    private let vcpus: [VirtualCPU]

    /// Threads for `vcpus`, all of which wait. Throws `.threads`.
    public init(_ vcpus: [VirtualCPU]) throws(KVMError) {
        guard let crew = ckvm_crew_create(Int32(vcpus.count), nil) else { throw .threads(Errno(ENOMEM)) }
        self.crew = crew
        self.vcpus = vcpus
        for (index, vcpu) in vcpus.enumerated() {
            guard let flag = vcpu.page.immediateExitFlag else { throw .threads(Errno(EINVAL)) }
            if let errno = Errno(result: ckvm_crew_add(crew, Int32(index), vcpu.file.number, flag)) {
                throw .threads(errno)
            }
        }
    }

    deinit { ckvm_crew_free(crew) }

    /// An eventfd: what is written to it ends `wait`.
    public var wakeDescriptor: Int32 { ckvm_crew_wake_descriptor(crew) }

    /// Completes a pending exit of the vCPU `index`, which is back, and lets it run until the next one.
    public func start(_ index: Int) {
        vcpus[index].page.immediateExit = 0
        ckvm_crew_start(crew, Int32(index))
    }

    /// Has the vCPU `index`, which runs, come back soon: with `.interrupted`, if no other exit comes first.
    public func kick(_ index: Int) { ckvm_crew_kick(crew, Int32(index)) }

    /// What `wait` ended for.
    public enum Event {
        /// The vCPU `index` is back, after so many nanoseconds in `KVM_RUN`: why, or how that failed.
        case back(index: Int, Result<Exit, KVMError>, nanoseconds: UInt64)
        /// The descriptor that was given can be read.
        case input
        /// A signal.
        case woken
    }

    /// Waits for a vCPU to come back, in the order in which they do, for something to read from `input`, or for a signal.
    public func wait(input: Int32? = nil) -> Event {
        var back = ckvm_return()
        switch ckvm_crew_wait(crew, input ?? -1, &back) {
        case Int32(ckvm_crew_back):
            let vcpu = vcpus[Int(back.index)]
            return .back(index: Int(back.index), vcpu.outcome(back.result), nanoseconds: back.nanoseconds)
        case Int32(ckvm_crew_input): return .input
        default: return .woken
        }
    }
}
