import Guest
import KVM
import RISCV
import Target

extension Machine {
    /// Puts the program, and what goes with it, into RAM, which is still zero, and the vCPU into the state in which firmware starts a
    /// kernel: S-mode, paging off, pc at the entry, a0 = hart id 0, a1 = the device tree's address (GPA), or 0 where there is no room
    /// for one. Throws `.kvm`, `.load` and `.outsideRAM`.
    ///
    /// A new vCPU is in S-mode with satp 0 and all else 0 already (`Documentation/arch/riscv/boot.rst`; SBI specification, section
    /// "Hart State Management").
    public func load(_ plan: BootPlan) throws(MachineError) {
        for segment in plan.program.segments { try write(segment.fileBytes, at: segment.physical) }
        if let initrd = plan.initrd { try write(initrd.bytes[...], at: initrd.start) }
        if let place = plan.deviceTree {
            let tree = try makeDeviceTree(plan, capacity: Int(place.byteCount))
            try write(tree[...], at: place.start)
            deviceTree = tree
        }
        semihosting.heap = plan.freeMemory(of: ram.region)
        codeMayBeStale = true
        try kvm { () throws(KVMError) in
            try vcpu.setMultiprocessingState(.runnable)
            for (register, value) in [
                (RegisterID.pc, plan.program.entry.value), (.a0, UInt64(vcpu.id)),
                (.a1, plan.deviceTree?.start.value ?? 0),
            ] {
                try vcpu.setWord(register, value)
            }
        }
    }

    /// The device tree by `plan`.
    private func makeDeviceTree(_ plan: BootPlan, capacity: Int) throws(MachineError) -> [UInt8] {
        let initrd = plan.initrd.map { MemoryRegion(start: $0.start, byteCount: UInt64($0.bytes.count)) }
        if let own = plan.ownTree {
            return try DeviceTreeBlob.chosen(own, commandLine: plan.commandLine, initrd: initrd, capacity: capacity)
        }
        let hart = try kvm { () throws(KVMError) in try HartFacts(vcpu) }
        let tree = MachineTree(
            hart: hart, vcpuCount: harts.count, ram: ram.region, commandLine: plan.commandLine, initrd: initrd)
        guard let blob = tree.blob(capacity: capacity) else {
            throw .load(.deviceTree("the description of the machine takes more than \(capacity) bytes"))
        }
        return blob
    }

    private func write(_ bytes: ArraySlice<UInt8>, at address: GuestPhysicalAddress) throws(MachineError) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(MachineError) in try ram.write(bytes, at: address) }
        }
        try result.get()
    }
}
