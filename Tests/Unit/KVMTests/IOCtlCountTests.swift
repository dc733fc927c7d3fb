import Host
import XCTest

@testable import KVM

final class IOCtlCountTests: XCTestCase {
    func testEachResultIsCounted() throws {
        let counts = IOCtlCounts()
        XCTAssertEqual(counts.counted(.run, -4), -4)
        XCTAssertEqual(try counts.checked(.run, 3), 3)
        XCTAssertThrowsError(try counts.checked(.createVM, -12)) {
            XCTAssertEqual($0 as? KVMError, .ioctl("KVM_CREATE_VM", Errno(12)))
        }
        XCTAssertEqual(counts[.run], 2)
        XCTAssertEqual(counts[.createVM], 1)
        XCTAssertEqual(counts[.getOneReg], 0)
        XCTAssertEqual(Set(IOCtl.allCases.map { $0.name }).count, IOCtl.allCases.count)
    }
}
