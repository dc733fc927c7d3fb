import Guest
import KVM
import RISCV

/// What a device tree tells of a hart, as its vCPU really has it.
struct HartFacts {
    /// "rv64imafdc_zba_zbb": `riscv,isa`.
    var isa: String
    /// "i", "m", … "zba": `riscv,isa-extensions`.
    var extensions: [String]
    /// The ticks of its `time` in a second.
    var timebaseFrequency: UInt64
    /// "riscv,sv48"; nil without paging.
    var mmuType: String?
    /// The bytes of a block that Zicbom's instructions work on; nil without it.
    var zicbomBlockSize: UInt32?
    /// The same of Zicboz.
    var zicbozBlockSize: UInt32?
}

extension HartFacts {
    /// Asks `vcpu`. Throws `.ioctl`.
    init(_ vcpu: VirtualCPU) throws(KVMError) {
        let names = ISAExtensions.names { (id) throws(Never) -> UInt64? in vcpu.known(id) }
        self.init(
            isa: ISAExtensions.text(of: names), extensions: names, timebaseFrequency: try vcpu.word(.timerFrequency))
        if let number = vcpu.known(.satpMode), let mode = PagingMode(rawValue: UInt8(truncatingIfNeeded: number)),
            mode != .bare
        {
            mmuType = "riscv," + mode.name.lowercased()
        }
        if names.contains("zicbom") {
            zicbomBlockSize = vcpu.known(.zicbomBlockSize).map { UInt32(truncatingIfNeeded: $0) }
        }
        if names.contains("zicboz") {
            zicbozBlockSize = vcpu.known(.zicbozBlockSize).map { UInt32(truncatingIfNeeded: $0) }
        }
    }
}

extension VirtualCPU {
    /// A register of eight bytes; nil where the kernel does not have it.
    fileprivate func known(_ id: RegisterID) -> UInt64? {
        do throws(KVMError) { return try word(id) } catch { return nil }
    }
}
