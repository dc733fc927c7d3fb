import Host
import KVM
import Target

// Guests with several vCPUs, or at a keyboard: each vCPU runs in a thread of its own, and whichever comes back first with something to tell stops all.
extension Machine {
    /// As `run`, in threads: of the selected vCPU alone, or of all. Afterwards all are stopped, and that vCPU is the selected one which
    /// the event is of.
    func runInThreads(alone: Bool) throws(TargetError) -> TargetEvent {
        if !alone, !pendingEvents.isEmpty {
            let pending = pendingEvents.removeFirst()
            selectedVCPU = pending.vcpu
            return pending.event
        }
        let threads = try makeThreads()
        Interruption.wake(threads.wakeDescriptor)
        defer { Interruption.wake(nil) }
        var running = [Bool](repeating: false, count: harts.count)
        var runningCount = 0
        func start(_ index: Int) {
            threads.start(index)
            running[index] = true
            runningCount += 1
        }
        var told = (vcpu: selectedVCPU, event: nil as TargetEvent?)
        func stopAll(for event: TargetEvent, of vcpu: Int) {
            told = (vcpu, event)
            for index in running.indices where running[index] { threads.kick(index) }
        }
        let first = selectedVCPU
        for index in harts.indices where !alone || index == first { start(index) }
        while runningCount > 0 {
            if told.event == nil, let event = signalEvent { stopAll(for: event, of: first) }
            let index: Int
            let outcome: Result<Exit, KVMError>
            let nanoseconds: UInt64
            switch threads.wait(input: told.event == nil ? keyboard?.descriptor : nil) {
            case .woken: continue
            case .input:
                if let bytes = keyboard?.read() { input.append(bytes) } else { stopAll(for: .interrupted, of: first) }
                continue
            case .back(let number, let result, let time): (index, outcome, nanoseconds) = (number, result, time)
            }
            running[index] = false
            runningCount -= 1
            selectedVCPU = index
            let event = came(outcome, at: MonotonicClock.nanoseconds, after: nanoseconds)
            if event == .trap, told.event == nil, !alone, trapJudge?.letsPass() == true {
                start(index)
                continue
            }
            switch (event, told.event) {
            case (nil, nil): start(index)
            case (let event?, nil): stopAll(for: event, of: index)
            case (let event?, _): keep(event, of: index)
            case (nil, _): break
            }
        }
        selectedVCPU = told.vcpu
        return told.event ?? .interrupted
    }

    /// Keeps what another vCPU has to tell, which was stopped meanwhile, for the next run of all. An access that is still to come is
    /// tried again then.
    private func keep(_ event: TargetEvent, of vcpu: Int) {
        switch event {
        case .blocked, .interrupted, .timeLimit, .deadline: break
        default: pendingEvents.append((vcpu, event))
        }
    }

    private func makeThreads() throws(TargetError) -> VCPUThreads {
        if let threads { return threads }
        do throws(KVMError) {
            let made = try VCPUThreads(harts.map { $0.vcpu })
            threads = made
            return made
        } catch { throw .host(error.message) }
    }
}
