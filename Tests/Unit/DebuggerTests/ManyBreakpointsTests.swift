import Foundation
import Guest
import RISCV
import XCTest

@testable import Debugger
@testable import Support

/// Thousands of breakpoints: each costs as much as the first.
final class ManyBreakpointsTests: XCTestCase {
    /// Seconds of this thread, whatever else the machine does.
    private static func processorTime() -> Double {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
    }

    /// The seconds that setting, hitting and deleting `count` breakpoints take.
    private func seconds(_ count: Int) throws -> Double {
        let rig = try Rig([[UInt8]](repeating: Assembly.cAddi(5, 1), count: count) + Assembly.shutdown())
        try rig.session.start()
        let start = Self.processorTime()
        for index in 0..<count {
            try rig.breakpoint(UInt64(2 * index))
            // An ignored hit is what a hit costs without the stop, which looks at all sites.
            try rig.session.setIgnoreCount(index + 1, 1)
        }
        guard case .shutdown = try rig.session.run().reason else {
            XCTFail("no end")
            return 0
        }
        XCTAssertEqual(rig.hart.x(5), UInt64(count))
        XCTAssertEqual(rig.session.breakpoints.map { $0.hits }, [UInt64](repeating: 1, count: count))
        for number in stride(from: count, to: 0, by: -1) { try rig.session.deleteBreakpoint(number) }
        let seconds = Self.processorTime() - start
        XCTAssertEqual(rig.planted([[UInt8]](repeating: Assembly.cAddi(5, 1), count: count)), [])
        return seconds
    }

    func testTenTimesAsManyTakeTenTimesAsLong() throws {
        _ = try seconds(100)
        let few = try max(seconds(1_000), seconds(1_000))
        let many = try seconds(10_000)
        XCTAssertLessThan(many, few * 25, "1,000: \(few) s, 10,000: \(many) s")
    }

    /// All at one place.
    func testManyAtOnePlace() throws {
        let rig = try Rig([Assembly.cNop] + Assembly.shutdown())
        try rig.session.start()
        let start = Self.processorTime()
        for _ in 0..<10_000 { try rig.breakpoint(0) }
        try rig.session.deleteAllBreakpoints()
        XCTAssertLessThan(Self.processorTime() - start, 20)
        XCTAssertEqual(rig.planted([Assembly.cNop] + Assembly.shutdown()), [])
    }
}
