import Guest
import RISCV
import XCTest

final class RegisterTableTests: XCTestCase {
    private let table = RegisterTable()

    func testNamesAreUnique() {
        let names = table.registers.flatMap { [$0.name] + $0.otherNames }
        XCTAssertEqual(Set(names).count, names.count)
        let ids = table.registers.compactMap(\.id)
        XCTAssertEqual(Set(ids).count, ids.count)
    }

    func testEveryNameAndIDFindsItsRegister() {
        for register in table.registers {
            for name in [register.name] + register.otherNames {
                XCTAssertEqual(table.register(named: name), register)
            }
            if let id = register.id {
                XCTAssertEqual(table.register(for: id), register)
                XCTAssertEqual(register.bitCount, id.byteCount * 8)
            }
        }
        XCTAssertNil(table.register(named: "x32"))
        XCTAssertNil(table.register(named: "$a0"))
        XCTAssertNil(table.register(named: ""))
    }

    func testPartsHaveAWholeAndANameOfTheirOwn() {
        for (name, number) in [("fflags", 1), ("frm", 2), ("vxsat", 9), ("vxrm", 10)] as [(String, UInt16)] {
            let register = table.register(named: name)
            XCTAssertEqual(register?.csrNumber, number, name)
            XCTAssertNotNil(register?.part, name)
            XCTAssertFalse(table.registers.contains { $0.name == name })
            XCTAssertTrue(table.names(startingWith: name).contains(name))
            XCTAssertNil(register?.id.flatMap { table.register(for: $0).part }, "the id is that of the whole")
        }
        XCTAssertEqual(table.register(named: "frm")?.fields(of: 3).map(\.value), ["RUP"])
        XCTAssertEqual(table.register(named: "vxrm")?.fields(of: 2).map(\.value), ["rdn"])
        XCTAssertEqual(table.register(named: "fflags")?.fields(of: 0x11).map(\.value), ["1", "0", "0", "0", "1"])
    }

    func testABINames() {
        for (name, number) in [
            ("ra", 1), ("sp", 2), ("gp", 3), ("tp", 4), ("t0", 5), ("t2", 7), ("s0", 8), ("fp", 8), ("s1", 9),
            ("a0", 10), ("a7", 17), ("s2", 18), ("s11", 27), ("t3", 28), ("t6", 31),
        ] as [(String, UInt16)] {
            let register = table.register(named: name)
            XCTAssertEqual(register?.dwarfNumber, number, name)
            XCTAssertEqual(register?.id, RegisterID.x(UInt8(number)), name)
            XCTAssertEqual(register, table.register(named: "x\(number)"))
        }
        for (name, number) in [("ft0", 0), ("ft7", 7), ("fs0", 8), ("fa0", 10), ("fs2", 18), ("ft8", 28), ("ft11", 31)]
        {
            XCTAssertEqual(table.register(named: name), table.register(named: "f\(number)"))
            XCTAssertEqual(table.register(named: name)?.dwarfNumber, UInt16(32 + number))
        }
        XCTAssertEqual(table.register(named: "v31")?.dwarfNumber, 127)
        XCTAssertEqual(table.register(named: "priv")?.id, .mode)
        XCTAssertNil(RegisterID.x(0))
        XCTAssertNil(RegisterID.x(32))
    }

    func testZeroIsStoredNowhere() {
        let zero = table.register(named: "x0")
        XCTAssertEqual(zero?.name, "zero")
        XCTAssertNil(zero?.id)
        XCTAssertEqual(zero?.bitCount, 64)
    }

    func testTypes() {
        for (name, type) in [
            ("pc", .codePointer), ("ra", .codePointer), ("sp", .dataPointer), ("gp", .dataPointer),
            ("tp", .dataPointer), ("s0", .dataPointer), ("a0", .signed), ("sepc", .unsigned), ("mode", .unsigned),
            ("fa0", .float), ("v0", .vector),
        ] as [(String, RegisterType)] {
            XCTAssertEqual(table.register(named: name)?.type, type, name)
        }
    }

