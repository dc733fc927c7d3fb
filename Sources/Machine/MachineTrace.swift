import Guest
import Host
import KVM
import Target

extension Machine {
    /// What there is to know of an exit before it is answered; nil when nobody wants to know it. Reading pc leaves a pending
    /// exit pending.
    func beginTrace(_ exit: Exit) -> (pc: GuestVirtualAddress?, time: UInt64)? {
        guard observed.contains(exit.kind) else { return nil }
        return (pc, MonotonicClock.nanoseconds &- made)
    }

    /// Tells the observer of an exit that was answered; `begun` is of `beginTrace`.
    func endTrace(_ exit: Exit, _ begun: (pc: GuestVirtualAddress?, time: UInt64)) {
        observer?.exited(ExitRecord(exit.event(answeredBy: vcpu.page), pc: begun.pc, nanoseconds: begun.time))
    }
}

extension Exit {
    /// What the exit is for who looks at it; `page` has the answer.
    func event(answeredBy page: RunPage) -> ExitRecord.Event {
        switch self {
        case .riscvSBI(let call):
            let result = page.sbiResult
            return .sbi(
                extension: call.extension, function: call.function, arguments: call.arguments, a0: result.a0,
                a1: result.a1)
        case .mmio(let access):
            return .mmio(
                access.address, byteCount: access.byteCount, isWrite: access.isWrite,
                value: access.isWrite ? access.value : page.mmioData(byteCount: access.byteCount))
        case .riscvCSR(let access):
            return .other(
                "KVM_EXIT_RISCV_CSR",
                detail: "CSR \(hex(access.number, digits: 3)), write mask \(hex(access.writeMask))")
        case .systemEvent(let type, let data):
            let reason = data.first.map { ", reason \($0)" } ?? ""
            return .other("KVM_EXIT_SYSTEM_EVENT", detail: "type \(type)\(reason)")
        case .interrupted: return .other("interrupted", detail: "by a signal")
        default: return .other(page.reason.description, detail: "")
        }
    }

    /// The one kind that it is for an observer.
    fileprivate var kind: ExitKinds {
        switch self {
        case .riscvSBI: return .sbi
        case .mmio: return .mmio
        default: return .other
        }
    }
}
