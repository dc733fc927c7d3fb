import Debugger
import Guest
import Reports

/// `vcpu [N]`, `vcpu apply N|all COMMAND`: which virtual CPU the commands are about.
enum VCPUCommand {
    static var command: Command {
        Command(
            name: "vcpu", group: .running,
            usage: ["vcpu", "vcpu N", "vcpu apply N|all COMMAND"],
            summary: "Select a virtual CPU",
            help: """
                Makes the virtual CPU N, which is the number of its hart, the current one: the one whose registers are shown and set, and
                which is stepped. When the guest stops, the one that stopped is. Without N, the current one is shown. apply: carry out
                COMMAND with N, or with each, lowest first, as the current one. $_vcpu is the number of the current one.
                """,
            completion: .words(["apply"]), repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            if arguments.isEmpty {
                return { (context) throws(CommandError) in
                    guard context.session.hasGuest else { throw CommandError(.noGuest) }
                    show(context)
                }
            }
            if arguments.peekWord() == "apply" {
                _ = arguments.takeWord()
                return try apply(&arguments, parsing)
            }
            let number = try VCPUNumber.take(&arguments)
            return { (context) throws(CommandError) in
                try context.engine { (session) throws(DebuggerError) in try session.selectVCPU(number) }
                show(context)
            }
        }
    }

    private static func apply(
        _ arguments: inout Arguments, _ parsing: ParseContext
    ) throws(CommandError) -> Action {
        var chosen: Int?
        if arguments.peekWord() == "all" {
            _ = arguments.takeWord()
        } else {
            chosen = try VCPUNumber.take(&arguments)
        }
        let command = try NestedCommand(&arguments, parsing)
        return { (context) throws(CommandError) in
            guard context.session.hasGuest else { throw CommandError(.noGuest) }
            let before = context.session.currentVCPU
            for number in chosen.map({ [$0] }) ?? Array(0..<context.session.vcpuCount) {
                try context.engine { (session) throws(DebuggerError) in try session.selectVCPU(number) }
                context.line("vCPU \(number):")
                if let error = command.carryOut(context).error { throw error }
                guard context.session.hasGuest else { return }
            }
            try context.engine { (session) throws(DebuggerError) in try session.selectVCPU(before) }
        }
    }

    /// "vCPU 1, at 0x80000010 <main+4>".
    private static func show(_ context: Context) {
        let place = (try? context.session.pc()).map { ", at " + context.addressText($0) } ?? ""
        context.line("vCPU \(context.session.currentVCPU)" + place)
    }
}

/// The number of a vCPU in a command.
enum VCPUNumber {
    /// Takes a number. Throws `.syntax`.
    static func take(_ arguments: inout Arguments) throws(CommandError) -> Int {
        guard let (word, span) = arguments.takeWord() else {
            throw .syntax("The number of a virtual CPU is missing.", arguments.restSpan)
        }
        guard let number = Number.parse(word), number < 1 << 31 else {
            throw .syntax("\"\(word)\" is no number of a virtual CPU.", span)
        }
        return Int(number)
    }

    /// Takes "vcpu N", if it comes next. Throws `.syntax`.
    static func takeIfNamed(_ arguments: inout Arguments) throws(CommandError) -> Int? {
        guard arguments.peekWord() == "vcpu" else { return nil }
        _ = arguments.takeWord()
        return try take(&arguments)
    }
}
