import Guest
import RISCV
import Target

/// Where a run is to stop besides its breakpoints: a place that a command runs to.
struct Until {
    /// The address (GVA).
    var address: GuestVirtualAddress
    /// The stack pointer must be at least this: a deeper call of the same function is passed. nil for any.
    var stack: UInt64?
}

extension Session {
    /// Whether the guest at `pc` is where one of `until` wants it.
    func arrived(_ pc: GuestVirtualAddress, _ until: [Until]) throws(DebuggerError) -> Bool {
        for place in until where place.address == pc {
            guard let stack = place.stack else { return true }
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
        var added: [GuestPhysicalAddress] = []
        let outcome: Result<Stop, DebuggerError>
        do throws(DebuggerError) {
            for place in until {
                let physical = try physical(of: .virtual(place.address))
                do throws(TargetError) { try guest.sites.add(physical) } catch { throw .target(error) }
                added.append(physical)
            }
            outcome = .success(try runOn(guest, from: stopped, until: until))
        } catch { outcome = .failure(error) }
        for physical in added {
            do throws(TargetError) { try guest.sites.remove(physical) } catch { throw .target(error) }
        }
        return try outcome.get()
    }
}
