import Commands
import Debugger
import Guest
import Host
import Images
import KVM
import Machine
import Reports
import Symbols
import Target

/// Guests on this host's KVM.
final class MachineProvider: GuestProvider {
    private let console: ReportConsole

    init(report: any Report, log: ConsoleLog) { console = ReportConsole(report: report, log: log) }

    var ramStart: GuestPhysicalAddress { GuestRAM.start }

    func check(_ machine: MachineSettings) throws(TargetError) {
        do throws(MachineError) { try MachineProvider.check(machine) } catch {
            throw .image(error.message)
        }
        _ = try folder(machine)
        guard let tree = machine.deviceTree else { return }
        do throws(MachineError) { try BootPlan.check(deviceTree: tree.bytes) } catch {
            throw .image("Cannot use \"\(tree.path)\". " + error.message)
        }
    }

    func check(_ program: Program, _ machine: MachineSettings) throws(TargetError) {
        _ = try plan(program, machine)
        _ = try folder(machine)
    }

    /// The folder whose files the guest can use by semihosting.
    private func folder(_ machine: MachineSettings) throws(TargetError) -> ConfinedFolder? {
        guard let path = machine.semihostingFolder else { return nil }
        do throws(HostError) { return try ConfinedFolder(path) } catch {
            throw .image(error.message + " Name a folder whose files the guest may use by semihosting.")
        }
    }

    func makeGuest(_ program: Program, _ settings: MachineSettings) throws(TargetError) -> any Target {
        let plan = try plan(program, settings)
        let folder = try folder(settings)
        console.log.clear()
        do throws(MachineError) {
            let machine = try Machine(
                KVMSystem.forMachines(), memory: settings.memorySize, vcpuCount: settings.vcpuCount, console: console)
            try machine.load(plan)
            let name = Path.name(of: program.path)
            machine.offerSemihosting(
                commandLine: settings.commandLine.map { name + " " + $0 } ?? name, folder: folder)
            return machine
        } catch { throw TargetError(error) }
    }

    func makeEmptyGuest() throws(TargetError) -> any Target {
        do throws(MachineError) {
            return try Machine(KVMSystem.forMachines(), memory: GuestRAM.pageSize, console: console)
        } catch { throw TargetError(error) }
    }

    func capability(_ name: String) throws(TargetError) -> Int? {
        guard let capability = Capability.named(name) else { return nil }
        do { return Int(try KVMSystem.forGuests().check(capability)) } catch { throw TargetError(.kvm(error)) }
    }

    var capabilityNames: [String] { Capability.all.map { $0.name } }

    func facts() -> [(name: String, text: String)] {
        let kernel = Kernel.current
        var rows: [(name: String, text: String)] = [
            ("host kernel", "\(kernel.system) \(kernel.release), \(kernel.machine)")
        ]
        do {
            let facts = try KVMSystem().facts()
            rows.append(("KVM interface", "version \(facts.apiVersion)"))
            if !facts.runsRISCVGuests {
                rows.append(("guests", KVMError.foreignGuests(machine: kernel.machine).message))
                return rows
            }
            for facility in facts.facilities {
                let mark = facility.capability == nil ? "" : facility.isAvailable ? "yes" : "no"
                let value = facility.value.map { $0 > 1 ? " (\($0))" : "" } ?? ""
                let label = mark.isEmpty ? "" : mark + value + ". "
                rows.append((facility.name, label + facility.meaning))
            }
        } catch {
            rows.append(("KVM", error.message))
        }
        return rows
    }

    /// What the host is and can do, for reports: the kernel, the architecture, KVM and its capabilities.
    static func properties() -> [(name: String, value: String)] {
        let kernel = Kernel.current
        var properties = [
            (name: "kernel", value: "\(kernel.system) \(kernel.release)"),
            (name: "architecture", value: kernel.machine),
        ]
        do throws(KVMError) {
            let system = try KVMSystem.forGuests()
            var list: [String] = []
            for capability in Capability.all {
                let value = try system.check(capability)
                if value > 0 { list.append("\(capability.name)=\(value)") }
            }
            properties.append((name: "capabilities", value: list.joined(separator: " ")))
        } catch { properties.append((name: "kvm", value: error.message)) }
        return properties
    }

    private static func check(_ machine: MachineSettings) throws(MachineError) {
        try GuestRAM.check(byteCount: machine.memorySize)
        try Machine.check(vcpuCount: machine.vcpuCount)
    }

    private func plan(_ program: Program, _ machine: MachineSettings) throws(TargetError) -> BootPlan {
        try check(machine)
        let segments = program.segments.map {
            LoadSegment(
                number: $0.index, physical: $0.physical, virtual: $0.virtual, fileBytes: $0.bytes,
                memorySize: $0.memorySize)
        }
        do throws(MachineError) {
            let ram = MemoryRegion(start: GuestRAM.start, byteCount: machine.memorySize)
            return try BootPlan(
                try LoadPlan(segments: segments, entry: program.entry, ram: ram), ram: ram,
                vcpuCount: machine.vcpuCount, needsTree: program.isKernel, initrd: machine.initrd?.bytes,
                ownTree: machine.deviceTree?.bytes, commandLine: machine.commandLine)
        } catch { throw .image("Cannot load \"\(program.path)\". " + error.message) }
    }
}

/// The guest's console, told to the report as it comes, and kept for the script.
private final class ReportConsole: Console {
    private let report: any Report
    let log: ConsoleLog

    init(report: any Report, log: ConsoleLog) {
        self.report = report
        self.log = log
    }

    func write(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        report.console(Array(bytes))
        return log.write(bytes)
    }
}

extension KVMSystem {
    /// As `forGuests`, for those who make machines. Throws `.kvm`.
    fileprivate static func forMachines() throws(MachineError) -> KVMSystem {
        do { return try forGuests() } catch { throw .kvm(error) }
    }

    /// This host's KVM, if it can run RISC-V guests. Throws `.open`, `.apiVersion` and `.foreignGuests`.
    fileprivate static func forGuests() throws(KVMError) -> KVMSystem {
        // Where KVM is another architecture's it does not matter whether its device can be opened.
        guard runsRISCVGuests else { throw .foreignGuests(machine: Kernel.current.machine) }
        return try KVMSystem()
    }
}

extension TargetError {
    /// Tells what this host cannot do at all from what failed.
    fileprivate init(_ error: MachineError) {
        switch error {
        case .kvm(.open), .kvm(.apiVersion), .kvm(.foreignGuests), .kvm(.missing): self = .unavailable(error.message)
        case .load, .memorySize, .vcpuCount, .outsideRAM: self = .image(error.message)
        case .kvm, .memoryMapping: self = .host(error.message)
        }
    }
}
