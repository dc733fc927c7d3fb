import Target

extension Session {
    /// Where the guest was stopped from outside: that it would never have come to an end, since none of its vCPUs runs.
    ///
    /// KVM does not tell when the last one stops: `KVM_RUN` waits for a `hart_start` that no vCPU can call.
    func standstillNote(_ stop: Stop) throws(DebuggerError) -> String? {
        guard stop.reason == .interrupt || stop.reason == .timeout else { return nil }
        for number in 0..<vcpuCount {
            let status = try withVCPU(number) { () throws(DebuggerError) in try vcpuStatus() }
            if !status.isStopped { return nil }
        }
        let all = vcpuCount == 1 ? "The virtual CPU is stopped" : "All \(vcpuCount) virtual CPUs are stopped"
        return all + ", by the SBI's hart_stop or by \"mpstate\"; \"mpstate runnable\" lets the current one run."
    }
}
