import Guest
import RISCV

/// Where one step from an instruction can lead to, found out before it is executed: `ebreak`s there catch the guest. RISC-V
/// KVM has no single-step to do this.
struct StepPlan {
    /// Where the guest can go on when nothing traps (GVA).
    var landings: [GuestVirtualAddress] = []
    /// Whether an exception can be raised on the way.
    var canTrap = true
    /// The value that satp has behind a write of it: landings and trap vector are then also looked up by it.
    var newSATP: SATP?
    /// What is known to stay as it is.
    var effect = Effect.all
    /// The instructions that are executed as one with the first (GVA), in which no `ebreak` may be; empty mostly.
    var unit: [GuestVirtualAddress] = []
    /// How long the step may take, in milliseconds; nil for as long as it does.
    var limit: UInt64?
    /// Whether it is a jump to itself, which nothing but an interrupt ends: it is executed for as long as `limit`.
    var stays = false
    /// What the debugger does itself, since no `ebreak` can catch it.
    var jump: Jump?

    /// What a jump or a branch does.
    struct Jump {
        /// Where it leads to (GVA).
        var target: GuestVirtualAddress
        /// The number of the register that gets `linked`; 0 for none.
        var link: UInt8
        /// The address behind the instruction (GVA).
        var linked: GuestVirtualAddress
    }

    /// How long a `wfi` that is stepped waits for an interrupt, in milliseconds.
    static var sleepLimit: UInt64 { 1000 }
    /// How long a jump to itself is let run, in milliseconds.
    static var stayLimit: UInt64 { 1 }

    /// Which registers the step may change.
    enum Effect {
        /// x-registers and pc.
        case integers
        /// Any.
        case all
    }
}

extension StepPlan {
    /// Has it be the plan of a jump or a branch at `pc` that ends before `behind`. One that leads into its own encoding, which an
    /// `ebreak` there would change, is not caught by one.
    fileprivate mutating func jumps(
        from pc: GuestVirtualAddress, to behind: GuestVirtualAddress, link: UInt8, canStay: Bool = true
    ) {
        effect = .integers
        guard landings.count == 1, landings[0] - pc < behind - pc else { return }
        if landings[0] == pc && canStay {
            stays = true
            limit = StepPlan.stayLimit
            landings = []
        } else {
            jump = Jump(target: landings[0], link: link, linked: behind)
        }
    }
}

extension Session {
    /// The plan for `instruction` at `pc`; nil for the instruction where there is none: its fetch traps. `isFetchable` tells
    /// that the code around pc was executed just now. Throws `.target`.
    func plan(
        _ instruction: Instruction?, at pc: GuestVirtualAddress, isFetchable: Bool
    ) throws(DebuggerError) -> StepPlan {
        var plan = StepPlan()
        guard let instruction else { return plan }
        let behind = pc + UInt64(instruction.byteCount)
        switch instruction.controlFlow(at: pc) {
        case .sequential, .storeConditional, .fenceI:
            plan.landings = [behind]
            plan.effect = .integers
        case .jump(let target, let link):
            plan.landings = [target]
            plan.jumps(from: pc, to: behind, link: link)
        case .branch(_, let rs1, let rs2, let target):
            // Both ways cost less than two registers.
            let isClear = rs1 == rs2 || target - pc <= behind - pc
            plan.landings = isClear ? try next(instruction, at: pc) : [target, behind]
            plan.jumps(from: pc, to: behind, link: 0)
        case .indirectJump(let rs1, _, let link):
            plan.landings = try next(instruction, at: pc)
            // Where the register itself changes, the next time leads elsewhere.
            plan.jumps(from: pc, to: behind, link: link, canStay: link == 0 || link != rs1)
        case .ecall:
            // From S-mode it is a call of the SBI, which comes back behind it; from U-mode a trap.
            if try registerValue(.mode) != PrivilegeMode.user.rawValue { plan.landings = [behind] }
        case .sret:
            plan.landings = [GuestVirtualAddress(try registerValue(.sepc) & ~1)]
        case .csr(let access):
            plan.landings = [behind]
            if access.csr == 0x180 && access.writes { plan.newSATP = try written(access) }
        case .wfi:
            plan.landings = [behind]
            plan.limit = StepPlan.sleepLimit
        case .loadReserved:
            plan.landings = [behind]
            plan.effect = .integers
            if let sequence = try atomicSequence(at: pc) {
                plan.landings = sequence.exits
                plan.unit = sequence.instructions
            }
        case .ebreak, .mret, .illegal: break
        }
        // Interrupts aside. A page that the guest did not execute just now may be one that it may not execute; and without the C
        // extension a jump can lead to where no instruction may be.
        if isFetchable && instruction.neverTraps {
            let alignment = UInt64(guest?.sites.byteCount ?? 2)
            plan.canTrap = plan.landings.contains {
                $0.value >> 12 != pc.value >> 12 || $0.value % alignment != 0
            }
        }
        return plan
    }

    private func next(
        _ instruction: Instruction, at pc: GuestVirtualAddress
    ) throws(DebuggerError) -> [GuestVirtualAddress] {
        let next = try instruction.nextPC(at: pc) { (number) throws(DebuggerError) in try integerRegister(number) }
        return next.map { [$0] } ?? []
    }

    /// The value that the access writes to satp.
    private func written(_ access: CSRAccess) throws(DebuggerError) -> SATP {
        let operand: UInt64
        switch access.operand {
        case .register(let number): operand = try integerRegister(number)
        case .immediate(let value): operand = UInt64(value)
        }
        return SATP(access.newValue(old: try registerValue(.satp), operand: operand))
    }

    private func atomicSequence(at pc: GuestVirtualAddress) throws(DebuggerError) -> AtomicSequence? {
        try AtomicSequence(at: pc) { (address) throws(DebuggerError) in try instructionIfMapped(at: address) }
    }

    /// The instruction at `address`; nil where the guest has no memory there.
    func instructionIfMapped(at address: GuestVirtualAddress) throws(DebuggerError) -> Instruction? {
        do throws(DebuggerError) { return try instruction(at: address) } catch {
            if error.isNoMemory { return nil }
            throw error
        }
    }
}
