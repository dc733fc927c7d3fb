import Guest
import Target

extension TinyHart {
    var memorySlots: [SlotStatus] { slots }

    func vcpuStatus() throws(TargetError) -> VCPUStatus {
        VCPUStatus(
            id: 0, multiprocessingState: multiprocessingState == 0 ? "runnable" : "stopped", guestDebug: guestDebug,
            pendingExit: pendingExit)
    }

    func statistics() throws(TargetError) -> [StatisticGroup] {
        if let statisticsRefusal { throw statisticsRefusal }
        return statisticGroups
    }

    var deviceTree: [UInt8]? { blob }

    var runCounts: RunCounts { counts }

    var latestExits: [ExitRecord] { exits }

    func observe(_ kinds: ExitKinds, by observer: (any ExitObserver)?) {
        observed = kinds
        self.observer = observer
    }

    /// Tells the observer of `record`, if it wants to know.
    func exit(_ record: ExitRecord) {
        exits.append(ExitRecord(record.event, pc: nil, nanoseconds: record.nanoseconds))
        if observed.contains(record.kind) { observer?.exited(record) }
    }
}
