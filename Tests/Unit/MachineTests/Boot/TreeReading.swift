import CDeviceTree
import Foundation
import Guest
import Target
import XCTest

@testable import Machine

/// A device tree of a machine with everything that one can have.
func testTree(
    vcpus: Int = 2, commandLine: String? = "console=ttyS0 quiet", initrd: MemoryRegion? = nil, capacity: Int = 0x8000
) -> [UInt8] {
    let hart = HartFacts(
        isa: "rv64imafdc_zicbom_zicboz", extensions: ["i", "m", "a", "f", "d", "c", "zicbom", "zicboz"],
        timebaseFrequency: 10_000_000, mmuType: "riscv,sv57", zicbomBlockSize: 64, zicbozBlockSize: 128)
    let ram = MemoryRegion(start: GuestRAM.start, byteCount: 5 << 30)
    return MachineTree(hart: hart, vcpuCount: vcpus, ram: ram, commandLine: commandLine, initrd: initrd)
        .blob(capacity: capacity) ?? []
}

/// Reads a blob by libfdt.
struct TreeReader {
    let bytes: [UInt8]

    func isWhole() -> Bool { bytes.withUnsafeBytes { fdt_check_full($0.baseAddress!, $0.count) == 0 } }

    func has(_ path: String) -> Bool { bytes.withUnsafeBytes { fdt_path_offset($0.baseAddress!, path) >= 0 } }

    /// The value of a property; nil where there is none.
    func property(_ path: String, _ name: String) -> [UInt8]? {
        bytes.withUnsafeBytes { bytes in
            let node = fdt_path_offset(bytes.baseAddress!, path)
            var count: Int32 = 0
            guard node >= 0, let value = fdt_getprop(bytes.baseAddress!, node, name, &count) else { return nil }
            return Array(UnsafeRawBufferPointer(start: value, count: Int(count)))
        }
    }

    /// A list of texts.
    func texts(_ path: String, _ name: String) -> [String]? {
        property(path, name).map {
            $0.dropLast().split(separator: 0, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    /// A list of cells.
    func cells(_ path: String, _ name: String) -> [UInt32]? {
        property(path, name).map { bytes in
            stride(from: 0, to: bytes.count, by: 4).map { bytes[$0..<$0 + 4].reduce(0) { $0 << 8 | UInt32($1) } }
        }
    }
}

/// What `dtc` makes of a blob, and what it says of it.
func decompile(_ blob: [UInt8]) throws -> (source: String, complaints: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["dtc", "-I", "dtb", "-O", "dts", "-"]
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    input.fileHandleForWriting.write(Data(blob))
    try input.fileHandleForWriting.close()
    let source = output.fileHandleForReading.readDataToEndOfFile()
    let complaints = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    XCTAssertEqual(process.terminationStatus, 0)
    return (String(decoding: source, as: UTF8.self), String(decoding: complaints, as: UTF8.self))
}
