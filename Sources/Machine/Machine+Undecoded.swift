import Guest
import KVM
import RISCV
import Target

// Accesses to watched pages by instructions that KVM cannot decode, and misaligned ones, which it refuses.
extension Machine {
    /// Carries out the instruction at pc, with which `KVM_RUN` failed, if it is a floating-point store, an atomic operation, or a
    /// misaligned integer access to a watched page: a hundred times as fast as opening the page for it. What is to be
    /// told; nil where the guest just goes on; `.blocked` for all else.
    func answerUndecoded() -> TargetEvent? {
        do throws(KVMError) {
            let origin = try AccessOrigin(vcpu, ram)
            guard let operand = origin.operand, origin.isDue(watched), operand.byteCount <= 8 else { return .blocked }
            switch operand.kind {
            case .store: return try store(operand, origin)
            case .load where !operand.isFloat: return try load(operand, origin)
            case .atomic: return try atomic(operand, origin)
            default: return .blocked
            }
        } catch { return end(error.message) }
    }

    private func store(_ operand: MemoryAccess, _ origin: AccessOrigin) throws(KVMError) -> TargetEvent? {
        guard let source = operand.source else { return .blocked }
        let value: UInt64
        if operand.isFloat {
            // A vCPU without D is not worth more than stepping.
            guard let id = RegisterID.f(source) else { return .blocked }
            do throws(KVMError) { value = try vcpu.word(id) } catch { return .blocked }
        } else {
            value = try word(source)
        }
        let event = store(value, to: origin.accessed, at: origin.pc)
        try vcpu.setWord(.pc, origin.next.value)
        return event
    }

    private func load(_ operand: MemoryAccess, _ origin: AccessOrigin) throws(KVMError) -> TargetEvent? {
        guard let region = origin.accessed.first,
            let value = ram.word(at: region.start, count: operand.byteCount)
        else { return .blocked }
        if let destination = origin.destination { try vcpu.setWord(destination, operand.extended(value)) }
        try vcpu.setWord(.pc, origin.next.value)
        let isTold = watched[region.start]?.tellsLoad(of: region) ?? false
        return isTold ? tell([region], reads: true, writes: false, at: origin.pc) : nil
    }

    /// No other hart can come between the load and the store: the guest has one vCPU, and it does not run.
    private func atomic(_ operand: MemoryAccess, _ origin: AccessOrigin) throws(KVMError) -> TargetEvent? {
        guard let operation = origin.instruction?.atomicOperation, let source = operand.source,
            origin.address.value % UInt64(operand.byteCount) == 0, let region = origin.accessed.first,
            let old = ram.word(at: region.start, count: operand.byteCount)
        else { return .blocked }
        let new = operation.result(old, try word(source), byteCount: operand.byteCount)
        let event = store(new, to: [region], at: origin.pc, reads: true)
        if let destination = origin.destination { try vcpu.setWord(destination, operand.extended(old)) }
        try vcpu.setWord(.pc, origin.next.value)
        return event
    }

    /// x`number`.
    private func word(_ number: UInt8) throws(KVMError) -> UInt64 {
        try RegisterID.x(number).map { (id) throws(KVMError) in try vcpu.word(id) } ?? 0
    }
}
