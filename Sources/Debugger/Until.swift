import Guest
import RISCV
import Target

/// Where a run is to stop besides its breakpoints: a place that a command runs to.
struct Until {
    /// The address (GVA).
    var address: GuestVirtualAddress
    /// The stack pointer must be at least this: a deeper call of the same function is passed. nil for any.
    var stack: UInt64?
    /// The vCPU that is to come there; set for the run.
    var vcpu = 0
    /// Where it is in physical memory: the guest may know the place by another name when it comes there.
    var place: GuestPhysicalAddress?
}

extension Session {
    /// Whether the guest, with pc at the site at `place`, is where one of `until` wants it.
    func arrived(at place: GuestPhysicalAddress, _ until: [Until]) throws(DebuggerError) -> Bool {
        for goal in until where goal.place == place && goal.vcpu == currentVCPU {
            guard let stack = goal.stack else { return true }
            if try registerValue(.sp) >= stack { return true }
        }
        return false
    }

    /// Lets the guest run until it is where one of `until` wants it, or stops for another reason. Throws `.unmapped` where
    /// there is no memory to stop at, `.guestDebugOff` and `.target`.
    func run(
        _ guest: Guest, from stopped: GuestVirtualAddress?, until: [Until]
    ) throws(DebuggerError) -> Stop {
        if !guestDebug { throw .guestDebugOff }
        try prepareRun(guest)
        var until = until
        let outcome: Result<Stop, DebuggerError>
        do throws(DebuggerError) {
            for index in until.indices {
                let place = try physical(of: .virtual(until[index].address))
                do throws(TargetError) { try guest.sites.add(place) } catch { throw .target(error) }
                until[index].place = place
                until[index].vcpu = guest.current
            }
            outcome = .success(try runOn(guest, from: stopped, until: until))
        } catch { outcome = .failure(error) }
        for place in until.compactMap({ $0.place }) {
            do throws(TargetError) { try guest.sites.remove(place) } catch { throw .target(error) }
        }
        return try outcome.get()
    }
}
