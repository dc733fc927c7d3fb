import Guest
import Target

/// A serial port of type NS16550A, whose line is the guest's console: at 0x1000_0000 as on QEMU's machine `virt`, its registers one
/// byte apart.
///
/// PC16550D data sheet (National Semiconductor, 1995). What is sent is out at once, at whatever rate; what is received waits here
/// until the guest reads it.
final class UART: Device {
    static let start = GuestPhysicalAddress(0x1000_0000)
    /// The number of its interrupt at the PLIC, as on QEMU's machine `virt`.
    static let interrupt = 10
    /// What the driver divides to set a rate, in hertz: 16 × 230,400.
    static let clock: UInt32 = 3_686_400

    /// How many bytes the receiver keeps that come from the transmitter.
    static let fifoDepth = 16

    let region = MemoryRegion(start: UART.start, byteCount: 0x100)
    private let console: any Console
    private let input: ConsoleInput
    /// Told whenever the interrupt line changes.
    var interruptChanged: (Bool) -> Void = { _ in }

    /// What came back by the loop.
    private var looped = ByteQueue()
    private var interruptEnable: UInt8 = 0
    private var fifoControl: UInt8 = 0
    private var lineControl: UInt8 = 0
    private var modemControl: UInt8 = 0
    private var scratch: UInt8 = 0
    private var divisor: UInt16 = 0
    /// The transmitter ran empty, and the guest was not told yet.
    private var emptyIsNews = false
    private var isInterrupting = false

    /// A port whose line is `console`, and `input`, of which the guest reads at its own pace: nothing is lost.
    init(console: any Console, input: ConsoleInput) {
        self.console = console
        self.input = input
    }

    /// Something was typed, or read by other means.
    func inputChanged() { updateInterrupt() }

    func load(at offset: UInt64, byteCount: Int) -> UInt64 {
        // Wider accesses are answered as a bus that has 8 lines: by the register that is addressed.
        let value = UInt64(register(offset))
        updateInterrupt()
        return value
    }

    private func register(_ offset: UInt64) -> UInt8 {
        switch offset {
        case 0: return isDivisorLatched ? UInt8(truncatingIfNeeded: divisor) : receive()
        case 1: return isDivisorLatched ? UInt8(truncatingIfNeeded: divisor >> 8) : interruptEnable
        case 2:
            let cause = self.cause
            if cause == Cause.transmitterEmpty { emptyIsNews = false }
            return cause | (fifoControl & 1 == 1 ? 0xC0 : 0)
        case 3: return lineControl
        case 4: return modemControl
        case 5: return 0x60 | (hasReceived ? 1 : 0)
        case 6: return modemStatus
        case 7: return scratch
        default: return 0
        }
    }

    func store(_ value: UInt64, at offset: UInt64, byteCount: Int) -> TargetEvent? {
        let byte = UInt8(truncatingIfNeeded: value)
        var stops = false
        switch offset {
        case 0:
            if isDivisorLatched {
                divisor = divisor & 0xFF00 | UInt16(byte)
            } else {
                stops = send(byte)
            }
        case 1:
            if isDivisorLatched {
                divisor = divisor & 0x00FF | UInt16(byte) << 8
            } else {
                // Switching the transmitter's interrupt on while it is empty gives one.
                if byte & ~interruptEnable & 2 != 0 { emptyIsNews = true }
                interruptEnable = byte & 0x0F
            }
        case 2:
            // Clearing the receiver's FIFO loses nothing: what was typed is still on the line.
            fifoControl = byte
        case 3: lineControl = byte
        case 4: modemControl = byte & 0x1F
        case 7: scratch = byte
        default: break
        }
        updateInterrupt()
        return stops ? .console : nil
    }

    private var hasReceived: Bool { !looped.isEmpty || !isLoopedBack && !input.isEmpty }

    private func receive() -> UInt8 { looped.removeFirst() ?? (isLoopedBack ? nil : input.next()) ?? 0 }

    private var isDivisorLatched: Bool { lineControl & 0x80 != 0 }
    private var isLoopedBack: Bool { modemControl & 0x10 != 0 }

    /// Sends a byte; whether the guest is to stop.
    private func send(_ byte: UInt8) -> Bool {
        emptyIsNews = true
        if isLoopedBack {
            // The FIFO is all there is: what finds it full is lost, and a guest that only sends cannot fill the host's memory.
            if looped.count < Self.fifoDepth { looped.append([byte]) }
            return false
        }
        return print(byte, on: console)
    }

    /// A modem that is there and ready; in the loop, what the guest itself says.
    private var modemStatus: UInt8 {
        guard isLoopedBack else { return 0xB0 }
        let control = modemControl
        return (control & 2) << 3 | (control & 1) << 5 | (control & 4) << 4 | (control & 8) << 4
    }

    private enum Cause {
        static let none: UInt8 = 1
        static let transmitterEmpty: UInt8 = 2
        static let received: UInt8 = 4
    }

    /// The most urgent reason for an interrupt.
    private var cause: UInt8 {
        if interruptEnable & 1 != 0, hasReceived { return Cause.received }
        if interruptEnable & 2 != 0, emptyIsNews { return Cause.transmitterEmpty }
        return Cause.none
    }

    private func updateInterrupt() {
        let now = cause != Cause.none
        if now != isInterrupting {
            isInterrupting = now
            interruptChanged(now)
        }
    }
}
