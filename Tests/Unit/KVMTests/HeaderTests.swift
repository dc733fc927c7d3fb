import Foundation
import XCTest

@testable import KVM

/// The tables of names against the header of the kernel that this machine has: nothing missing, no number wrong.
final class HeaderTests: XCTestCase {
    private func definitions(_ prefix: String) throws -> [(name: String, number: Int)] {
        let path = "/usr/include/linux/kvm.h"
        try XCTSkipUnless(FileManager.default.fileExists(atPath: path), "no kernel header here")
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count >= 3, words[0] == "#define", words[1].hasPrefix(prefix) else { return nil }
            return Int(words[2]).map { (String(words[1].dropFirst(prefix.count)), $0) }
        }
    }

    func testCapabilities() throws {
        let defined = try definitions("KVM_CAP_")
        XCTAssertGreaterThan(defined.count, 200)
        for (name, number) in defined {
            XCTAssertEqual(Capability.named(name).map { Int($0.number) }, number, "KVM_CAP_\(name)")
        }
    }

    func testExits() throws {
        // Details of exits, not exits.
        let details = ["IO_IN", "IO_OUT", "HYPERV_", "XEN_", "ARM_SEA_"]
        let defined = try definitions("KVM_EXIT_").filter { definition in
            !details.contains { definition.name.hasPrefix($0) }
        }
        XCTAssertGreaterThan(defined.count, 35)
        for (name, number) in defined {
            XCTAssertEqual(ExitReason(rawValue: UInt32(number)).description, "KVM_EXIT_\(name)")
        }
    }

    func testNamedCapabilitiesAreThoseOfTheTable() {
        let named: [Capability] = [
            .userMemory, .vCPUs, .memorySlots, .mpState, .destroyMemoryRegionWorks, .setGuestDebug,
            .interruptController,
            .maximumVCPUs, .oneRegister, .syncRegisters, .readOnlyMemory, .immediateExit, .gpaBits, .dirtyRing,
            .setGuestDebug2, .binaryStatistics,
        ]
        for capability in named { XCTAssertEqual(Capability.named(capability.name), capability) }
    }

    func testNamesAreFoundHoweverTheyAreWritten() {
        XCTAssertEqual(Capability.named("set_guest_debug"), .setGuestDebug)
        XCTAssertEqual(Capability.named("kvm_cap_One_Reg"), .oneRegister)
        XCTAssertNil(Capability.named("KVM_CAP_"))
        XCTAssertNil(Capability.named("SINGLE_STEP"))
        XCTAssertEqual(Set(Capability.all.map(\.number)).count, Capability.all.count)
    }
}
