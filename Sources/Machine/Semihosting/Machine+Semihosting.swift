import Guest
import Host
import KVM
import RISCV
import Target

extension Machine {
    /// Gives the guest, by semihosting, the command line `commandLine` and the files of `folder`; without one it has none.
    public func offerSemihosting(commandLine: String, folder: ConfinedFolder?) {
        semihosting.commandLine = Array(commandLine.utf8)
        semihosting.folder = folder
    }

    /// Carries out a semihosting call; see `Target`.
    public func semihost(
        operation: UInt32, parameter: UInt64, at pc: GuestVirtualAddress
    ) throws(TargetError) -> SemihostingOutcome {
        let satp: UInt64
        do throws(KVMError) { satp = try vcpu.word(.satp) } catch {
            throw .register(RegisterRefusal.sentence(error))
        }
        semihosting.isAttended = keyboard != nil
        let outcome = semihosting.answer(operation, parameter, AddressSpace(satp: SATP(satp), ram: ram), at: pc)
        if case .exited = outcome.event { endReason = "it has ended its machine. Start it again." }
        if outcome == SemihostingOutcome() { return SemihostingOutcome(event: waitForKeys()) }
        return outcome
    }

    /// Waits a little for something to be typed; what there is to tell instead, if anything. In between the guest runs, so that its
    /// other vCPUs get on.
    private func waitForKeys() -> TargetEvent? {
        if let event = signalEvent { return event }
        guard let keyboard, Readiness.wait(for: keyboard.descriptor, milliseconds: 10) else { return signalEvent }
        guard let bytes = keyboard.read() else { return .interrupted }
        input.append(bytes)
        return nil
    }
}
