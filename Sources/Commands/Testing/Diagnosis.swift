import Debugger
import Guest
import RISCV
import Reports
import Target

/// How the guest stands and what it did last, for the report of a failure. What cannot be read is said in its line: a report
/// never fails for that.
extension Context {
    /// `failure` with what there is to say about the guest, where a script or a batch run has failed. At the prompt a person can
    /// look; and a mistake in a command is not about the guest.
    func diagnosed(_ failure: Failure) -> Failure {
        if isInteractive || failure.kind == .syntax { return failure }
        var failure = failure
        if session.hasGuest {
            if !failure.details.contains(where: { $0.name == "stop" }) { failure.details += stopDetails() }
            failure.sections.append(Failure.Section(title: "registers", lines: registerLines(failure.command)))
            // The pc may have been set since the stop.
            if let pc = try? session.pc() {
                failure.sections.append(Failure.Section(title: "code", lines: codeLines(around: pc)))
            }
            let exits = exitLines()
            if !exits.isEmpty { failure.sections.append(Failure.Section(title: "exits", lines: exits)) }
        }
        let console = console.lines(40)
        if !console.isEmpty { failure.sections.append(Failure.Section(title: "console", lines: console)) }
        return failure
    }

    /// Whether what is not available is KVM itself, and the run has failed for that.
    var hasFailedForKVM: Bool {
        guard requiresKVM else { return false }
        // Every KVM that runs guests has it.
        do throws(TargetError) {
            _ = try session.provider.capability("USER_MEMORY")
            return false
        } catch { return true }
    }

    /// The registers that matter always, those of a trap where there was one, and those that the command names.
    private func registerLines(_ command: String) -> [String] {
        var names = ["pc", "ra", "sp", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "mode"]
        if hadTrap { names += ["scause", "sepc", "stval"] }
        for name in RegisterMention.names(in: command) where !names.contains(name) { names.append(name) }
        let registers = names.compactMap { session.registers.register(named: $0) }
        var lines = RegisterLines(registers)
        var known: Set<String> = []
        var texts: [String] = []
        for register in registers where known.insert(register.name).inserted {
            do throws(CommandError) {
                // A vector register has the size of this vCPU's vectors in its id.
                let id = try engine { (session) throws(DebuggerError) in try session.id(of: register) }
                let own = id.map { session.registers.register(for: $0) } ?? register
                texts.append(Style.plain(try lines.line(own, self)))
            } catch { texts.append(register.name + ": " + unreadable(error)) }
        }
        return texts
    }

    /// Whether the guest has taken a trap.
    private var hadTrap: Bool {
        for id in [RegisterID.scause, .sepc] {
            if let value = try? session.registerValue(id), value != 0 { return true }
        }
        return false
    }

    /// Eight instructions: three before pc, where it is known where they begin, its own, and those behind.
    private func codeLines(around pc: GuestVirtualAddress) -> [String] {
        var lines: [String] = []
        var address = starts(before: pc).suffix(3).first ?? pc
        while lines.count < 8 {
            do throws(CommandError) {
                let (text, byteCount) = try disassembled(at: address)
                lines.append(Style.plain(text))
                let next = address + UInt64(byteCount)
                if next < address { break }
                address = next
            } catch {
                lines.append("   \(address.description): " + unreadable(error))
                break
            }
        }
        return lines
    }

    /// Where the instructions before `pc` begin: counted from the start of the function that it is in; where that is too near,
    /// from somewhere before, if that leads to pc.
    private func starts(before pc: GuestVirtualAddress) -> [GuestVirtualAddress] {
        if let function = session.function(around: pc), pc.value - function.start.value <= 4096,
            let starts = starts(from: function.start, to: pc), starts.count >= 3
        {
            return starts
        }
        for distance in [16, 14, 12, 10, 8, 6, 4, 2] as [UInt64] where distance <= pc.value {
            if let starts = starts(from: pc - distance, to: pc) { return starts }
        }
        return []
    }

    /// The instructions from `start` up to `end`; nil when they do not lead there.
    private func starts(from start: GuestVirtualAddress, to end: GuestVirtualAddress) -> [GuestVirtualAddress]? {
        var starts: [GuestVirtualAddress] = []
        var address = start
        while address < end {
            guard let bytes = try? session.bytes(at: .virtual(address), count: 2),
                let byteCount = Instruction.byteCount(
                    firstHalfword: UInt16(truncatingIfNeeded: littleEndian(bytes)))
            else { return nil }
            starts.append(address)
            address = address + UInt64(byteCount)
        }
        return address == end ? starts : nil
    }

    private func exitLines() -> [String] {
        guard let records = try? session.latestExits() else { return [] }
        return records.map { ExitTracer.line($0) }
    }

    private func unreadable(_ error: CommandError) -> String {
        switch error {
        case .failed(let message, _), .unavailable(let message): return message
        default: return "This cannot be read."
        }
    }
}

/// The registers that a command's text names.
enum RegisterMention {
    /// What stands behind the dollars, in lower case as registers are, each as far as a name goes; many are no register.
    static func names(in text: String) -> [String] {
        var names: [String] = []
        let bytes = Array(text.utf8)
        var index = 0
        while index < bytes.count {
            index += 1
            if bytes[index - 1] != UInt8(ascii: "$") { continue }
            let start = index
            while index < bytes.count, isNameByte(bytes[index]) { index += 1 }
            let name = String(decoding: bytes[start..<index], as: UTF8.self)
            // `$fa0.u64` is a view of fa0; `$isa.zbb` has the dot in its name.
            names.append(name)
            if let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")) { names.append(String(name[..<dot])) }
        }
        return names
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
            return true
        default: return false
        }
    }
}
