import CKVM
import Guest
import XCTest

@testable import KVM

/// Exits decoded from a run page filled by hand, at the offsets that `api.rst` shows: the union begins at byte 32.
final class ExitTests: XCTestCase {
    private let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 4096)
    private let payload = 32

    override func setUp() { bytes.initializeMemory(as: UInt8.self, repeating: 0) }

    deinit { bytes.deallocate() }

    private func put<T: BitwiseCopyable>(_ value: T, _ offset: Int) {
        bytes.storeBytes(of: value, toByteOffset: offset, as: T.self)
    }

    private func page(_ reason: UInt32) throws -> RunPage {
        put(reason, 8)
        return try XCTUnwrap(RunPage(bytes))
    }

    func testShortPageIsRefused() {
        XCTAssertNil(RunPage(UnsafeMutableRawBufferPointer(rebasing: bytes[..<1024])))
    }

    func testStore() throws {
        put(UInt64(0x1000_0000), payload)
        put(UInt64(0x8877_6655_4433_2211), payload + 8)
        put(UInt32(2), payload + 16)
        put(UInt8(1), payload + 20)
        let access = MMIO(address: GuestPhysicalAddress(0x1000_0000), byteCount: 2, isWrite: true, value: 0x2211)
        XCTAssertEqual(try page(6).exit, .mmio(access))
        XCTAssertTrue(try page(6).exit.awaitsCompletion)
        put(UInt32(8), payload + 16)
        guard case .mmio(let wide) = try page(6).exit else { return XCTFail("no MMIO") }
        XCTAssertEqual(wide.value, 0x8877_6655_4433_2211)
    }

    func testLoadShowsNoStaleDataAndTakesTheAnswer() throws {
        put(UInt64(0x9000), payload)
        put(UInt64.max, payload + 8)
        put(UInt32(4), payload + 16)
        let page = try page(6)
        let access = MMIO(address: GuestPhysicalAddress(0x9000), byteCount: 4, isWrite: false, value: 0)
        XCTAssertEqual(page.exit, .mmio(access))
        page.setMMIOData(0x1234_5678)
        XCTAssertEqual(bytes.load(fromByteOffset: payload + 8, as: UInt64.self), 0x1234_5678)
    }

    func testLengthsFromThePageAreBounded() throws {
        put(UInt32.max, payload + 16)
        guard case .mmio(let access) = try page(6).exit else { return XCTFail("no MMIO") }
        XCTAssertEqual(access.byteCount, 8)
        put(UInt32.max, payload + 4)
        guard case .systemEvent(_, let data) = try page(24).exit else { return XCTFail("no system event") }
        XCTAssertEqual(data.count, 16)
    }

    func testSBICall() throws {
        for index in 0..<8 { put(UInt64(100 + index), payload + 8 * index) }
        let page = try page(35)
        let call = SBICall(extension: 100, function: 101, arguments: [102, 103, 104, 105, 106, 107])
        XCTAssertEqual(page.exit, .riscvSBI(call))
        page.setSBIResult(a0: 7, a1: 8)
        XCTAssertEqual(bytes.load(fromByteOffset: payload + 64, as: UInt64.self), 7)
        XCTAssertEqual(bytes.load(fromByteOffset: payload + 72, as: UInt64.self), 8)
    }

    func testCSRAccess() throws {
        put(UInt64(0x15), payload)
        put(UInt64(1), payload + 8)
        put(UInt64(3), payload + 16)
        let page = try page(36)
        XCTAssertEqual(page.exit, .riscvCSR(CSRRequest(number: 0x15, newValue: 1, writeMask: 3)))
        page.setCSRResult(9)
        XCTAssertEqual(bytes.load(fromByteOffset: payload + 24, as: UInt64.self), 9)
    }

    func testSystemEvent() throws {
        put(UInt32(2), payload)
        put(UInt32(1), payload + 4)
        put(UInt64(5), payload + 8)
        XCTAssertEqual(try page(24).exit, .systemEvent(type: 2, data: [5]))
    }

    func testFailures() throws {
        put(UInt64(0x21), payload)
        put(UInt32(3), payload + 8)
        XCTAssertEqual(try page(9).exit, .failEntry(hardwareReason: 0x21, cpu: 3))
        XCTAssertEqual(try page(0).exit, .unknown(hardwareReason: 0x21))
        put(UInt32(4), payload)
        put(UInt32(2), payload + 4)
        put(UInt64(0xA), payload + 8)
        put(UInt64(0xB), payload + 16)
        XCTAssertEqual(try page(17).exit, .internalError(suberror: 4, data: [0xA, 0xB]))
        put(UInt64(8), payload)
        XCTAssertEqual(
            try page(39).exit, .memoryFault(flags: 8, address: GuestPhysicalAddress(0xA), byteCount: 0xB))
    }

    func testTheOthers() throws {
        XCTAssertEqual(try page(4).exit, .debug)
        XCTAssertEqual(try page(10).exit, .interrupted)
        XCTAssertEqual(try page(5).exit, .halted)
        XCTAssertEqual(try page(8).exit, .shutdown)
        XCTAssertEqual(try page(28).exit, .other(ExitReason(rawValue: 28)))
        XCTAssertEqual(try page(28).reason.description, "KVM_EXIT_ARM_NISV")
        XCTAssertEqual(try page(UInt32.max).exit, .other(ExitReason(rawValue: .max)))
        XCTAssertEqual(try page(UInt32.max).reason.description, "exit 4294967295")
        XCTAssertFalse(try page(4).exit.awaitsCompletion)
    }

    func testImmediateExitIsTheByteThatTheFlagPointsTo() throws {
        let page = try page(0)
        let flag = try XCTUnwrap(page.immediateExitFlag)
        flag.pointee = 1
        XCTAssertEqual(page.immediateExit, 1)
        XCTAssertEqual(bytes[1], 1)
        page.immediateExit = 0
        XCTAssertEqual(flag.pointee, 0)
    }
}
