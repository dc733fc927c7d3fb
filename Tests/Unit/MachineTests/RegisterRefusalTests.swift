import Glibc
import Guest
import Host
import RISCV
import XCTest

@testable import KVM
@testable import Machine

final class RegisterRefusalTests: XCTestCase {
    private let table = RegisterTable()

    private func setting(_ name: String, to value: UInt64? = 5, _ errno: Int32) throws -> String {
        let id = try XCTUnwrap(table.register(named: name)?.id)
        return RegisterRefusal.sentence(.register("KVM_SET_ONE_REG", id, Errno(errno)), setting: value)
    }

    func testOfWhatIsSetTooLate() throws {
        XCTAssertEqual(
            try setting("isa.zbb", to: 0, EBUSY),
            "Cannot set $isa.zbb: it can be set only before the guest runs for the first time. Stop the guest at its entry with "
                + "\"start\", and set it there. (KVM_SET_ONE_REG: Device or resource busy (EBUSY).)")
    }

    func testOfEachGroup() throws {
        for (name, value, errno, reason) in [
            ("isa.h", 1, EINVAL, "KVM does not offer this extension to guests."),
            ("isa.a", 0, EINVAL, "KVM does not let a vCPU go without this extension"),
            ("isa.zbb", 2, EINVAL, "it is 0 (the vCPU has not got the extension) or 1 (it has)."),
            ("isa.zicbom", 1, ENOENT, "the host's harts or its kernel have no such extension"),
            ("sbi.dbcn", 5, EINVAL, "it is 0 (the guest has not got the SBI extension) or 1 (it has)."),
            ("sbi.pmu", 1, ENOENT, "this kernel's KVM has no such SBI extension"),
            ("timer.frequency", 1, EINVAL, "it is read-only."), ("vlenb", 1, EINVAL, "it is read-only."),
            ("config.satp_mode", 1, EINVAL, "it is read-only."), ("config.isa", 1, EINVAL, "single-letter extensions"),
            ("config.zicbom_block_size", 64, ENOENT, "no such cache-block instructions"),
            ("fa0", 1, ENOENT, "no floating-point registers"), ("vtype", 1, ENOENT, "no vector registers"),
            ("siselect", 1, ENOENT, "no Ssaia"), ("sstateen0", 1, EINVAL, "no Smstateen"),
            ("isa.zbb", 1, EOPNOTSUPP, "KVM does not offer this extension to guests."),
        ] as [(String, UInt64, Int32, String)] {
            let sentence = try setting(name, to: value, errno)
            XCTAssertTrue(sentence.hasPrefix("Cannot set $\(name): "), sentence)
            XCTAssertTrue(sentence.contains(reason), sentence)
            XCTAssertTrue(sentence.contains("(KVM_SET_ONE_REG: "), sentence)
        }
    }

    func testOfReading() throws {
        let id = try XCTUnwrap(table.register(named: "fcsr")?.id)
        XCTAssertTrue(
            RegisterRefusal.sentence(.register("KVM_GET_ONE_REG", id, .noEntry)).hasPrefix(
                "Cannot read $fcsr: this vCPU has no floating-point registers"))
    }

    func testWhatIsNotKnownKeepsTheKernelsWords() throws {
        let unnamed = KVMError.register("KVM_SET_ONE_REG", RegisterID(0x8030_0000_0700_00FF), .noEntry)
        XCTAssertEqual(RegisterRefusal.sentence(unnamed, setting: 1), unnamed.message)
        let core = KVMError.register("KVM_SET_ONE_REG", .pc, Errno(EINVAL))
        XCTAssertEqual(RegisterRefusal.sentence(core, setting: 1), core.message)
        XCTAssertEqual(RegisterRefusal.sentence(.registerSize(.pc, 4)), KVMError.registerSize(.pc, 4).message)
    }
}
