import Guest
import RISCV
import Target

extension TinyHart {
    /// Executes one instruction, or takes an interrupt; what ends the run, if something does.
    func step() -> TargetEvent? {
        let pc = self.pc
        if let event = eventsAt.removeValue(forKey: pc) { return event }
        if let code = interrupts.removeValue(forKey: pc) { return trap(Cause(isInterrupt: true, code: code)) }
        guard let low = load(pc, 2) else { return trap(Cause(code: 12), value: pc) }
        if low & 3 != 3 { return compressed(UInt32(low)) }
        guard let high = load(pc + 2, 2) else { return trap(Cause(code: 12), value: pc + 2) }
        return standard(UInt32(low | high << 16))
    }

    private func compressed(_ bits: UInt32) -> TargetEvent? {
        if bits == 0x9002 { return breakpoint() }
        // c.nop and c.addi.
        guard bits & 0xE003 == 1 else { return trap(Cause(code: 2), value: UInt64(bits)) }
        let rd = bits >> 7 & 31
        let value = signed(bits >> 2 & 31 | (bits >> 12 & 1) << 5, width: 6)
        return done(to: pc + 2, rd, x(rd) &+ value)
    }

    private func standard(_ bits: UInt32) -> TargetEvent? {
        let rd = bits >> 7 & 31
        let rs1 = x(bits >> 15 & 31)
        let rs2 = x(bits >> 20 & 31)
        let immediate = signed(bits >> 20, width: 12)
        let page = signed(bits & 0xFFFF_F000, width: 32)
        let function = bits >> 12 & 7
        switch (bits & 0x7F, function) {
        case (0x13, 0): return done(to: pc &+ 4, rd, rs1 &+ immediate)
        case (0x37, _): return done(to: pc &+ 4, rd, page)
        case (0x17, _): return done(to: pc &+ 4, rd, pc &+ page)
        case (0x03, 3):
            guard let value = load(rs1 &+ immediate, 8) else { return trap(Cause(code: 13), value: rs1 &+ immediate) }
            return done(to: pc &+ 4, rd, value)
        case (0x6F, _):
            let offset =
                (bits >> 31) << 20 | (bits >> 12 & 0xFF) << 12 | (bits >> 20 & 1) << 11 | (bits >> 21 & 0x3FF) << 1
            return done(to: pc &+ signed(offset, width: 21), rd, pc &+ 4)
        case (0x67, 0): return done(to: (rs1 &+ immediate) & ~1, rd, pc &+ 4)
        case (0x63, 0), (0x63, 1):
            let offset = (bits >> 31) << 12 | (bits >> 7 & 1) << 11 | (bits >> 25 & 0x3F) << 5 | (bits >> 8 & 0xF) << 1
            return done(to: pc &+ ((rs1 == rs2) == (function == 0) ? signed(offset, width: 13) : 4), 0, 0)
        case (0x73, 0): return system(bits)
        default: return trap(Cause(code: 2), value: UInt64(bits))
        }
    }

    private func system(_ bits: UInt32) -> TargetEvent? {
        switch bits {
        case 0x0010_0073: return breakpoint()
        case 0x1050_0073: return done(to: pc &+ 4, 0, 0)
        case 0x1020_0073:
            let status = registers[.sstatus] ?? 0
            registers[.mode] = status & SStatus.spp == 0 ? 0 : 1
            registers[.sstatus] = status & ~(SStatus.spp | SStatus.sie) | (status & SStatus.spie) >> 4 | SStatus.spie
            return done(to: registers[.sepc] ?? 0, 0, 0)
        case 0x0000_0073:
            if registers[.mode] == PrivilegeMode.user.rawValue { return trap(Cause(code: 8)) }
            // SBI SRST: a0 type, a1 reason. Everything else is answered with success.
            guard x(17) == 0x5352_5354 else { return done(to: pc &+ 4, 10, 0) }
            executed.append(pc)
            return x(10) == 0 ? .shutdown(reason: x(11)) : .reset(reason: x(11))
        default: return trap(Cause(code: 2), value: UInt64(bits))
        }
    }

    private func breakpoint() -> TargetEvent? { guestDebug ? .trap : trap(.breakpoint, value: pc) }

    private func done(to next: UInt64, _ rd: UInt32, _ value: UInt64) -> TargetEvent? {
        executed.append(pc)
        setX(rd, value)
        pc = next
        return nil
    }

    private func trap(_ cause: Cause, value: UInt64 = 0) -> TargetEvent? {
        let stvec = registers[.stvec] ?? 0
        if stvec == 0 { return .fatal("The guest took the trap \(cause.code) without a handler.") }
        let entry = TrapEntry(
            cause: cause, at: GuestVirtualAddress(pc), stval: value, sstatus: registers[.sstatus] ?? 0, stvec: stvec,
            mode: registers[.mode] == 0 ? .user : .supervisor)
        registers[.sepc] = entry.sepc.value
        registers[.scause] = entry.scause
        registers[.stval] = entry.stval
        registers[.sstatus] = entry.sstatus
        registers[.mode] = entry.mode.rawValue
        pc = entry.pc.value
        return nil
    }

    /// `count` bytes at a guest-virtual address; nil where nothing is.
    private func load(_ address: UInt64, _ count: Int) -> UInt64? {
        guard let physical = translate(address), let start = try? offset(physical, count) else { return nil }
        return ram[start..<start + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func translate(_ address: UInt64) -> GuestPhysicalAddress? {
        let satp = SATP(registers[.satp] ?? 0)
        let result = PageTable.translate(GuestVirtualAddress(address), satp: satp) { (slot) throws(Never) -> UInt64? in
            guard let start = try? offset(slot, 8) else { return nil }
            return ram[start..<start + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        return try? result.get().address
    }

    private func signed(_ bits: UInt32, width: UInt32) -> UInt64 {
        UInt64(bitPattern: Int64(Int32(bitPattern: bits << (32 - width)) >> Int32(32 - width)))
    }
}
