import Glibc
import Host
import XCTest

@testable import KVM

/// Against the real `/dev/kvm` of this machine, whatever guests it runs.
final class HostKVMTests: XCTestCase {
    private func system() throws -> KVMSystem {
        try XCTSkipUnless(access("/dev/kvm", R_OK | W_OK) == 0, "no /dev/kvm here")
        return try KVMSystem()
    }

    func testAPIVersion() throws {
        XCTAssertEqual(try system().apiVersion(), 12)
    }

    func testCapabilities() throws {
        let system = try system()
        XCTAssertEqual(try system.check(.userMemory), 1)
        XCTAssertGreaterThan(try system.check(.memorySlots), 8)
        XCTAssertNoThrow(try system.require(.userMemory))
        let absent = Capability("S390_SIE_NONESUCH", 9999)
        XCTAssertEqual(try system.check(absent), 0)
        XCTAssertThrowsError(try system.require(absent)) { XCTAssertEqual($0 as? KVMError, .missing(absent)) }
        XCTAssertGreaterThanOrEqual(try system.runPageSize(), 4096)
    }

    func testFacts() throws {
        let facts = try system().facts()
        XCTAssertEqual(facts.apiVersion, 12)
        XCTAssertEqual(facts.kernel.machine, Kernel.current.machine)
        let ram = try XCTUnwrap(facts.facilities.first { $0.capability == .userMemory })
        XCTAssertTrue(ram.isAvailable)
        XCTAssertFalse(try XCTUnwrap(facts.facilities.first { $0.name == "single-step" }).isAvailable)
        for facility in facts.facilities { XCTAssertEqual(facility.meaning.last, ".", facility.name) }
    }

    func testGuestsOfAnotherArchitectureAreRefused() throws {
        try XCTSkipIf(KVMSystem.runsRISCVGuests, "this host runs RISC-V guests")
        let system = try system()
        XCTAssertThrowsError(try VirtualMachine(system)) {
            XCTAssertEqual($0 as? KVMError, .foreignGuests(machine: Kernel.current.machine))
        }
    }

    func testTheDescriptorIsClosedWithItsOwner() throws {
        var number: Int32 = -1
        do {
            let system = try system()
            number = system.file.number
            XCTAssertGreaterThanOrEqual(fcntl(number, F_GETFD), 0)
        }
        XCTAssertEqual(fcntl(number, F_GETFD), -1)
    }
}
