import Guest
import RISCV
import Target
import XCTest

@testable import Debugger
@testable import Support

/// Guests with several vCPUs whose turns are random: whatever the order, no hit is lost, none is told twice, none is stale.
final class CrewTests: XCTestCase {
    /// Each hart comes `rounds` times through `work`, at 4: it counts there in memory of its own; then it waits for the others, and
    /// hart 0 shuts down. x10 is the hart's id, x9 how often it is still to come, x7 is 1, and x8 points to its counter.
    private static let pieces: [[UInt8]] =
        [
            Assembly.nop,
            Assembly.addi(9, 9, -1),  // work
            Assembly.amoadd(0, 7, 8),
            Assembly.bne(9, 0, -8),
            Assembly.amoadd(0, 7, 18),  // those that are done
            Assembly.beq(10, 0, 8),
            Assembly.jal(0, 0),
            Assembly.ld(5, 0, 18),
            Assembly.bne(5, 19, -4),
        ] + Assembly.shutdown()
    private let work: UInt64 = 4
    private let count: UInt64 = 8
    private let done: UInt64 = 16

    private func session(_ vcpus: Int, rounds: UInt64, seed: UInt64) throws -> (Session, TinyCrew, TinyProvider) {
        let file = TemporaryFile("guest.elf", guestProgram(Self.pieces))
        let provider = TinyProvider()
        provider.crew = { TinyCrew(count: vcpus, seed: seed) }
        let session = Session(provider: provider, registers: RegisterTable())
        try session.load(file.path)
        try session.start()
        let crew = try XCTUnwrap(provider.crews.last)
        for (number, hart) in crew.harts.enumerated() {
            hart.pc = TinyHart.base
            hart.setX(7, 1)
            hart.setX(8, TinyHart.base + 0x1000 + 8 * UInt64(number))
            hart.setX(9, rounds)
            hart.setX(10, UInt64(number))
            hart.setX(18, TinyHart.base + 0x2000)
            hart.setX(19, UInt64(vcpus))
        }
        return (session, crew, provider)
    }

    private func breakpoint(_ session: Session, at offset: UInt64, vcpu: Int? = nil) throws {
        let address = GuestVirtualAddress(TinyHart.base + offset)
        try session.setBreakpoint(at: .virtual(address), location: "*\(address.value)", vcpu: vcpu)
    }

    private func counts(_ crew: TinyCrew) -> [UInt8] {
        crew.harts.indices.map { crew.harts[0].raw(TinyHart.base + 0x1000 + 8 * UInt64($0), 1)[0] }
    }

    private func forEachCrew(of sizes: [Int] = [2, 4, 8], seeds: UInt64 = 20, _ body: (Int, UInt64) throws -> Void)
        rethrows
    {
        for vcpus in sizes {
            for seed in 1...seeds { try body(vcpus, seed) }
        }
    }

    func testEachHitIsToldOnce() throws {
        try forEachCrew { vcpus, seed in
            // At what is done for the guest, and at what it executes itself.
            for place in [work, count] {
                let (session, crew, _) = try session(vcpus, rounds: 5, seed: seed)
                try breakpoint(session, at: place)
                var hits = [Int](repeating: 0, count: vcpus)
                var stop = try session.resume()
                while stop.reason == .breakpoint([1]) {
                    hits[stop.vcpu] += 1
                    XCTAssertEqual(try session.pc().value, TinyHart.base + place)
                    XCTAssertEqual(try session.registerValue(.a0), UInt64(stop.vcpu))
                    stop = try session.resume()
                }
                XCTAssertEqual(stop.reason, .shutdown(0), "seed \(seed)")
                XCTAssertEqual(hits, [Int](repeating: 5, count: vcpus), "seed \(seed)")
                XCTAssertEqual(counts(crew), [UInt8](repeating: 5, count: vcpus), "seed \(seed)")
            }
        }
    }

    func testHitsThatAreIgnoredAreCounted() throws {
        var passedCount = 0
        var queuedCount = 0
        try forEachCrew { vcpus, seed in
            for place in [work, count] {
                let (session, crew, _) = try session(vcpus, rounds: 20, seed: seed)
                try breakpoint(session, at: place)
                let ignored = UInt64(20 * vcpus - 1)
                try session.setIgnoreCount(1, ignored)
                XCTAssertEqual(try session.resume().reason, .breakpoint([1]), "seed \(seed)")
                XCTAssertEqual(session.breakpoints[0].hits, ignored + 1, "seed \(seed)")
                XCTAssertEqual(try session.resume().reason, .shutdown(0), "seed \(seed)")
                XCTAssertEqual(counts(crew), [UInt8](repeating: 20, count: vcpus), "seed \(seed)")
                if place == work { passedCount += crew.passedCount }
                queuedCount += crew.queuedCount
            }
        }
        XCTAssertGreaterThan(passedCount, 0)
        XCTAssertGreaterThan(queuedCount, 0)
    }