    func testVectorRegistersAreAsLongAsTheVCPUsVectors() throws {
        let id = try XCTUnwrap(RegisterTable(vectorByteCount: 32).register(named: "v1")?.id)
        XCTAssertEqual(id, RegisterID(0x8050_0000_0900_0007))
        XCTAssertEqual(table.register(named: "v1")?.id, RegisterID(0x8040_0000_0900_0007))
        let seen = table.register(for: id)
        XCTAssertEqual(seen.name, "v1")
        XCTAssertEqual(seen.bitCount, 256)
        for nonsense in [0, -1, 3, .min, .max] {
            XCTAssertEqual(RegisterTable(vectorByteCount: nonsense).register(named: "v1")?.bitCount, 128)
        }
    }

    func testUnknownIDsAreNamedByTheirParts() {
        for (id, name, group) in [
            (0x8030_0000_0700_0046, "isa.70", .isa), (0x8030_0000_0701_0000, "isa.enable.0", .isa),
            (0x8030_0000_0702_0001, "isa.disable.1", .isa), (0x8030_0000_0800_0020, "sbi.32", .sbi),
            (0x8030_0000_0300_0014, "csr.20", .csr), (0x8030_0000_0301_0009, "csr.aia.9", .aia),
            (0x8030_0000_0302_0001, "csr.smstateen.1", .smstateen), (0x8030_0000_0303_0000, "csr.3.0", .csr),
            (0x8030_0000_0a00_0005, "sbi.sta.5", .sbi), (0x8030_0000_0200_0021, "core.33", .core),
            (0x8030_0000_0900_0005, "vector.5", .vector), (0x8030_0000_0c00_0000, "0x803000000c000000", .other),
            (0x6030_0000_0010_0000, "0x6030000000100000", .other), (.max, "0xffffffffffffffff", .other),
        ] as [(UInt64, String, RegisterGroup)] {
            let register = table.register(for: RegisterID(id))
            XCTAssertEqual(register.name, name)
            XCTAssertEqual(register.group, group, name)
            XCTAssertEqual(register.id, RegisterID(id))
        }
    }

    func testCompletion() {
        XCTAssertEqual(table.names(startingWith: "sc"), ["scause", "scounteren"])
        XCTAssertEqual(table.names(startingWith: "s1"), ["s1", "s10", "s11"])
        XCTAssertEqual(table.names(startingWith: "x3"), ["x3", "x30", "x31"])
        XCTAssertEqual(table.names(startingWith: "isa.zicb"), ["isa.zicbom", "isa.zicboz"])
        XCTAssertEqual(table.names(startingWith: "nosuch"), [])
    }

    func testGroups() {
        XCTAssertEqual(Set(table.registers.map(\.group)), Set(RegisterGroup.allCases).subtracting([.other]))
        XCTAssertEqual(Set(RegisterGroup.allCases.map(\.name)).count, RegisterGroup.allCases.count)
    }

    func testNumbersBesideABINames() {
        for (name, number) in [
            ("zero", "x0"), ("a0", "x10"), ("t6", "x31"), ("ft0", "f0"), ("fa0", "f10"), ("ft11", "f31"),
        ] {
            XCTAssertEqual(table.register(named: name)?.numberName, number)
            XCTAssertEqual(table.register(named: number)?.name, name)
        }
        for name in ["pc", "sstatus", "fcsr", "v0", "f.fa0", "timer.time"] {
            XCTAssertNil(table.register(named: name)?.numberName, name)
        }
    }

    func testVectorsOfOtherLengths() {
        let id = table.register(named: "v3")?.id
        XCTAssertEqual(id?.byteCount, 16)
        XCTAssertEqual(id?.resized(toBytes: 256).byteCount, 256)
        XCTAssertEqual(id?.resized(toBytes: 0), id)
        XCTAssertEqual(id?.resized(toBytes: 24), id)
        XCTAssertEqual(id?.resized(toBytes: 1 << 16), id)
        XCTAssertEqual(id.map { table.register(for: $0.resized(toBytes: 64)).bitCount }, 512)
    }
}
