import XCTest

@testable import RISCV

/// Which memory an instruction accesses: encodings of an assembler, and what they are.
final class MemoryAccessTests: XCTestCase {
    private let table: [(text: String, bits: UInt32, access: MemoryAccess?)] = [
        (
            "lb a0, -0x1(a1)", 0xfff58503,
            MemoryAccess(kind: .load, base: 11, offset: -1, byteCount: 1, destination: 10, isSigned: true)
        ),
        (
            "lh a0, 0x2(a1)", 0x00259503,
            MemoryAccess(kind: .load, base: 11, offset: 2, byteCount: 2, destination: 10, isSigned: true)
        ),
        (
            "lw a0, 0x7ff(a1)", 0x7ff5a503,
            MemoryAccess(kind: .load, base: 11, offset: 2047, byteCount: 4, destination: 10, isSigned: true)
        ),
        (
            "ld a0, -0x800(a1)", 0x8005b503,
            MemoryAccess(kind: .load, base: 11, offset: -2048, byteCount: 8, destination: 10, isSigned: true)
        ),
        (
            "lbu a0, 0x1(a1)", 0x0015c503,
            MemoryAccess(kind: .load, base: 11, offset: 1, byteCount: 1, destination: 10)
        ),
        (
            "lhu a0, 0x2(a1)", 0x0025d503,
            MemoryAccess(kind: .load, base: 11, offset: 2, byteCount: 2, destination: 10)
        ),
        (
            "lwu a0, 0x4(a1)", 0x0045e503,
            MemoryAccess(kind: .load, base: 11, offset: 4, byteCount: 4, destination: 10)
        ),
        (
            "ld zero, 0(a1)", 0x0005b003,
            MemoryAccess(kind: .load, base: 11, offset: 0, byteCount: 8, destination: 0, isSigned: true)
        ),
        (
            "sb a0, -0x1(a1)", 0xfea58fa3,
            MemoryAccess(kind: .store, base: 11, offset: -1, byteCount: 1, source: 10)
        ),
        (
            "sh a0, 0x2(a1)", 0x00a59123,
            MemoryAccess(kind: .store, base: 11, offset: 2, byteCount: 2, source: 10)
        ),
        (
            "sw a0, 0x7ff(a1)", 0x7ea5afa3,
            MemoryAccess(kind: .store, base: 11, offset: 2047, byteCount: 4, source: 10)
        ),
        (
            "sd a0, -0x800(a1)", 0x80a5b023,
            MemoryAccess(kind: .store, base: 11, offset: -2048, byteCount: 8, source: 10)
        ),
        (
            "flw fa0, 0x4(a1)", 0x0045a507,
            MemoryAccess(kind: .load, base: 11, offset: 4, byteCount: 4, isFloat: true)
        ),
        (
            "fld fa0, 0x8(a1)", 0x0085b507,
            MemoryAccess(kind: .load, base: 11, offset: 8, byteCount: 8, isFloat: true)
        ),
        (
            "fsw fa0, -0x4(a1)", 0xfea5ae27,
            MemoryAccess(kind: .store, base: 11, offset: -4, byteCount: 4, source: 10, isFloat: true)
        ),
        (
            "fsd fa0, 0x1f(a1)", 0x00a5bfa7,
            MemoryAccess(kind: .store, base: 11, offset: 31, byteCount: 8, source: 10, isFloat: true)
        ),
        (
            "lr.w a0, (a1)", 0x1005a52f,
            MemoryAccess(kind: .loadReserved, base: 11, offset: 0, byteCount: 4, destination: 10, isSigned: true)
        ),
        (
            "lr.d.aq a0, (a1)", 0x1405b52f,
            MemoryAccess(kind: .loadReserved, base: 11, offset: 0, byteCount: 8, destination: 10, isSigned: true)
        ),
        (
            "sc.w a0, a2, (a1)", 0x18c5a52f,
            MemoryAccess(
                kind: .storeConditional, base: 11, offset: 0, byteCount: 4, destination: 10, source: 12, isSigned: true)
        ),
        (
            "sc.d.rl a0, a2, (a1)", 0x1ac5b52f,
            MemoryAccess(
                kind: .storeConditional, base: 11, offset: 0, byteCount: 8, destination: 10, source: 12, isSigned: true)
        ),
        (
            "amoadd.w a0, a2, (a1)", 0x00c5a52f,
            MemoryAccess(kind: .atomic, base: 11, offset: 0, byteCount: 4, destination: 10, source: 12, isSigned: true)
        ),
        (
            "amoswap.d.aqrl a0, a2, (a1)", 0x0ec5b52f,
            MemoryAccess(kind: .atomic, base: 11, offset: 0, byteCount: 8, destination: 10, source: 12, isSigned: true)
        ),
        ("addi a0, a1, 0x4", 0x00458513, nil),
        ("fence iorw, iorw", 0x0ff0000f, nil),
        (
            "c.lw a0, 0x40(a1)", 0x41a8,
            MemoryAccess(kind: .load, base: 11, offset: 64, byteCount: 4, destination: 10, isSigned: true)
        ),
        (
            "c.lw a0, 0x7c(a1)", 0x5de8,
            MemoryAccess(kind: .load, base: 11, offset: 124, byteCount: 4, destination: 10, isSigned: true)
        ),
        (
            "c.ld a0, 0x8(a1)", 0x6588,
            MemoryAccess(kind: .load, base: 11, offset: 8, byteCount: 8, destination: 10, isSigned: true)
        ),
        (
            "c.ld a0, 0xf8(a1)", 0x7de8,
            MemoryAccess(kind: .load, base: 11, offset: 248, byteCount: 8, destination: 10, isSigned: true)
        ),
        (
            "c.sw a0, 0x44(a1)", 0xc1e8,
            MemoryAccess(kind: .store, base: 11, offset: 68, byteCount: 4, source: 10)
        ),
        (
            "c.sd a0, 0xc8(a1)", 0xe5e8,
            MemoryAccess(kind: .store, base: 11, offset: 200, byteCount: 8, source: 10)
        ),
        (
            "c.fld fa0, 0x10(a1)", 0x2988,
            MemoryAccess(kind: .load, base: 11, offset: 16, byteCount: 8, isFloat: true)
        ),
        (
            "c.fsd fa0, 0x18(a1)", 0xad88,
            MemoryAccess(kind: .store, base: 11, offset: 24, byteCount: 8, source: 10, isFloat: true)
        ),
        (
            "c.lwsp a0, 0xfc(sp)", 0x557e,
            MemoryAccess(kind: .load, base: 2, offset: 252, byteCount: 4, destination: 10, isSigned: true)
        ),
        (
            "c.ldsp a0, 0x1f8(sp)", 0x757e,
            MemoryAccess(kind: .load, base: 2, offset: 504, byteCount: 8, destination: 10, isSigned: true)
        ),
        (
            "c.swsp a0, 0xfc(sp)", 0xdfaa,
            MemoryAccess(kind: .store, base: 2, offset: 252, byteCount: 4, source: 10)
        ),
        (
            "c.sdsp a0, 0x1f8(sp)", 0xffaa,
            MemoryAccess(kind: .store, base: 2, offset: 504, byteCount: 8, source: 10)
        ),
        (
            "c.sdsp zero, 0(sp)", 0xe002,
            MemoryAccess(kind: .store, base: 2, offset: 0, byteCount: 8, source: 0)
        ),
        (
            "c.fldsp fa0, 0x108(sp)", 0x2532,
            MemoryAccess(kind: .load, base: 2, offset: 264, byteCount: 8, isFloat: true)
        ),
        (
            "c.fsdsp fa0, 0x110(sp)", 0xaa2a,
            MemoryAccess(kind: .store, base: 2, offset: 272, byteCount: 8, source: 10, isFloat: true)
        ),
        ("c.addi a0, 0x4", 0x0511, nil),
    ]

