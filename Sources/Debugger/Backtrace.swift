import Guest
import RISCV

/// One place in the chain of calls that led to where the guest stands.
public struct BacktraceFrame: Equatable, Sendable {
    /// How the place was found.
    public enum Source: Equatable, Sendable {
        /// It is the pc.
        case pc
        /// It is the value of ra: the caller, unless the function has called others since and come back.
        case returnAddress
        /// It was saved in the frame to which s0, or the frame before, points.
        case frame(GuestVirtualAddress)
    }

    /// The place: the next instruction to run there.
    public var pc: GuestVirtualAddress
    /// How it was found.
    public var source: Source
}

/// Why a backtrace goes no further.
public enum BacktraceEnd: Equatable, Sendable {
    /// The frame pointer is zero, or what was saved is: the outermost function.
    case outermost
    /// s0, or what was saved of it, is no frame pointer: the reason.
    case noFrame(GuestVirtualAddress, String)
    /// As many frames as were asked for.
    case limit
}

extension Session {
    /// The pc, ra, and the return addresses in the chain of frames that s0 points to, where it looks like one: a function
    /// that keeps a frame pointer saves ra at s0 - 8 and the caller's s0 at s0 - 16 (RISC-V ELF psABI, "Frame Pointer
    /// Convention"). At most `limit` places. Throws `.noGuest` and `.target`.
    public func backtrace(limit: Int) throws(DebuggerError) -> (frames: [BacktraceFrame], end: BacktraceEnd) {
        var frames = [BacktraceFrame(pc: try pc(), source: .pc)]
        let returnAddress = GuestVirtualAddress(try integerRegister(1))
        let isReturnAddressCode = isCode(returnAddress)
        if isReturnAddressCode { frames.append(BacktraceFrame(pc: returnAddress, source: .returnAddress)) }

        var frame = GuestVirtualAddress(try integerRegister(8))
        var lowest = GuestVirtualAddress(try registerValue(.sp))
        while frames.count < limit {
            if frame.value == 0 { return (frames, .outermost) }
            if let why = reasonAgainst(frame, above: lowest) { return (frames, .noFrame(frame, why)) }
            guard let saved = try? bytes(at: frame - 16, count: 16) else {
                return (frames, .noFrame(frame, "there is no memory at what it points to"))
            }
            let caller = GuestVirtualAddress(littleEndian(saved[8..<16]))
            if caller.value == 0 { return (frames, .outermost) }
            guard isCode(caller) else {
                return (frames, .noFrame(frame, "it has no return address to code, but \(caller.description)"))
            }
            // The function that has just been entered, or calls no other, has ra in its register and in its frame.
            let isKnown = frames.count == 2 && isReturnAddressCode && caller == returnAddress
            if isKnown { frames.removeLast() }
            frames.append(BacktraceFrame(pc: caller, source: .frame(frame)))
            lowest = frame
            frame = GuestVirtualAddress(littleEndian(saved[0..<8]))
        }
        return (frames, .limit)
    }

    /// Why `frame` is no frame pointer, seen from a frame or a stack pointer `lowest`; nil when it may be one.
    private func reasonAgainst(_ frame: GuestVirtualAddress, above lowest: GuestVirtualAddress) -> String? {
        if frame.value % 8 != 0 { return "it is no multiple of 8" }
        if frame <= lowest { return "it does not lie above the frame before it" }
        if frame - lowest > 1 << 24 { return "it lies more than 16 MiB above the frame before it" }
        return nil
    }

    /// Whether there can be an instruction at `address`: it is even and memory is there.
    private func isCode(_ address: GuestVirtualAddress) -> Bool {
        guard address.value != 0, address.value & 1 == 0 else { return false }
        return (try? bytes(at: address, count: 2)) != nil
    }
}
