import Foundation
import Guest
import XCTest

@testable import RISCV

/// Asks the C compiler, with the kernel's own <asm/kvm.h> for riscv64, whether the table's ids are the kernel's.
final class KernelHeaderTests: XCTestCase {
    /// `KVM_REG_SIZE_…` and the rest of the id in the kernel's macros; nil for a register that has no id.
    private func kernelExpression(_ register: Register) -> String? {
        let name = register.name
        let last = String(name.split(separator: ".").last ?? "")
        switch register.group {
        case .core:
            guard register.id != nil else { return nil }
            let member = name == "mode" ? "mode" : "regs.\(name)"
            return "KVM_REG_SIZE_U64 | KVM_REG_RISCV_CORE | KVM_REG_RISCV_CORE_REG(\(member))"
        case .csr:
            return "KVM_REG_SIZE_U64 | KVM_REG_RISCV_CSR | KVM_REG_RISCV_CSR_GENERAL | KVM_REG_RISCV_CSR_REG(\(name))"
        case .aia:
            return "KVM_REG_SIZE_U64 | KVM_REG_RISCV_CSR | KVM_REG_RISCV_CSR_AIA | KVM_REG_RISCV_CSR_AIA_REG(\(name))"
        case .smstateen:
            return "KVM_REG_SIZE_U64 | KVM_REG_RISCV_CSR | KVM_REG_RISCV_CSR_SMSTATEEN"
                + " | KVM_REG_RISCV_CSR_SMSTATEEN_REG(\(name))"
        case .timer:
            return "KVM_REG_SIZE_U64 | KVM_REG_RISCV_TIMER | KVM_REG_RISCV_TIMER_REG(\(last))"
        case .config:
            return "KVM_REG_SIZE_U64 | KVM_REG_RISCV_CONFIG | KVM_REG_RISCV_CONFIG_REG(\(last))"
        case .fp:
            let isSingle = name.hasPrefix("f.")
            let view = isSingle ? "F" : "D"
            let size = isSingle || last == "fcsr" ? "U32" : "U64"
            let member = last == "fcsr" ? "fcsr" : "f[\(floatNumber(last))]"
            return "KVM_REG_SIZE_\(size) | KVM_REG_RISCV_FP_\(view) | KVM_REG_RISCV_FP_\(view)_REG(\(member))"
        case .vector:
            guard name.hasPrefix("v"), let number = Int(name.dropFirst()) else {
                return "KVM_REG_SIZE_U64 | KVM_REG_RISCV_VECTOR | KVM_REG_RISCV_VECTOR_CSR_REG(\(name))"
            }
            return "KVM_REG_SIZE_U128 | KVM_REG_RISCV_VECTOR | KVM_REG_RISCV_VECTOR_REG(\(number))"
        case .isa:
            return "KVM_REG_SIZE_U64 | KVM_REG_RISCV_ISA_EXT | KVM_REG_RISCV_ISA_SINGLE"
                + " | KVM_RISCV_ISA_EXT_\(last.uppercased())"
        case .sbi where name.hasPrefix("sbi.sta."):
            return
                "KVM_REG_SIZE_U64 | KVM_REG_RISCV_SBI_STATE | KVM_REG_RISCV_SBI_STA | KVM_REG_RISCV_SBI_STA_REG(\(last))"
        case .sbi:
            return "KVM_REG_SIZE_U64 | KVM_REG_RISCV_SBI_EXT | KVM_REG_RISCV_SBI_SINGLE"
                + " | KVM_RISCV_SBI_EXT_\(last.uppercased())"
        case .other:
            return nil
        }
    }

    /// The number of the register with the ABI name `name`, as the psABI lays them out.
    private func floatNumber(_ name: String) -> Int {
        guard let number = Int(name.dropFirst(2)) else { return -1 }
        switch name.prefix(2) {
        case "fa": return 10 + number
        case "fs": return number < 2 ? 8 + number : 16 + number
        default: return number < 8 ? number : 20 + number
        }
    }

    func testIDsAreTheKernels() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let environment = ProcessInfo.processInfo.environment
        let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
        let include = cache + "/kvmdbg/trixie/sysroot/usr/include"
        guard FileManager.default.fileExists(atPath: include + "/riscv64-linux-gnu/asm/kvm.h") else {
            throw XCTSkip("The kernel's headers for riscv64 are missing: make deps")
        }

        var source = """
            #include <stddef.h>
            #include <linux/kvm.h>
            _Static_assert(KVM_RISCV_ISA_EXT_MAX == \(isaExtensionNames.count), "ISA extensions");
            _Static_assert(KVM_RISCV_SBI_EXT_MAX <= \(sbiExtensionNames.count), "SBI extensions");

            """
        var count = 0
        for register in RegisterTable().registers {
            // SUSP is younger than Debian 13's kernel.
            guard let id = register.id, register.name != "sbi.susp" else { continue }
            let expression = try XCTUnwrap(kernelExpression(register), register.name)
            source += """
                _Static_assert(\(id.description)ULL == (KVM_REG_RISCV | (\(expression))), "\(register.name)");

                """
            count += 1
        }
        XCTAssertEqual(count, 7 + 33 + 11 + 7 + 1 + 4 + 66 + 37 + 62 + 11 + 2)

        let toolchain = try output(of: root.path + "/lab/toolchain", [])
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let complaints = try output(
            of: toolchain + "/bin/clang",
            [
                "--target=riscv64-unknown-linux-gnu", "-fsyntax-only", "-nostdlibinc", "-isystem",
                include + "/riscv64-linux-gnu", "-isystem", include, "-x", "c", "-",
            ], input: source)
        XCTAssertEqual(complaints, "")
    }

    /// What `program` writes to standard output and standard error. A failure without a word is a failure, too.
    private func output(of program: String, _ arguments: [String], input: String = "") throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("input")
        try Data(input.utf8).write(to: file)

        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = try FileHandle(forReadingFrom: file)
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        return process.terminationStatus == 0 || !text.isEmpty ? text : "\(program): \(process.terminationStatus)"
    }
}