    func testEachEncoding() throws {
        for (text, bits, access) in table {
            XCTAssertEqual(try XCTUnwrap(Instruction(bits)).memoryAccess, access, text)
        }
    }

    func testTheFormsOfZcb() throws {
        // c.lbu a0,3(a1); c.lhu a0,2(a1); c.lh a0,2(a1); c.sb a0,1(a1); c.sh a0,2(a1)
        let loads: [(UInt32, Int64, Int, Bool)] = [(0x81E8, 3, 1, false), (0x85A8, 2, 2, false), (0x85E8, 2, 2, true)]
        for (bits, offset, byteCount, isSigned) in loads {
            XCTAssertEqual(
                try XCTUnwrap(Instruction(bits)).memoryAccess,
                MemoryAccess(
                    kind: .load, base: 11, offset: offset, byteCount: byteCount, destination: 10, isSigned: isSigned))
        }
        for (bits, offset, byteCount) in [(0x89C8, 1, 1), (0x8DA8, 2, 2)] as [(UInt32, Int64, Int)] {
            XCTAssertEqual(
                try XCTUnwrap(Instruction(bits)).memoryAccess,
                MemoryAccess(kind: .store, base: 11, offset: offset, byteCount: byteCount, source: 10))
        }
    }

    func testReservedEncodingsAccessNothing() throws {
        // A load and a store of 2^7 bytes, c.lwsp and c.ldsp into x0.
        for bits in [0x0000_7003, 0x0000_7023, 0x4002, 0x6002] as [UInt32] {
            XCTAssertNil(try XCTUnwrap(Instruction(bits)).memoryAccess, hex(bits))
        }
    }

