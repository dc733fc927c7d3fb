import Guest
import Target

// Hits that stop nothing, of guests with several vCPUs: the others run on meanwhile.
extension Session: TrapJudge {
    /// Lets the selected vCPU go on from a breakpoint whose condition does not hold, or that is to be ignored, if what is under it
    /// can be done for the guest. What else is found out is kept for the stop, so that no hit counts twice.
    public func letsPass() -> Bool {
        guard let guest else { return false }
        followTarget(guest)
        do throws(DebuggerError) { return try passesHit(guest) } catch {
            // It happens once more, and is told, when the others have been stopped.
            return false
        }
    }

    private func passesHit(_ guest: Guest) throws(DebuggerError) -> Bool {
        standing.reportedAt = nil
        standing.reportedEbreak = nil
        let pc = try pc()
        guard standing.interruptedAt == nil, let address = try mapped(pc), guest.sites.isPlanted(at: address) else {
            return false
        }
        if let stop = try hit(at: address, pc) {
            guest.judged = .stop(stop)
            return false
        }
        guest.wasCarriedOut = false
        let passes = try carriesOut(guest, at: pc)
        if !passes { guest.judged = .goOn(from: pc) }
        return passes
    }
}
