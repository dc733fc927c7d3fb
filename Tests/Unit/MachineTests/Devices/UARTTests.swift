import Guest
import XCTest

@testable import Machine

final class UARTTests: XCTestCase {
    private final class Line: Console {
        var bytes: [UInt8] = []
        var isHeard = false
        func write(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
            self.bytes += bytes
            return isHeard
        }
    }

    private let line = Line()
    private let input = ConsoleInput()
    private lazy var uart: UART = {
        let uart = UART(console: line, input: input)
        input.changed = { [unowned uart] in uart.inputChanged() }
        uart.interruptChanged = { self.interrupts.append($0) }
        return uart
    }()
    /// How the interrupt line changed.
    private var interrupts: [Bool] = []

    private func get(_ register: UInt64) -> UInt8 { UInt8(uart.load(at: register, byteCount: 1)) }

    private func put(_ register: UInt64, _ value: UInt64) {
        XCTAssertNil(uart.store(value, at: register, byteCount: 1))
    }

    private func receive(_ bytes: [UInt8]) {
        _ = uart
        input.append(bytes)
    }

    private func takeInterrupts() -> [Bool] {
        defer { interrupts = [] }
        return interrupts
    }

    func testWhereItIs() {
        XCTAssertEqual(uart.region.start, GuestPhysicalAddress(0x1000_0000))
        XCTAssertEqual(uart.region.byteCount, 0x100)
        let bus = DeviceBus(devices: [uart])
        XCTAssertEqual(bus.device(at: GuestPhysicalAddress(0x1000_0005), byteCount: 1)?.offset, 5)
        XCTAssertEqual(bus.device(at: GuestPhysicalAddress(0x1000_00FC), byteCount: 4)?.offset, 0xFC)
        for (address, count) in [(0x0FFF_FFFF, 1), (0x1000_0100, 1), (0x1000_00FD, 4), (0x0FFF_FFFF, 4)]
            as [(UInt64, Int)]
        {
            XCTAssertNil(bus.device(at: GuestPhysicalAddress(address), byteCount: count))
        }
    }

    func testAfterReset() {
        XCTAssertEqual((0...9).map { get($0) }, [0, 0, 1, 0, 0, 0x60, 0xB0, 0, 0, 0])
        XCTAssertEqual(takeInterrupts(), [])
    }

    /// As bare-metal programs do it: wait for THRE, put a byte; wait for DR, get a byte.
    func testAPolledDriver() {
        for byte in "Hello\n".utf8 {
            XCTAssertEqual(get(5) & 0x20, 0x20)
            put(0, UInt64(byte))
        }
        XCTAssertEqual(line.bytes, Array("Hello\n".utf8))
        XCTAssertEqual(get(5) & 1, 0)
        receive(Array("ab".utf8))
        XCTAssertEqual(get(5) & 1, 1)
        XCTAssertEqual(get(0), 0x61)
        XCTAssertEqual(get(5) & 1, 1)
        XCTAssertEqual(get(0), 0x62)
        XCTAssertEqual(get(5) & 1, 0)
        XCTAssertEqual(get(0), 0)
        XCTAssertEqual(takeInterrupts(), [])
    }

    func testWhoListensToTheLineStopsTheGuest() {
        line.isHeard = true
        XCTAssertEqual(uart.store(0x41, at: 0, byteCount: 1), .console)
        line.isHeard = false
        put(0, 0x42)
        XCTAssertEqual(line.bytes, [0x41, 0x42])
    }

    func testWiderAccessesReachTheRegisterThatIsAddressed() {
        XCTAssertNil(uart.store(0xFFFF_FF41, at: 0, byteCount: 4))
        XCTAssertEqual(line.bytes, [0x41])
        receive([0x7A])
        XCTAssertEqual(uart.load(at: 0, byteCount: 4), 0x7A)
        XCTAssertEqual(uart.load(at: 5, byteCount: 8), 0x60)
    }

    func testTheDivisorIsBehindItsLatch() {
        put(3, 0x83)
        put(0, 0x12)
        put(1, 0x34)
        XCTAssertEqual([get(0), get(1), get(3)], [0x12, 0x34, 0x83])
        XCTAssertEqual(line.bytes, [])
        put(3, 0x03)
        XCTAssertEqual([get(0), get(1), get(3)], [0, 0, 3])
        put(3, 0x80)
        XCTAssertEqual([get(0), get(1)], [0x12, 0x34])
    }

    func testWhatIsWrittenIsReadWhereTheChipKeepsIt() {
        for value in [0x00, 0x55, 0xAA, 0xFF] as [UInt64] {
            put(7, value)
            XCTAssertEqual(get(7), UInt8(value))
            put(4, value)
            XCTAssertEqual(get(4), UInt8(value & 0x1F))
            put(1, value & 0xF0)
            XCTAssertEqual(get(1), 0)
            // The line's and the modem's status are read only.
            put(5, value)
            put(6, value)
            XCTAssertEqual(get(5), 0x60)
        }
        put(1, 0x0F)
        XCTAssertEqual(get(1), 0x0F)
        put(4, 0)
        XCTAssertEqual(get(6), 0xB0)
    }

    func testTheFIFOsShowWhetherTheyAreOn() {
        put(2, 0x07)
        XCTAssertEqual(get(2), 0xC1)
        put(2, 0x00)
        XCTAssertEqual(get(2), 0x01)
    }

    func testClearingTheFIFOLosesNothingThatWasTyped() {
        receive(Array("typed".utf8))
        put(2, 0x07)
        XCTAssertEqual((0..<5).map { _ in get(0) }, Array("typed".utf8))
    }

