import CKVM
import Guest
import Host

extension VirtualCPU {
    /// Fills `buffer`, which is as long as the register, little-endian.
    ///
    /// The corresponding ioctl is `KVM_GET_ONE_REG`. Available with `KVM_CAP_ONE_REG`. Throws `.registerSize` and
    /// `.register`.
    public func readRegister(_ id: RegisterID, into buffer: UnsafeMutableRawBufferPointer) throws(KVMError) {
        guard let base = buffer.baseAddress, buffer.count == id.byteCount else {
            throw .registerSize(id, buffer.count)
        }
        // SAFETY: the kernel writes as many bytes as the id says, and so many there are.
        if let errno = Errno(result: counts.counted(.getOneReg, ckvm_get_one_reg(file.number, id.rawValue, base))) {
            throw .register("KVM_GET_ONE_REG", id, errno)
        }
    }

    /// Sets a register from `bytes`, which are as long as the register, little-endian.
    ///
    /// The corresponding ioctl is `KVM_SET_ONE_REG`. Available with `KVM_CAP_ONE_REG`. Throws `.registerSize` and
    /// `.register`.
    public func writeRegister(_ id: RegisterID, from bytes: UnsafeRawBufferPointer) throws(KVMError) {
        guard let base = bytes.baseAddress, bytes.count == id.byteCount else {
            throw .registerSize(id, bytes.count)
        }
        // SAFETY: the kernel reads as many bytes as the id says, and so many there are.
        if let errno = Errno(result: counts.counted(.setOneReg, ckvm_set_one_reg(file.number, id.rawValue, base))) {
            throw .register("KVM_SET_ONE_REG", id, errno)
        }
    }

    /// The ids of all registers that the vCPU has, in the kernel's order.
    ///
    /// The corresponding ioctl is `KVM_GET_REG_LIST`. Available with `KVM_CAP_ONE_REG`, on RISC-V since Linux 6.6.
    /// Throws `.ioctl`.
    public func registerList() throws(KVMError) -> [RegisterID] {
        // The kernel refuses a list that is too short with E2BIG and writes into it how long it must be.
        var list: [UInt64] = [0]
        for _ in 0..<4 {
            let errno = Errno(result: counts.counted(.getRegList, ckvm_get_reg_list(file.number, &list)))
            let count = Int(clamping: list[0])
            switch errno {
            case nil:
                return list.dropFirst().prefix(count).map { RegisterID($0) }
            case Errno(E2BIG)? where count < 1 << 16:
                list = [UInt64](repeating: 0, count: count + 1)
                list[0] = UInt64(count)
            case let errno?:
                throw .ioctl("KVM_GET_REG_LIST", errno)
            }
        }
        throw .ioctl("KVM_GET_REG_LIST", Errno(E2BIG))
    }
}
