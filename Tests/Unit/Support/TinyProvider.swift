import Debugger
import Foundation
import Guest
import Symbols
import Target

/// Guests that are `TinyHart`s, on a host that is as a test wants it.
final class TinyProvider: GuestProvider {
    /// Why there can be no guest; nil when there can.
    var refusal: TargetError?
    /// Why the program does not fit; nil when it does.
    var misfit: TargetError?
    var capabilities: [String: Int] = ["SET_GUEST_DEBUG": 1, "READONLY_MEM": 1, "NR_VCPUS": 8, "SYNC_REGS": 0]
    var rows: [(name: String, text: String)] = [("host kernel", "Linux 6.12, riscv64"), ("KVM", "yes")]
    /// Whether the next hart has the C extension.
    var isCompressed = true
    /// What is done to each hart before the engine sees it.
    var prepare: (TinyHart) -> Void = { _ in }
    /// The harts that were made, in order.
    private(set) var harts: [TinyHart] = []
    /// What makes each guest, where it is to have several vCPUs.
    var crew: (() -> TinyCrew)?
    /// The guests of several vCPUs that were made, in order.
    private(set) var crews: [TinyCrew] = []

    init() {}

    var ramStart: GuestPhysicalAddress { GuestPhysicalAddress(0x8000_0000) }

    func check(_ machine: MachineSettings) throws(TargetError) {}

    func check(_ program: Program, _ machine: MachineSettings) throws(TargetError) {
        if let misfit { throw misfit }
    }

    func makeGuest(_ program: Program, _ machine: MachineSettings) throws(TargetError) -> any Target {
        if let refusal { throw refusal }
        if let crew = crew?() {
            for segment in program.segments { crew.harts[0].place([Array(segment.bytes)], at: segment.physical.value) }
            crews.append(crew)
            return crew
        }
        let hart = TinyHart(compressed: isCompressed)
        for segment in program.segments { hart.place([Array(segment.bytes)], at: segment.physical.value) }
        hart.pc = (program.physical(for: program.entry) ?? GuestPhysicalAddress(program.entry.value)).value
        prepare(hart)
        harts.append(hart)
        return hart
    }

    func makeEmptyGuest() throws(TargetError) -> any Target {
        if let refusal { throw refusal }
        let hart = TinyHart(compressed: isCompressed)
        prepare(hart)
        return hart
    }

    func capability(_ name: String) throws(TargetError) -> Int? {
        if let refusal { throw refusal }
        let upper = name.uppercased()
        return capabilities[upper.hasPrefix("KVM_CAP_") ? String(upper.dropFirst(8)) : upper]
    }

    func facts() -> [(name: String, text: String)] { rows }

    var capabilityNames: [String] { capabilities.keys.sorted() }
}

/// A file that is gone when the value is.
final class TemporaryFile {
    let path: String

    init(_ name: String, _ bytes: [UInt8]) {
        let folder = NSTemporaryDirectory() + "kvmdbg-" + UUID().uuidString
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/" + name
        _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
    }

    /// The folder that holds it, and nothing else but what a test puts there.
    var folder: String { (path as NSString).deletingLastPathComponent }

    /// Puts another file beside it; its path.
    @discardableResult
    func sibling(_ name: String, _ text: String) -> String { sibling(name, [UInt8](text.utf8)) }

    /// As above, of bytes.
    @discardableResult
    func sibling(_ name: String, _ bytes: [UInt8]) -> String {
        let path = folder + "/" + name
        _ = FileManager.default.createFile(atPath: path, contents: Data(bytes))
        return path
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