    func testVectorAccessesHaveNoSimpleExtent() throws {
        // vle8.v v8,(a0); vse64.v v8,(a0); vluxei32.v; fld fa0,(a0) is none.
        for bits in [0x0205_0407, 0x0205_7427, 0x0680_6407] as [UInt32] {
            XCTAssertTrue(try XCTUnwrap(Instruction(bits)).isVectorMemoryAccess, hex(bits))
            XCTAssertNil(try XCTUnwrap(Instruction(bits)).memoryAccess, hex(bits))
        }
        XCTAssertFalse(try XCTUnwrap(Instruction(0x0005_3507)).isVectorMemoryAccess)
    }

    func testWhatAnAccessDoes() {
        func access(_ kind: MemoryAccess.Kind) -> MemoryAccess {
            MemoryAccess(kind: kind, base: 0, offset: 0, byteCount: 8)
        }
        for (kind, reads, writes) in [
            (.load, true, false), (.store, false, true), (.atomic, true, true), (.loadReserved, true, false),
            (.storeConditional, false, true),
        ] as [(MemoryAccess.Kind, Bool, Bool)] {
            XCTAssertEqual(access(kind).reads, reads)
            XCTAssertEqual(access(kind).writes, writes)
        }
    }

    private func hex(_ bits: UInt32) -> String { "0x" + String(bits, radix: 16) }
}

/// What AMOs compute.
final class AtomicOperationTests: XCTestCase {
    func testEachOperation() throws {
        let big: UInt64 = 0xFFFF_FFFF_0000_0001
        let table: [(AtomicOperation, word: UInt64, double: UInt64)] = [
            (.swap, 0x8000_0000, 0x8000_0000), (.add, 0x8000_0001, 0xFFFF_FFFF_8000_0001),
            (.exclusiveOr, 0x8000_0001, 0xFFFF_FFFF_8000_0001), (.and, 0, 0),
            (.or, 0x8000_0001, 0xFFFF_FFFF_8000_0001), (.minimum, 0x8000_0000, big), (.maximum, 1, 0x8000_0000),
            (.unsignedMinimum, 1, 0x8000_0000), (.unsignedMaximum, 0x8000_0000, big),
        ]
        for (operation, word, double) in table {
            XCTAssertEqual(operation.result(big, 0x8000_0000, byteCount: 4) & 0xFFFF_FFFF, word, "\(operation)")
            XCTAssertEqual(operation.result(big, 0x8000_0000, byteCount: 8), double, "\(operation)")
        }
    }

    func testEncodings() throws {
        let functions: [(UInt32, AtomicOperation?)] = [
            (0, .add), (1, .swap), (2, nil), (3, nil), (4, .exclusiveOr), (5, nil), (8, .or), (12, .and),
            (16, .minimum), (20, .maximum), (24, .unsignedMinimum), (28, .unsignedMaximum),
        ]
        for (function, operation) in functions {
            // With aq and rl, rd = a0, rs1 = a1, rs2 = a2.
            let bits = function << 27 | 3 << 25 | 12 << 20 | 11 << 15 | 3 << 12 | 10 << 7 | 0x2F
            XCTAssertEqual(try XCTUnwrap(Instruction(bits)).atomicOperation, operation, "\(function)")
        }
    }
}
