import Guest
import Target
import XCTest

@testable import Machine
@testable import Support

final class DeviceTreeBlobTests: XCTestCase {
    private let blob = testTree(commandLine: "old")

    private func chosen(
        _ bytes: [UInt8], commandLine: String? = nil, initrd: MemoryRegion? = nil, room: Int = 0x1000
    ) throws -> TreeReader {
        TreeReader(
            bytes: try DeviceTreeBlob.chosen(
                bytes, commandLine: commandLine, initrd: initrd,
                capacity: bytes.count + room + (commandLine?.utf8.count ?? 0)))
    }

    private func refusal(_ bytes: [UInt8]) -> String? {
        do throws(MachineError) {
            try DeviceTreeBlob.check(bytes)
            return nil
        } catch { return error.message }
    }

    func testWithoutAWordTheTreeStaysAsItIs() throws {
        let tree = try chosen(blob)
        XCTAssertEqual(try decompile(tree.bytes).source, try decompile(blob).source)
        XCTAssertEqual(tree.texts("/chosen", "bootargs"), ["old"])
    }

    func testTheCommandLineAndTheInitrdAreAdded() throws {
        let initrd = MemoryRegion(start: GuestPhysicalAddress(0x8100_0000), byteCount: 0x1001)
        let tree = try chosen(blob, commandLine: "new and longer than the old one", initrd: initrd)
        XCTAssertTrue(tree.isWhole())
        XCTAssertEqual(tree.texts("/chosen", "bootargs"), ["new and longer than the old one"])
        XCTAssertEqual(tree.cells("/chosen", "linux,initrd-start"), [0, 0x8100_0000])
        XCTAssertEqual(tree.cells("/chosen", "linux,initrd-end"), [0, 0x8100_1001])
        XCTAssertEqual(tree.cells("/soc/serial@10000000", "interrupts"), [10])
        XCTAssertEqual(try decompile(tree.bytes).complaints, "")
    }

    func testATreeWithoutChosenGetsIt() throws {
        var writer = DeviceTree(capacity: 4096)
        writer.node("") { $0.property("model", "nothing,much") }
        let tree = try chosen(writer.finish() ?? [], commandLine: String(repeating: "x", count: 1023))
        XCTAssertEqual(tree.texts("/chosen", "bootargs"), [String(repeating: "x", count: 1023)])
        XCTAssertEqual(tree.texts("/", "model"), ["nothing,much"])
    }

    func testThereMustBeRoom() {
        XCTAssertThrowsError(
            try DeviceTreeBlob.chosen(
                blob, commandLine: String(repeating: "x", count: 2000), initrd: nil, capacity: blob.count))
    }

    func testWhatIsNoTreeIsRefused() {
        XCTAssertNil(refusal(blob))
        for bad in [
            [], [0xD0], [0xD0, 0x0D, 0xFE, 0xED], Array("/dts-v1/;\n/ { };\n".utf8), [UInt8](repeating: 0, count: 100),
        ]
            as [[UInt8]]
        {
            XCTAssertTrue(refusal(bad)?.contains("Make one by `dtc -O dtb`") ?? false)
        }
        for count in 0..<blob.count { XCTAssertNotNil(refusal(Array(blob.prefix(count))), "\(count)") }
        // Bytes behind it do no harm.
        XCTAssertNil(refusal(blob + [1, 2, 3]))
    }

    /// A blob that has a good header, and is damaged behind it.
    func testADamagedBlobIsRefused() {
        let structure = Int(blob[8..<12].reduce(0) { $0 << 8 | UInt32($1) })
        var damaged = blob
        // The first token is to begin the root.
        damaged[structure + 3] = 7
        XCTAssertTrue(refusal(damaged)?.contains("FDT_ERR_BADSTRUCTURE") ?? false, refusal(damaged) ?? "accepted")
    }

    func testWhateverIsChangedItIsRefusedOrUsedWithoutHarm() throws {
        var random = Seeded(state: 1)
        var used = 0
        for index in 0..<6000 {
            var bytes = blob
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[index < 3000 ? index % blob.count : Int.random(in: 0..<blob.count, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            if refusal(bytes) != nil { continue }
            used += 1
            guard
                let tree = try? chosen(
                    bytes, commandLine: "x", initrd: MemoryRegion(start: GuestRAM.start, byteCount: 1))
            else { continue }
            XCTAssertTrue(tree.isWhole())
        }
        // Most bytes are names and values.
        XCTAssertGreaterThan(used, 1000)
    }
}
