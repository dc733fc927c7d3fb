import Guest
import XCTest

@testable import Debugger
@testable import Support

final class SiteTableTests: XCTestCase {
    /// Against an array that is searched as a whole.
    func testAgainstAModel() {
        var random = Seeded(state: 7)
        for length in [2, 4] {
            for start in [0, TinyHart.base, UInt64.max - 63] {
                var table = SiteTable()
                var model: [UInt64: Int] = [:]
                for round in 0..<400 {
                    let address = start + UInt64.random(in: 0..<(64 / UInt64(length)), using: &random) * UInt64(length)
                    let gpa = GuestPhysicalAddress(address)
                    if Int.random(in: 0..<3, using: &random) == 0 {
                        table[gpa] = nil
                        model[address] = nil
                    } else {
                        table[gpa] = Site(address: gpa, original: 0, users: round)
                        model[address] = round
                    }
                    XCTAssertEqual(table.sites.map { $0.address.value }, model.keys.sorted())
                    XCTAssertEqual(table.sites.map { $0.users }, model.keys.sorted().map { model[$0] })
                    XCTAssertEqual(table[gpa]?.users, model[address])

                    let low = UInt64.random(in: 0..<64, using: &random)
                    let count = Int.random(in: 0...Int(64 - low), using: &random)
                    let touched = model.keys.sorted().filter { site in
                        (0..<UInt64(length)).contains {
                            (site - start) + $0 >= low && (site - start) + $0 < low + UInt64(count)
                        }
                    }
                    XCTAssertEqual(
                        table.touching(GuestPhysicalAddress(start + low), count: count, length: length).map {
                            $0.address.value
                        },
                        touched,
                        "\(count) bytes from \(low) on, sites of \(length) bytes from \(start) on")
                }
            }
        }
    }

    func testUsersOfASite() throws {
        let hart = TinyHart()
        hart.place([Assembly.addi(5, 0, 1)])
        let sites = Sites(target: hart, breakpoint: Assembly.cEbreak)
        let address = GuestPhysicalAddress(TinyHart.base)
        try sites.setActive(true)
        try sites.add(address)
        try sites.add(address)
        XCTAssertTrue(sites.isPlanted(at: address))
        try sites.remove(address)
        XCTAssertTrue(sites.isPlanted(at: address))
        try sites.remove(address)
        XCTAssertFalse(sites.isPlanted(at: address))
        XCTAssertEqual(hart.raw(TinyHart.base, 4), Assembly.addi(5, 0, 1))
        // One too many changes nothing.
        try sites.remove(address)
        XCTAssertEqual(hart.raw(TinyHart.base, 4), Assembly.addi(5, 0, 1))
    }
}
