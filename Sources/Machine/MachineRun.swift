import CKVM
import Guest
import Host
import KVM
import RISCV
import Target

extension Machine {
    /// Lets the guest run until there is something to tell; console output and the SBI calls that are answered here are
    /// not.
    ///
    /// SIGINT ends it with `.interrupted`, at once when it came before (`Interruption.isPending`): the caller clears it. Other
    /// signals, as Ctrl-Z and the "fg" after it, do not. Throws `.host` when the guest cannot run any more, with the reason.
    public func run(limit: UInt64?, alone: Bool) throws(TargetError) -> TargetEvent {
        if let endReason, alone || pendingEvents.isEmpty { throw .host("The guest cannot go on: \(endReason)") }
        if codeMayBeStale {
            if let errno = Errno(result: ckvm_flush_icache()) {
                throw .host(KVMError.ioctl("riscv_flush_icache", errno).message)
            }
            codeMayBeStale = false
        }
        if let limit { Interruption.startTimer(milliseconds: limit) }
        defer { if limit != nil { Interruption.stopTimer() } }
        if harts.count > 1 || keyboard != nil { return try runInThreads(alone: alone) }
        vcpu.page.immediateExit = 0
        Interruption.watch(vcpu.page.immediateExitFlag)
        defer { Interruption.watch(nil) }
        while true {
            let entered = MonotonicClock.nanoseconds
            let passed = vcpu.passedStores
            let outcome: Result<Exit, KVMError>
            do throws(KVMError) { outcome = .success(try enterGuest()) } catch { outcome = .failure(error) }
            let left = MonotonicClock.nanoseconds
            exitCounts.countPassedStores(vcpu.passedStores &- passed)
            if let event = came(outcome, at: left, after: left &- entered) { return event }
            if case .success(.interrupted) = outcome, let event = signalEvent { return event }
        }
    }

    /// Answers what the selected vCPU came back for, at the time `left` of the monotonic clock, after so many nanoseconds in
    /// `KVM_RUN`; nil when it is to go on.
    func came(
        _ outcome: Result<Exit, KVMError>, at left: UInt64, after nanoseconds: UInt64
    ) -> TargetEvent? {
        exitCounts.guestNanoseconds &+= nanoseconds
        let exit: Exit
        switch outcome {
        case .success(let success): exit = success
        case .failure(let error):
            exitCounts.countFailure()
            // The exit before, if one was pending, is completed before anything else is done.
            hart.isCompletionPending = false
            return isBlocked(error) ? answerUndecoded() : end(runFailure(error))
        }
        exitCounts.count(exit, reason: vcpu.page.reason)
        hart.isCompletionPending = exit.awaitsCompletion
        let trace = observed.isEmpty ? nil : beginTrace(exit)
        let event = answer(exit)
        exitRing.record(
            vcpu.page, isInterruption: exit == .interrupted, nanoseconds: left &- made)
        if let trace { endTrace(exit, trace) }
        return event
    }

    /// What the signals that came ask for.
    var signalEvent: TargetEvent? {
        if Interruption.isPending { return .interrupted }
        if Interruption.isDeadlineOver { return .deadline }
        return Interruption.isTimeOver ? .timeLimit : nil
    }

    /// Has the runs end in so many nanoseconds; see `Target`.
    public func setDeadline(_ nanoseconds: UInt64?) throws(TargetError) {
        guard let nanoseconds else { return Interruption.stopDeadline() }
        if let errno = Interruption.startDeadline(nanoseconds: nanoseconds) {
            throw .host("The time of the guest cannot be limited: timer_settime: \(errno.description).")
        }
    }

    /// Finishes the instruction of the last exit without letting the guest run on.
    func completePendingExit() throws(TargetError) {
        guard hart.isCompletionPending else { return }
        vcpu.page.immediateExit = 1
        exitCounts.countCompletion()
        do throws(KVMError) { _ = try vcpu.run() } catch { throw .host(error.message) }
        hart.isCompletionPending = false
    }

