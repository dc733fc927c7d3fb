import CKVM
import Guest
import Host
import KVM
import RISCV

/// Why KVM refuses to read or set a register, by what the register is: the errno alone does not tell
/// (`arch/riscv/kvm/vcpu_onereg.c` of Linux 6.12).
enum RegisterRefusal {
    /// The sentence for `error`; of a register that is known by name, what it is about that register. `value` is what it was to
    /// be set to, if that has at most 64 bits.
    static func sentence(_ error: KVMError, setting value: UInt64? = nil) -> String {
        // Built anew: nobody looks at the cost of a refusal.
        guard case .register(let ioctl, let id, let errno) = error,
            case let register = RegisterTable().register(for: id), isNamed(register),
            let reason = reason(register, value, errno, isWrite: ioctl == "KVM_SET_ONE_REG")
        else { return error.message }
        let verb = ioctl == "KVM_SET_ONE_REG" ? "set" : "read"
        return "Cannot \(verb) $\(register.name): \(reason) (\(ioctl): \(errno.description).)"
    }

    private static func isNamed(_ register: Register) -> Bool {
        RegisterTable().register(named: register.name)?.name == register.name
    }

    private static func reason(_ register: Register, _ value: UInt64?, _ errno: Errno, isWrite: Bool) -> String? {
        switch errno.number {
        case ENOENT: return absence(register)
        case EBUSY:
            return "it can be set only before the guest runs for the first time. "
                + "Stop the guest at its entry with \"start\", and set it there."
        case EINVAL where isWrite, EOPNOTSUPP where isWrite: return refusal(register, value)
        case EINVAL where register.group == .smstateen: return absence(register)
        default: return nil
        }
    }

    /// Why the vCPU has not got the register; nil where nothing more is known.
    private static func absence(_ register: Register) -> String? {
        switch register.group {
        case .fp: return "this vCPU has no floating-point registers: its isa.f or isa.d is 0."
        case .vector:
            return "this vCPU has no vector registers: isa.v is 0, or the host's harts or kernel lack the V extension."
        case .aia: return "this vCPU has no Ssaia: isa.ssaia is 0, or the host's harts lack it."
        case .smstateen: return "this vCPU has no Smstateen: isa.smstateen is 0, or the host's harts lack it."
        case .isa: return "the host's harts or its kernel have no such extension, so no vCPU can have it."
        case .sbi: return "this kernel's KVM has no such SBI extension, or cannot offer it on this host."
        case .config:
            return register.name.utf8.starts(with: "config.zicbo".utf8)
                ? "this vCPU has no such cache-block instructions: its isa.zicbom or isa.zicboz is 0."
                : "this kernel's KVM has no such register."
        default: return nil
        }
    }

    /// Why the register, which exists, does not take `value`.
    private static func refusal(_ register: Register, _ value: UInt64?) -> String? {
        switch register.group {
        case .isa:
            switch value {
            case 0: return "KVM does not let a vCPU go without this extension where the host has it."
            case 1: return "KVM does not offer this extension to guests."
            default: return "it is 0 (the vCPU has not got the extension) or 1 (it has)."
            }
        case .sbi:
            if let value, value > 1, !register.name.utf8.starts(with: "sbi.sta.".utf8) {
                return "it is 0 (the guest has not got the SBI extension) or 1 (it has)."
            }
            return "KVM does not let this SBI extension be changed."
        case .smstateen: return absence(register)
        case .vector where register.name == "vlenb": return readOnly
        case .timer where register.name == "timer.frequency": return readOnly
        case .timer: return "the vCPU's timer is not ready yet."
        case .config where register.name == "config.isa":
            return
                "it has only the bits of single-letter extensions, and only those that KVM lets a vCPU go without may change."
        case .config: return readOnly
        default: return nil
        }
    }

    private static var readOnly: String { "it is the host's own, and a vCPU's cannot differ from it: it is read-only." }
}
