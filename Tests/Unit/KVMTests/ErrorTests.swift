import Glibc
import Guest
import Host
import XCTest

@testable import KVM

final class ErrorTests: XCTestCase {
    private func assert(
        _ error: KVMError, says parts: String..., file: StaticString = #filePath, line: UInt = #line
    ) {
        for part in parts {
            XCTAssertTrue(
                error.message.contains(part), "\"\(part)\" is not in: \(error.message)", file: file, line: line)
        }
        XCTAssertEqual(error.message.last, ".", error.message, file: file, line: line)
    }

    func testOpening() {
        assert(
            .open(Errno(ENOENT)), says: "/dev/kvm", "ENOENT", "modprobe kvm", "CONFIG_KVM", "H extension", "lab/run --")
        assert(.open(Errno(ENODEV)), says: "ENODEV", "modprobe kvm")
        assert(.open(Errno(EACCES)), says: "EACCES", "sudo usermod -aG kvm $USER")
        assert(.open(Errno(EIO)), says: "EIO", "ls -l /dev/kvm")
        assert(.apiVersion(11), says: "KVM_GET_API_VERSION", "11", "12")
    }

    func testMissing() {
        assert(.missing(.setGuestDebug), says: "KVM_CAP_SET_GUEST_DEBUG", "KVM_CHECK_EXTENSION", "Linux 6.10")
        assert(.missing(.syncRegisters), says: "KVM_CAP_SYNC_REGS", "No kernel")
        assert(.foreignGuests(machine: "x86_64"), says: "x86_64 guests", "RISC-V guests", "lab/run -- kvmdbg")
    }

    func testIOCtls() {
        assert(.ioctl("KVM_CREATE_VM", Errno(ENOTTY)), says: "KVM_CREATE_VM", "ENOTTY", "newer")
        assert(.ioctl("KVM_CREATE_VCPU", Errno(EEXIST)), says: "KVM_CREATE_VCPU", "EEXIST", "already")
        assert(.run(Errno(EFAULT)), says: "KVM_RUN", "EFAULT", "dmesg")
        assert(.runPage(Errno(ENOMEM)), says: "run page", "ENOMEM")
    }

    func testRegisters() {
        let id = RegisterID(0x8030_0000_0200_0077)
        let get = "KVM_GET_ONE_REG"
        let set = "KVM_SET_ONE_REG"
        assert(.register(get, id, Errno(ENOENT)), says: get, "0x8030000002000077", "ENOENT", "no such register")
        assert(.register(set, id, Errno(EBUSY)), says: set, "before the vCPU's first run")
        assert(.register(set, id, Errno(EINVAL)), says: set, "does not take this value")
        assert(.register(get, id, Errno(EINVAL)), says: get, "names no register")
        assert(.register(set, id, Errno(EOPNOTSUPP)), says: set, "cannot change")
        assert(.registerSize(id, 4), says: "8 bytes", "not 4")
    }
}