    /// Does what the exit asks for; nil when the guest is to go on.
    private func answer(_ exit: Exit) -> TargetEvent? {
        switch exit {
        case .debug: return .trap
        case .interrupted: return nil
        case .riscvSBI(let call):
            let result = sbi.answer(call)
            vcpu.page.setSBIResult(a0: result.a0, a1: result.a1)
            return result.stops ? .console : nil
        case .mmio(let access):
            if let page = watched[access.address] { return answerWatched(access, on: page) }
            if let (device, offset) = bus.device(at: access.address, byteCount: access.byteCount) {
                return answer(access, by: device, at: offset)
            }
            vcpu.page.setMMIOData(answers.load)
            return .unhandled(access.sentence(pc: pc, answer: vcpu.page.mmioData(byteCount: access.byteCount)))
        case .riscvCSR(let access):
            vcpu.page.setCSRResult(answers.csr)
            return .unhandled(access.sentence(pc: pc, answer: answers.csr))
        case .systemEvent(let type, let data):
            return systemEvent(type, data)
        default:
            return end("\(exit.sentence)\(place).")
        }
    }

    /// Whether a failed run may have failed for a page that is watched: an instruction that KVM cannot decode, or a misaligned
    /// access, which it refuses with EIO.
    private func isBlocked(_ error: KVMError) -> Bool {
        watched.hasClosedPage && (error == .run(Errno(EOPNOTSUPP)) || error == .run(Errno(EIO)))
    }

    /// Has `device` answer the access; what is to be told, if anything.
    private func answer(_ access: MMIO, by device: any Device, at offset: UInt64) -> TargetEvent? {
        guard access.isWrite else {
            vcpu.page.setMMIOData(device.load(at: offset, byteCount: access.byteCount))
            return nil
        }
        let event = device.store(access.value, at: offset, byteCount: access.byteCount)
        switch event {
        case .exited: endReason = "it has ended its machine. Start it again."
        case .reset: endReason = "it has asked for a reset. Start it again."
        default: break
        }
        return event
    }

    private func systemEvent(_ type: UInt32, _ data: [UInt64]) -> TargetEvent {
        let reason = data.first ?? 0
        switch Int32(bitPattern: type) {
        case KVM_SYSTEM_EVENT_SHUTDOWN:
            endReason = "it has shut down. Start it again."
            return .shutdown(reason: reason)
        case KVM_SYSTEM_EVENT_RESET:
            endReason = "it has asked for a reset. Start it again."
            return .reset(reason: reason)
        case KVM_SYSTEM_EVENT_CRASH:
            return end("The guest reported that it crashed (KVM_SYSTEM_EVENT_CRASH)\(place).")
        default:
            return end("KVM reported the system event \(type), which is none of RISC-V's\(place).")
        }
    }

    func end(_ reason: String) -> TargetEvent {
        endReason = reason
        return .fatal(reason)
    }

    /// pc as it is now, that is at the instruction that exited.
    var pc: GuestVirtualAddress? { register(.pc).map { GuestVirtualAddress($0) } }

    private func register(_ id: RegisterID) -> UInt64? {
        do throws(KVMError) { return try vcpu.word(id) } catch { return nil }
    }

    /// " at pc 0x80000000", for the end of a sentence.
    private var place: String { pc.map { " at pc \($0.description)" } ?? "" }

    /// What a `KVM_RUN` that failed says about the guest.
    private func runFailure(_ error: KVMError) -> String {
        guard case .run(let errno) = error, let pc, let satp = register(.satp) else { return error.message }
        let failure = RunFailure(errno: errno, pc: pc, isPaging: satp >> 60 != 0, ram: ram.region)
        guard let stvec = register(.stvec), let scause = register(.scause),
            let sepc = register(.sepc)
        else { return failure.sentence }
        return failure.sentence + failure.trapSentence(stvec: stvec, scause: scause, sepc: GuestVirtualAddress(sepc))
    }
}