    /// As Linux' driver finds out what the chip is (drivers/tty/serial/8250/8250_port.c, autoconfig).
    func testWhatLinuxLooksForIsThere() {
        // The interrupt enable register exists and takes four bits.
        put(1, 0)
        XCTAssertEqual(get(1) & 0x0F, 0)
        put(1, 0x0F)
        XCTAssertEqual(get(1) & 0x0F, 0x0F)
        put(1, 0)
        // The loop brings RTS and OUT2 back as CTS and DCD.
        put(4, 0x1A)
        XCTAssertEqual(get(6) & 0xF0, 0x90)
        put(4, 0)
        // A 16550A: both FIFO bits, and no enhanced features at the divisor's latch.
        put(3, 0xBF)
        put(2, 0)
        put(3, 0)
        put(2, 1)
        XCTAssertEqual(get(2) >> 6, 3)
        // No 16750: no 64-byte FIFO.
        put(3, 0x80)
        put(2, 0x21)
        XCTAssertEqual(get(2) >> 5, 6)
        put(3, 0)
    }

    func testTheLoopBringsBackEachOfTheModemsLines() {
        for (control, status) in [(0x10, 0x00), (0x11, 0x20), (0x12, 0x10), (0x14, 0x40), (0x18, 0x80), (0x1F, 0xF0)]
            as [(UInt64, UInt8)]
        {
            put(4, control)
            XCTAssertEqual(get(6), status)
        }
    }

    func testTheLoopBringsBackWhatIsSent() {
        put(4, 0x10)
        put(1, 1)
        put(0, 0x41)
        XCTAssertEqual(line.bytes, [])
        XCTAssertEqual(takeInterrupts(), [true])
        XCTAssertEqual(get(2) & 0x0F, 4)
        XCTAssertEqual(get(0), 0x41)
        XCTAssertEqual(takeInterrupts(), [false])
    }

    func testWhatIsTypedWaitsUntilTheLoopIsOpen() {
        put(1, 1)
        put(4, 0x10)
        receive([0x41])
        XCTAssertEqual(get(5) & 1, 0)
        XCTAssertEqual(get(0), 0)
        XCTAssertEqual(takeInterrupts(), [])
        put(4, 0)
        XCTAssertEqual(takeInterrupts(), [true])
        XCTAssertEqual(get(0), 0x41)
    }

    func testTheLoopKeepsNoMoreThanTheFIFOHolds() {
        put(4, 0x10)
        for byte in 0..<100_000 as Range<UInt64> { put(0, byte & 0xFF) }
        var read: [UInt8] = []
        while get(5) & 1 == 1 { read.append(get(0)) }
        XCTAssertEqual(read, Array(0..<16))
    }

    /// As Linux' driver uses them: received data, and the transmitter that is empty.
    func testInterruptsOfTheReceiver() {
        put(1, 1)
        XCTAssertEqual(takeInterrupts(), [])
        receive(Array("xy".utf8))
        XCTAssertEqual(takeInterrupts(), [true])
        XCTAssertEqual(get(2), 4)
        XCTAssertEqual(get(2), 4)
        XCTAssertEqual(get(0), UInt8(ascii: "x"))
        XCTAssertEqual(takeInterrupts(), [])
        XCTAssertEqual(get(0), UInt8(ascii: "y"))
        XCTAssertEqual(takeInterrupts(), [false])
        XCTAssertEqual(get(2), 1)
        // What came while it was disabled interrupts when it is enabled.
        put(1, 0)
        receive([1])
        XCTAssertEqual(takeInterrupts(), [])
        put(1, 1)
        XCTAssertEqual(takeInterrupts(), [true])
    }

    func testInterruptsOfTheTransmitter() {
        put(1, 2)
        XCTAssertEqual(takeInterrupts(), [true])
        XCTAssertEqual(get(2), 2)
        XCTAssertEqual(takeInterrupts(), [false])
        XCTAssertEqual(get(2), 1)
        // Each byte is out at once: the transmitter is empty anew.
        put(0, 0x41)
        XCTAssertEqual(takeInterrupts(), [true])
        XCTAssertEqual(get(2), 2)
        XCTAssertEqual(takeInterrupts(), [false])
        // Enabling it once more while it is enabled is no news; switching it off and on is.
        put(1, 2)
        XCTAssertEqual(takeInterrupts(), [])
        put(1, 0)
        put(1, 2)
        XCTAssertEqual(takeInterrupts(), [true])
        put(1, 0)
        XCTAssertEqual(takeInterrupts(), [false])
    }

    func testTheReceiverIsMoreUrgent() {
        put(1, 3)
        receive([7])
        XCTAssertEqual(get(2), 4)
        XCTAssertEqual(get(0), 7)
        XCTAssertEqual(get(2), 2)
        XCTAssertEqual(get(2), 1)
        XCTAssertEqual(takeInterrupts(), [true, false])
    }

    /// Linux looks for chips that forget to tell of an empty transmitter (serial8250_do_startup).
    func testItIsNotOneThatForgets() {
        for _ in 0..<2 {
            put(1, 2)
            XCTAssertEqual(get(2) & 1, 0)
            put(1, 0)
        }
    }

    func testAQueueThatIsNeverEmptyDoesNotGrow() {
        var queue = ByteQueue()
        queue.append([0])
        for byte in 1...200_000 {
            queue.append([UInt8(truncatingIfNeeded: byte)])
            XCTAssertEqual(queue.removeFirst(), UInt8(truncatingIfNeeded: byte - 1))
            XCTAssertEqual(queue.count, 1)
        }
        XCTAssertLessThan(queue.storedCount, 10_000)
        XCTAssertEqual(queue.removeFirst(), UInt8(truncatingIfNeeded: 200_000))
        XCTAssertNil(queue.removeFirst())
        XCTAssertTrue(queue.isEmpty)
    }
}
