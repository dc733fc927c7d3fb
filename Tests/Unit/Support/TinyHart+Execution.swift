import Guest
import RISCV
import Target

extension TinyHart {
    /// Executes one instruction, or takes an interrupt; what ends the run, if something does.
    func step() -> TargetEvent? {
        let pc = self.pc
        if let event = eventsAt.removeValue(forKey: pc) { return event }
        if let code = interrupts.removeValue(forKey: pc) { return trap(Cause(isInterrupt: true, code: code)) }
        if let code = interruptToTake { return trap(Cause(isInterrupt: true, code: code)) }
        if watches.hides(translate(pc)) { return .blocked }
        guard let low = load(pc, 2) else { return trap(Cause(code: 12), value: pc) }
        if low & 3 != 3 { return compressed(UInt32(low)) }
        guard let high = load(pc + 2, 2) else { return trap(Cause(code: 12), value: pc + 2) }
        return standard(UInt32(low | high << 16))
    }

    /// The lowest code of an interrupt that is pending and enabled.
    private var interruptToTake: UInt64? {
        let enabled = pending & (registers[.sie] ?? 0)
        let isOn = registers[.mode] == 0 || (registers[.sstatus] ?? 0) & SStatus.sie != 0
        return enabled != 0 && isOn ? UInt64(enabled.trailingZeroBitCount) : nil
    }

    private func compressed(_ bits: UInt32) -> TargetEvent? {
        if bits == 0x9002 { return breakpoint() }
        let rd = bits >> 7 & 31
        let rs2 = bits >> 2 & 31
        let low = signed(bits >> 2 & 31 | (bits >> 12 & 1) << 5, width: 6)
        let near = x(8 + (bits >> 7 & 7))
        let next = pc &+ 2
        switch bits & 0xE003 {
        case 0x0001: return done(to: next, rd, x(rd) &+ low)  // c.nop, c.addi
        case 0x4001: return done(to: next, rd, low)  // c.li
        case 0xA001: return done(to: pc &+ compressedJump(bits), 0, 0)  // c.j
        case 0xC001: return done(to: near == 0 ? pc &+ compressedBranch(bits) : next, 0, 0)  // c.beqz
        case 0xE001: return done(to: near != 0 ? pc &+ compressedBranch(bits) : next, 0, 0)  // c.bnez
        case 0x8002 where rs2 == 0 && rd != 0:  // c.jr, c.jalr
            let links = bits >> 12 & 1 == 1
            return done(to: x(rd) & ~1, links ? 1 : 0, next)
        case 0x8002 where rs2 != 0:  // c.mv, c.add
            return done(to: next, rd, x(rs2) &+ (bits >> 12 & 1 == 1 ? x(rd) : 0))
        default: return trap(Cause(code: 2), value: UInt64(bits))
        }
    }

    private func compressedJump(_ bits: UInt32) -> UInt64 {
        var offset = (bits >> 12 & 1) << 11 | (bits >> 11 & 1) << 4 | (bits >> 9 & 3) << 8 | (bits >> 8 & 1) << 10
        offset |= (bits >> 7 & 1) << 6 | (bits >> 6 & 1) << 7 | (bits >> 3 & 7) << 1 | (bits >> 2 & 1) << 5
        return signed(offset, width: 12)
    }

    private func compressedBranch(_ bits: UInt32) -> UInt64 {
        let offset = (bits >> 12 & 1) << 8 | (bits >> 10 & 3) << 3 | (bits >> 5 & 3) << 6 | (bits >> 3 & 3) << 1
        return signed(offset | (bits >> 2 & 1) << 5, width: 9)
    }

    private func standard(_ bits: UInt32) -> TargetEvent? {
        if let outcome = memoryInstruction(bits) { return outcome.event }
        let rd = bits >> 7 & 31
        let rs1 = x(bits >> 15 & 31)
        let rs2 = x(bits >> 20 & 31)
        let immediate = signed(bits >> 20, width: 12)
        let page = signed(bits & 0xFFFF_F000, width: 32)
        let next = pc &+ 4
        switch (bits & 0x7F, bits >> 12 & 7) {
        case (0x13, 0): return done(to: next, rd, rs1 &+ immediate)
        case (0x13, 1),
            (0x13, 5) where rd == 0:
            return done(to: next, 0, 0)  // slli, srai: hints
        case (0x37, _): return done(to: next, rd, page)
        case (0x17, _): return done(to: next, rd, pc &+ page)
        case (0x6F, _):
            let offset =
                (bits >> 31) << 20 | (bits >> 12 & 0xFF) << 12 | (bits >> 20 & 1) << 11 | (bits >> 21 & 0x3FF) << 1
            return done(to: pc &+ signed(offset, width: 21), rd, next)
        case (0x67, 0): return done(to: (rs1 &+ immediate) & ~1, rd, next)
        case (0x63, let function) where function != 2 && function != 3:
            let offset = (bits >> 31) << 12 | (bits >> 7 & 1) << 11 | (bits >> 25 & 0x3F) << 5 | (bits >> 8 & 0xF) << 1
            return done(to: holds(function, rs1, rs2) ? pc &+ signed(offset, width: 13) : next, 0, 0)
        case (0x0F, _): return done(to: next, 0, 0)
        case (0x73, 0): return system(bits)
        case (0x73, let function) where function & 3 != 0: return csr(bits, function, rd, rs1)
        default: return trap(Cause(code: 2), value: UInt64(bits))
        }
    }

    private func holds(_ function: UInt32, _ left: UInt64, _ right: UInt64) -> Bool {
        let isLess = function >= 6 ? left < right : Int64(bitPattern: left) < Int64(bitPattern: right)
        return (function < 4 ? left == right : isLess) == (function & 1 == 0)
    }

    /// An instruction of Zicsr on a CSR that the hart has.
    private func csr(_ bits: UInt32, _ function: UInt32, _ rd: UInt32, _ rs1: UInt64) -> TargetEvent? {
        let ids: [UInt32: RegisterID] = [
            0x100: .sstatus, 0x104: .sie, 0x105: .stvec, 0x141: .sepc, 0x142: .scause, 0x143: .stval, 0x144: .sip,
            0x180: .satp,
        ]
        guard registers[.mode] != 0, let id = ids[bits >> 20] else { return trap(Cause(code: 2), value: UInt64(bits)) }
        let old = registers[id] ?? 0
        let field = bits >> 15 & 31
        let operand = function >= 4 ? UInt64(field) : rs1
        switch function & 3 {
        case 1: registers[id] = operand
        case 2: registers[id] = old | operand
        default: registers[id] = old & ~operand
        }
        return done(to: pc &+ 4, rd, old)
    }

    private func system(_ bits: UInt32) -> TargetEvent? {
        switch bits {
        case 0x0010_0073: return breakpoint()
        case 0x1050_0073:
            let sleeps = limit != nil && pending & (registers[.sie] ?? 0) == 0
            _ = done(to: pc &+ 4, 0, 0)
            return sleeps ? .timeLimit : nil
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

    func done(to next: UInt64, _ rd: UInt32, _ value: UInt64) -> TargetEvent? {
        executed.append(pc)
        setX(rd, value)
        pc = next
        return nil
    }

    func trap(_ cause: Cause, value: UInt64 = 0) -> TargetEvent? {
        reservation = nil
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
    func load(_ address: UInt64, _ count: Int) -> UInt64? {
        guard let physical = translate(address), let start = try? offset(physical, count) else { return nil }
        return ram[start..<start + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    func translate(_ address: UInt64) -> GuestPhysicalAddress? {
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
