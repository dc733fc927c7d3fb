import Guest
import KVM
import Target

/// The SBI calls that the kernel leaves to the host: the console, and the sleep of the system. Everything else is not supported.
///
/// RISC-V SBI specification, chapters "Legacy Extensions", "Debug Console Extension" and "System Suspend Extension". A kernel without
/// `CONFIG_RISCV_SBI_V01` (Debian's) refuses the legacy calls itself, although its register says that they are enabled.
struct SBI {
    let ram: GuestRAM
    let console: any Console
    let input: ConsoleInput

    /// What the guest finds in a0 and a1.
    struct Answer: Equatable {
        var a0: UInt64
        var a1: UInt64
        /// Whether the guest is to stop behind the call.
        var stops = false

        static let notSupported = Answer(a0: UInt64(bitPattern: -2), a1: 0)
        static let invalidParameter = Answer(a0: UInt64(bitPattern: -3), a1: 0)
        static func success(_ value: UInt64, stops: Bool = false) -> Answer { Answer(a0: 0, a1: value, stops: stops) }
    }

    static let legacyPutchar: UInt64 = 0x01
    static let legacyGetchar: UInt64 = 0x02
    static let debugConsole: UInt64 = 0x4442_434E  // "DBCN"
    static let systemSuspend: UInt64 = 0x5355_5350  // "SUSP"

    func answer(_ call: SBICall) -> Answer {
        guard call.arguments.count == 6 else { return .invalidParameter }
        switch call.extension {
        case Self.legacyPutchar:
            let stops = print(UInt8(truncatingIfNeeded: call.arguments[0]), on: console)
            // A legacy call keeps a1, which the kernel overwrites.
            return Answer(a0: 0, a1: call.arguments[1], stops: stops)
        case Self.legacyGetchar:
            return Answer(a0: input.next().map { UInt64($0) } ?? UInt64(bitPattern: -1), a1: call.arguments[1])
        case Self.debugConsole:
            return answerDebugConsole(call)
        case Self.systemSuspend where call.function == 0:
            // The kernel has seen to it that the vCPU resumes where it is to, as soon as it runs: it wakes up at once.
            return .success(0)
        default:
            return .notSupported
        }
    }

    private func answerDebugConsole(_ call: SBICall) -> Answer {
        switch call.function {
        case 0:  // console_write: byte count, address low, address high
            guard call.arguments[2] == 0 else { return .invalidParameter }
            return write(at: GuestPhysicalAddress(call.arguments[1]), count: call.arguments[0])
        case 1:  // console_read: byte count, address low, address high
            guard call.arguments[2] == 0 else { return .invalidParameter }
            return read(to: GuestPhysicalAddress(call.arguments[1]), count: call.arguments[0])
        case 2:  // console_write_byte
            return .success(0, stops: print(UInt8(truncatingIfNeeded: call.arguments[0]), on: console))
        default:
            return .notSupported
        }
    }

    /// The answer tells how many bytes were printed; fewer than were asked for are allowed, and the guest asks again.
    private func write(at address: GuestPhysicalAddress, count: UInt64) -> Answer {
        guard ram.region.contains(address, count: count) else { return .invalidParameter }
        var bytes = [UInt8](repeating: 0, count: Int(min(count, 1 << 16)))
        let result = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(MachineError) in try ram.read(at: address, into: buffer) }
        }
        guard case .success = result else { return .invalidParameter }
        let stops = bytes.withUnsafeBufferPointer { console.write($0) }
        return .success(UInt64(bytes.count), stops: stops)
    }

    /// The answer tells how many bytes were typed and are now at `address`; none is no error.
    private func read(to address: GuestPhysicalAddress, count: UInt64) -> Answer {
        guard ram.region.contains(address, count: count) else { return .invalidParameter }
        var done: UInt64 = 0
        while done < count, let byte = input.next() {
            _ = ram.setWord(UInt64(byte), at: address + done, count: 1)
            done += 1
        }
        return .success(done)
    }
}
