import Guest
import RISCV
import Target

/// What became of a register that was read, set to another value, read back and restored.
public enum RegisterCheck: Equatable, Sendable {
    /// It held every bit.
    case held
    /// It took the value, and holds something else, as a CSR may that has fields with few legal values.
    case heldInPart
    /// It takes no other value; the sentence says why.
    case readOnly(String)
    /// The kernel contradicts itself; the sentence says how.
    case broken(String)
}

extension Session {
    /// Reads the register `id`, which the vCPU lists, sets it to the value that it has, then to another one, reads that back and
    /// restores it; each by the system call itself. Throws `.noGuest`.
    public func checkRegister(_ id: RegisterID) throws(DebuggerError) -> RegisterCheck {
        let guest = try requireGuest()
        // What is remembered of this stop would be wrong if a register were not restored.
        defer { guest.registers.forget() }
        let register = registers.register(for: id)
        let own: [UInt8]
        do throws(TargetError) { own = try TargetAccess.registerBytes(id, of: guest.target) } catch {
            return .broken("is listed, but cannot be read. \(error.message)")
        }
        do throws(TargetError) { try TargetAccess.setRegisterBytes(id, own, of: guest.target) } catch {
            return .broken("does not take the value that it has, \(hex(littleEndian: own)). \(error.message)")
        }
        let other = register.changed(own)
        do throws(TargetError) { try TargetAccess.setRegisterBytes(id, other, of: guest.target) } catch {
            return try afterwards(register, id, own, guest) ?? .readOnly(error.message)
        }
        let held: [UInt8]
        do throws(TargetError) { held = try TargetAccess.registerBytes(id, of: guest.target) } catch {
            return .broken("was set, but cannot be read then. \(error.message)")
        }
        do throws(TargetError) { try TargetAccess.setRegisterBytes(id, own, of: guest.target) } catch {
            return .broken("was \(hex(littleEndian: own)), and cannot be set to that again. \(error.message)")
        }
        if let check = try afterwards(register, id, own, guest) { return check }
        if held == other || register.counts { return .held }
        guard register.holdsAllBits else { return .heldInPart }
        return .broken("was set to \(hex(littleEndian: other)), and then held \(hex(littleEndian: held)).")
    }

    /// What is wrong if the register does not hold its own value now; else nil.
    private func afterwards(
        _ register: Register, _ id: RegisterID, _ own: [UInt8], _ guest: Guest
    ) throws(DebuggerError) -> RegisterCheck? {
        let now: [UInt8]
        do throws(TargetError) { now = try TargetAccess.registerBytes(id, of: guest.target) } catch {
            return .broken("cannot be read after it was set. \(error.message)")
        }
        if now == own || register.counts { return nil }
        return .broken("was \(hex(littleEndian: own)) before, and is \(hex(littleEndian: now)) afterwards.")
    }
}

extension Register {
    /// Another value than `own`: of what says yes or no the opposite, of all else all bits the other way round.
    fileprivate func changed(_ own: [UInt8]) -> [UInt8] {
        guard isSwitch else { return own.map { ~$0 } }
        var bytes = own
        bytes[0] ^= 1
        return bytes
    }

    private var isSwitch: Bool {
        switch group {
        case .isa: return true
        case .sbi: return !name.utf8.starts(with: "sbi.sta.".utf8)
        case .core: return name == "mode"
        case .timer: return name == "timer.state"
        default: return false
        }
    }

    /// Whether it goes on by itself.
    fileprivate var counts: Bool { name == "timer.time" }

    /// Whether the architecture has it hold any value, or KVM any of those that `changed` gives.
    fileprivate var holdsAllBits: Bool {
        switch group {
        case .core, .isa: return true
        case .fp, .vector: return type == .float || type == .vector
        default: return name == "sscratch"
        }
    }
}
