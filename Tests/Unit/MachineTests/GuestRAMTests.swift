import Guest
import Target
import XCTest

@testable import Machine

final class GuestRAMTests: XCTestCase {
    private func read(_ ram: GuestRAM, _ address: UInt64, _ count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0xEE, count: count)
        try bytes.withUnsafeMutableBytes { try ram.read(at: GuestPhysicalAddress(address), into: $0) }
        return bytes
    }

    private func write(_ ram: GuestRAM, _ bytes: [UInt8], _ address: UInt64) throws {
        try bytes.withUnsafeBytes { try ram.write($0, at: GuestPhysicalAddress(address)) }
    }

    func testItIsZeroAndKeepsWhatIsWritten() throws {
        let ram = try GuestRAM(byteCount: 8192)
        XCTAssertEqual(try read(ram, 0x8000_0000, 8192), [UInt8](repeating: 0, count: 8192))
        try write(ram, [1, 2, 3], 0x8000_1FFD)
        XCTAssertEqual(try read(ram, 0x8000_1FFC, 4), [0, 1, 2, 3])
    }

    func testBounds() throws {
        let ram = try GuestRAM(byteCount: 4096)
        for (address, count) in [
            (0x7FFF_FFFF, 1), (0x8000_1000, 1), (0x8000_0FFF, 2), (0x7FFF_FFFF, 2), (.max, 1), (.max, 4096), (0, 8),
        ] as [(UInt64, Int)] {
            XCTAssertThrowsError(try read(ram, address, count), "\(address)") { error in
                let message = (error as? MachineError)?.message ?? ""
                XCTAssertTrue(message.contains("read \(count) bytes at GPA \(hex(address))"), message)
                XCTAssertTrue(message.contains("0x80000000 to 0x80000fff"), message)
            }
            XCTAssertThrowsError(try write(ram, [UInt8](repeating: 1, count: count), address), "\(address)")
        }
        XCTAssertEqual(try read(ram, 0x8000_0000, 4096), [UInt8](repeating: 0, count: 4096))
    }

    func testSizes() throws {
        for size in [0, 1, 4095, 4097, (1 << 40) + 4096, .max] as [UInt64] {
            XCTAssertThrowsError(try GuestRAM(byteCount: size)) { error in
                let message = (error as? MachineError)?.message ?? ""
                XCTAssertTrue(message.contains("\(size) bytes") && message.contains("--memory"), message)
            }
        }
        // Address space only: nothing is committed.
        XCTAssertEqual(try GuestRAM(byteCount: 1 << 36).region.byteCount, 1 << 36)
    }
}
