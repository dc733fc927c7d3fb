import Guest
import Host
import Target

/// The services that a guest asks of its debugger by semihosting: the console, the time, an exit with a code, and files, where a
/// folder is given for them.
///
/// RISC-V Semihosting 0.2, with the calls of Arm's "Semihosting for AArch32 and AArch64"; what is left open there is as QEMU does it.
final class Semihosting {
    let console: any Console
    let input: ConsoleInput
    /// Whose files the guest can use; nil for none.
    var folder: ConfinedFolder?
    /// What the guest is told as its command line.
    var commandLine: [UInt8] = []
    /// The RAM that the program, and what was loaded with it, leave free (GPA).
    var heap = MemoryRegion(start: GuestPhysicalAddress(0), byteCount: 0)
    /// Whether somebody types: then the guest waits for it, else it is at the end of what can be read.
    var isAttended = false
    /// The files that are open, by their handles, from 1 on.
    var files: [SemihostingFile?] = []
    /// Whether the console said what was waited for.
    var isHeard = false
    private var errno = Errno(0)
    private let start = MonotonicClock.nanoseconds

    /// No guest has more files open.
    static let largestHandle = 64

    /// Over the console `console`, at which `input` is typed.
    init(console: any Console, input: ConsoleInput) {
        self.console = console
        self.input = input
    }

    /// Carries out the call with `operation` in a0 and `parameter` in a1 that the vCPU made at `pc`.
    func answer(
        _ number: UInt32, _ parameter: UInt64, _ space: AddressSpace, at pc: GuestVirtualAddress
    ) -> SemihostingOutcome {
        isHeard = false
        let operation = SemihostingOperation(rawValue: number)
        let memory = SemihostingMemory(space: space, block: GuestVirtualAddress(parameter))
        let failure: SemihostingFailure
        do throws(SemihostingFailure) {
            guard let operation else { throw .unknown(number) }
            var outcome = try carryOut(operation, memory)
            if outcome.event == nil, isHeard { outcome.event = .console }
            return outcome
        } catch { failure = error }
        errno = failure.errno
        var result = UInt64.max
        // Of these two the result is how much was not moved.
        if operation == .read || operation == .write, let count = try? memory.argument(2) { result = count }
        return SemihostingOutcome(
            result: result, event: failure.sentence(operation, at: pc, result: result).map { .unhandled($0) })
    }

    private func carryOut(
        _ operation: SemihostingOperation, _ memory: SemihostingMemory
    ) throws(SemihostingFailure) -> SemihostingOutcome {
        let result: UInt64
        switch operation {
        case .writeCharacter:
            say(try memory.bytes(at: memory.block, count: 1, "a character"))
            result = 0
        case .writeText:
            say(try memory.text(at: memory.block))
            result = 0
        case .readCharacter:
            guard let byte = input.next() else { return isAttended ? SemihostingOutcome() : .failed }
            result = UInt64(byte)
        case .open: result = try open(memory)
        case .close: result = try close(memory)
        case .write: result = try write(memory)
        case .read:
            guard let left = try read(memory) else { return SemihostingOutcome() }
            result = left
        case .isTerminal:
            switch try file(memory.argument(0)) {
            case .input, .output: result = 1
            case .features, .file: result = 0
            }
        case .seek: result = try seek(memory)
        case .length: result = try length(memory)
        case .remove: result = try remove(memory)
        case .rename: result = try rename(memory)
        case .isError: result = Int64(bitPattern: try memory.argument(0)) < 0 ? 1 : 0
        case .errno: result = UInt64(errno.number)
        // The host's own commands, and names in a folder of its own, are none of the guest's business.
        case .system, .temporaryName: throw .refused(.permissionDenied)
        case .clock: result = elapsed / 10_000_000
        case .time: result = UInt64(bitPattern: WallClock.seconds)
        case .elapsed:
            try memory.write(elapsed, at: memory.block, "the place for the time")
            result = 0
        case .tickFrequency: result = 1_000_000_000
        case .commandLine: result = try tellCommandLine(memory)
        case .heapInfo: result = try tellHeap(memory)
        case .exit, .exitExtended: return try exit(memory)
        }
        return SemihostingOutcome(result: result)
    }

    /// Nanoseconds since the machine was made.
    private var elapsed: UInt64 { MonotonicClock.nanoseconds &- start }

    /// Prints `bytes` on the console.
    func say(_ bytes: [UInt8]) { if bytes.withUnsafeBufferPointer({ console.write($0) }) { isHeard = true } }

    /// Puts the command line, with a zero behind it, to where the guest has room for it, and its length into the block.
    private func tellCommandLine(_ memory: SemihostingMemory) throws(SemihostingFailure) -> UInt64 {
        let room = try memory.argument(1)
        guard room > UInt64(commandLine.count) else { throw .refused(.tooLong) }
        let address = GuestVirtualAddress(try memory.argument(0))
        try memory.write(commandLine + [0], at: address, "the room for the command line")
        try memory.write(UInt64(commandLine.count), at: memory.block + 8, "the block of its arguments")
        return 0
    }

    /// Tells where there is room: the heap from its beginning on, the stack from its end down, in the same RAM.
    private func tellHeap(_ memory: SemihostingMemory) throws(SemihostingFailure) -> UInt64 {
        var address = GuestVirtualAddress(try memory.argument(0))
        for limit in [heap.start, heap.end, heap.end, heap.start] {
            try memory.write(limit.value, at: address, "the room for the limits")
            address = address + 8
        }
        return 0
    }

    /// An exit that is the program's own has its code; any other reason is a failure.
    private func exit(_ memory: SemihostingMemory) throws(SemihostingFailure) -> SemihostingOutcome {
        let reason = try memory.argument(0)
        let code = try memory.argument(1)
        return SemihostingOutcome(event: .exited(code: reason == Self.applicationExit ? code : 1))
    }

    /// ADP_Stopped_ApplicationExit.
    private static let applicationExit: UInt64 = 0x20026
}

extension SemihostingOutcome {
    /// An answer of −1 that says nothing of an error.
    fileprivate static var failed: SemihostingOutcome { SemihostingOutcome(result: .max) }
}
