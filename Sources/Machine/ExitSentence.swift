import Guest
import KVM

extension MMIO {
    /// What the guest did, where nothing answers; a load gets `answer`.
    func sentence(pc: GuestVirtualAddress?, answer: UInt64 = 0) -> String {
        let place = pc.map { " at pc \($0.description)" } ?? ""
        let bytes = byteCount == 1 ? "1 byte" : "\(byteCount) bytes"
        let target = "GPA \(address.description), where there is neither RAM nor a device"
        if isWrite {
            return "The guest wrote \(bytes) (\(hex(value)))\(place) to \(target). The store is dropped if it goes on."
        }
        return
            "The guest read \(bytes)\(place) from \(target). It gets \(answer == 0 ? "0" : hex(answer)) if it goes on."
    }
}

extension CSRRequest {
    /// What the guest did, where nothing answers; it reads `answer`.
    func sentence(pc: GuestVirtualAddress?, answer: UInt64 = 0) -> String {
        let place = pc.map { " at pc \($0.description)" } ?? ""
        let name = number == 0x15 ? "seed (CSR 0x015)" : "the CSR \(hex(number, digits: 3))"
        return "The guest accessed \(name)\(place), which nothing here provides. "
            + "It reads \(answer == 0 ? "0" : hex(answer)) if it goes on."
    }
}

extension Exit {
    /// What an exit means that a guest does not come back from; without a full stop, for a place to follow.
    var sentence: String {
        switch self {
        case .unknown(let reason):
            return
                "The vCPU exited for a reason that KVM does not know (KVM_EXIT_UNKNOWN, hardware reason \(hex(reason)))"
        case .failEntry(let reason, let cpu):
            return
                "The hardware refused to enter the guest (KVM_EXIT_FAIL_ENTRY, reason \(hex(reason)), host CPU \(cpu))"
        case .internalError(let suberror, let data):
            let words = data.map { hex($0) }.joined(separator: " ")
            return "KVM gave up (KVM_EXIT_INTERNAL_ERROR, \(Self.suberrorName(suberror))"
                + (words.isEmpty ? ")" : ", data \(words))")
        case .memoryFault(let flags, let address, let byteCount):
            return "The host has no memory behind GPA \(address.description), \(byteCount) bytes "
                + "(KVM_EXIT_MEMORY_FAULT, flags \(hex(flags)))"
        case .notify(let flags):
            return "The guest did not come to an instruction boundary in time (KVM_EXIT_NOTIFY, flags \(hex(flags)))"
        case .portIO(_, let size, let port, _):
            return
                "The guest accessed the port \(hex(port)), \(size) bytes (KVM_EXIT_IO), which is none of RISC-V's exits"
        case .halted: return "The vCPU halted (KVM_EXIT_HLT), which is none of RISC-V's exits"
        case .shutdown: return "The vCPU shut down (KVM_EXIT_SHUTDOWN), which is none of RISC-V's exits"
        case .other(let reason): return "The vCPU exited with \(reason.description), which is none of RISC-V's exits"
        case .debug, .mmio, .interrupted, .systemEvent, .riscvSBI, .riscvCSR:
            return "The vCPU exited"
        }
    }

    private static func suberrorName(_ suberror: UInt32) -> String {
        switch suberror {
        case 1: return "KVM_INTERNAL_ERROR_EMULATION"
        case 2: return "KVM_INTERNAL_ERROR_SIMUL_EX"
        case 3: return "KVM_INTERNAL_ERROR_DELIVERY_EV"
        case 4: return "KVM_INTERNAL_ERROR_UNEXPECTED_EXIT_REASON"
        default: return "sub-error \(suberror)"
        }
    }
}
