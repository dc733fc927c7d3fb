import Guest
import Target

extension Session {
    /// How many vCPUs the guest has; without one, how many the next one is to have.
    public var vcpuCount: Int { guest.map { $0.memos.count } ?? machine.vcpuCount }

    /// The number of the vCPU whose registers are read and set, which is its hart id. At a stop it is the one that stopped.
    public var currentVCPU: Int { guest?.current ?? 0 }

    /// Makes the vCPU `number` the current one. Throws `.noGuest` and `.noVCPU`.
    public func selectVCPU(_ number: Int) throws(DebuggerError) {
        let guest = try requireGuest()
        guard guest.memos.indices.contains(number) else { throw .noVCPU(number, count: guest.memos.count) }
        switchVCPU(guest, to: number)
    }

    /// Calls `body` with the vCPU `number` as the current one. Throws `.noGuest`, `.noVCPU`, and what `body` throws.
    public func withVCPU<T>(
        _ number: Int, _ body: () throws(DebuggerError) -> T
    ) throws(DebuggerError) -> T {
        let before = currentVCPU
        try selectVCPU(number)
        defer { if let guest { switchVCPU(guest, to: before) } }
        return try body()
    }

    func switchVCPU(_ guest: Guest, to number: Int) {
        guest.target.selectedVCPU = number
        adopt(guest, number)
    }

    /// Makes the vCPU `number`, which the target has selected, the current one.
    private func adopt(_ guest: Guest, _ number: Int) {
        if number == guest.current { return }
        guest.memos[guest.current].standing = standing
        let memo = guest.memos[number]
        guest.current = number
        guest.registers = memo.registers
        standing = memo.standing
    }

    /// The vCPU `number` ran: it was not reported to stand where it does now, nor was an instruction just done for it.
    func noteRun(_ guest: Guest, of number: Int) {
        guest.wasCarriedOut = false
        if number == guest.current { standing.reportedAt = nil } else { guest.memos[number].standing.reportedAt = nil }
    }

    /// All vCPUs ran: nothing is known of them any more, and the current one is the one that the target has selected.
    func followTarget(_ guest: Guest) {
        if guest.memos.count == 1 { return }
        for memo in guest.memos { memo.registers.forget() }
        adopt(guest, guest.target.selectedVCPU)
    }

    /// Lets the vCPUs but the current one go off the breakpoints, and past the `ebreak`s of their own, that were reported of them: one
    /// by one, the others being held. A stop that this leads to; the vCPU that it is of is then the current one.
    func leaveOthers(_ guest: Guest) throws(DebuggerError) -> Stop? {
        if guest.memos.count == 1 || schedulerLocking == .on { return nil }
        let current = guest.current
        for number in guest.memos.indices where number != current && guest.memos[number].standing.reportedAt != nil {
            switchVCPU(guest, to: number)
            let reported = standing.reportedAt
            standing.reportedAt = nil
            if let verdict = try leave(guest, reported, []), case .stop(let stop) = verdict { return stop }
        }
        switchVCPU(guest, to: current)
        return nil
    }

    /// "On vCPU 1: Breakpoint 2, 0x80000010.", the pc as it is shown; with one vCPU, without its number.
    public func sentence(of stop: Stop, at addressed: String) -> String {
        let sentence = stop.reason.sentence(at: addressed)
        guard vcpuCount > 1 else { return sentence }
        switch stop.reason {
        case .shutdown, .reset, .exit: return sentence
        default: return "On vCPU \(stop.vcpu): " + sentence
        }
    }
}