    func testAConditionIsEvaluatedOnceForEachHit() throws {
        try forEachCrew { vcpus, seed in
            for place in [work, count] {
                let (session, _, _) = try session(vcpus, rounds: 6, seed: seed)
                try breakpoint(session, at: place)
                session.variables["looks"] = Value(0, .i64)
                let condition = "($looks = $looks + 1) % 7 == 0 || $a0 == 99"
                try session.setCondition(1, (condition, try Expression(parsing: condition)))
                var stops = 0
                while try session.resume().reason == .breakpoint([1]) { stops += 1 }
                XCTAssertEqual(session.variables["looks"]?.bits, UInt64(6 * vcpus), "seed \(seed)")
                XCTAssertEqual(stops, 6 * vcpus / 7, "seed \(seed)")
            }
        }
    }

    func testOneOfAVCPUsOwn() throws {
        try forEachCrew { vcpus, seed in
            let (session, _, _) = try session(vcpus, rounds: 4, seed: seed)
            try breakpoint(session, at: work, vcpu: vcpus - 1)
            for _ in 0..<4 {
                let stop = try session.resume()
                XCTAssertEqual(stop.reason, .breakpoint([1]), "seed \(seed)")
                XCTAssertEqual(stop.vcpu, vcpus - 1, "seed \(seed)")
            }
            XCTAssertEqual(try session.resume().reason, .shutdown(0), "seed \(seed)")
        }
    }

    func testWhatOthersCameToIsNoHitOfABreakpointThatIsGone() throws {
        try forEachCrew { vcpus, seed in
            let (session, crew, _) = try session(vcpus, rounds: 3, seed: seed)
            try breakpoint(session, at: work)
            XCTAssertEqual(try session.resume().reason, .breakpoint([1]))
            try session.deleteBreakpoint(1)
            XCTAssertEqual(try session.resume().reason, .shutdown(0), "seed \(seed)")
            XCTAssertEqual(counts(crew), [UInt8](repeating: 3, count: vcpus), "seed \(seed)")
        }
    }

    func testWhereAVCPUWasReportedIsForgottenOnceItRuns() throws {
        try forEachCrew(of: [2], seeds: 200) { vcpus, seed in
            let (session, crew, _) = try session(vcpus, rounds: 50, seed: seed)
            crew.harts[1].setX(9, 3)
            try breakpoint(session, at: work)
            XCTAssertEqual(try session.resume().reason, .breakpoint([1]), "seed \(seed)")
            try session.deleteBreakpoint(1)
            // Hart 1 is done long before the others.
            try breakpoint(session, at: done)
            XCTAssertEqual(try session.resume().reason, .breakpoint([2]), "seed \(seed)")
            XCTAssertEqual(session.currentVCPU, 1, "seed \(seed)")
            try session.deleteBreakpoint(2)
            // How often each is still to come to it; some stand there now.
            let left = crew.harts.map { Int($0.x(9)) }
            try breakpoint(session, at: work)
            var hits = [Int](repeating: 0, count: vcpus)
            var stop = try session.resume()
            while stop.reason == .breakpoint([3]) {
                hits[stop.vcpu] += 1
                stop = try session.resume()
            }
            XCTAssertEqual(hits, left, "seed \(seed)")
        }
    }

    func testAStepHoldsTheOthers() throws {
        try forEachCrew { vcpus, seed in
            let (session, crew, _) = try session(vcpus, rounds: 5, seed: seed)
            try breakpoint(session, at: count)
            let stop = try session.resume()
            let before = crew.harts.map { $0.executed.count }
            XCTAssertEqual(try session.step(2).reason, .step, "seed \(seed)")
            for (number, hart) in crew.harts.enumerated() where number != stop.vcpu {
                XCTAssertEqual(hart.executed.count, before[number], "seed \(seed)")
            }
            XCTAssertEqual(session.currentVCPU, stop.vcpu)
        }
    }
}
