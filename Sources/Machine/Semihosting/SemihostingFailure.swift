import Guest
import Host

/// Why a semihosting call was not carried out.
enum SemihostingFailure: Error {
    /// As a program expects it to happen: it asks for the number with SYS_ERRNO.
    case refused(Errno)
    /// What the call names is no memory of the guest's: a mistake in the guest, to be told. `what` as in "the block of its arguments".
    case noMemory(what: String, GuestVirtualAddress)
    /// There is no zero in so many bytes.
    case endlessText(GuestVirtualAddress, byteCount: Int)
    /// There is no operation of this number.
    case unknown(UInt32)

    /// The number that the guest is given.
    var errno: Errno {
        switch self {
        case .refused(let errno): return errno
        case .noMemory: return .badAddress
        case .endlessText: return .tooLong
        case .unknown: return .noFunction
        }
    }

    /// What is told of the call `operation` at `pc`, to which the guest got the answer `result`; nil where there is nothing to tell.
    func sentence(_ operation: SemihostingOperation?, at pc: GuestVirtualAddress, result: UInt64) -> String? {
        let call = "The semihosting call \(operation?.name ?? "") at \(pc.description)"
        let end = "it was refused with \(Int64(bitPattern: result)), \(errno.name)."
        switch self {
        case .refused: return nil
        case .noMemory(let what, let address):
            return "\(call) has \(what) at \(address.description), where the guest has no RAM: \(end)"
        case .endlessText(let address, let byteCount):
            return "\(call) has a text at \(address.description) that does not end in \(byteCount) bytes: \(end)"
        case .unknown(let number):
            return "There is no semihosting call \(hex(number)), which the guest made at \(pc.description): \(end)"
        }
    }
}

/// The value of `body`; an error of the host's is one that the guest is told.
func refusing<T>(_ body: () throws(Errno) -> T) throws(SemihostingFailure) -> T {
    do throws(Errno) { return try body() } catch { throw .refused(error) }
}
