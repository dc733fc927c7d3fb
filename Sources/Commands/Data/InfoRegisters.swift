import Debugger
import Guest
import RISCV
import Reports

/// `info registers [NAME…|GROUP|all]`: the vCPU's registers.
enum InfoRegisters {
    static var command: Command {
        Command(
            name: "registers", aliases: ["r", "reg"], group: .data,
            usage: ["info registers", "info registers NAME…", "info registers GROUP"],
            summary: "Show registers",
            help: """
                Shows registers by name, or a group of them, as far as the vCPU has them:
                  core       the integer registers, pc and the privilege mode; also without an argument
                  csr        the supervisor's control and status registers
                  aia        those of the Advanced Interrupt Architecture
                  smstateen  those of Smstateen
                  timer      the timer
                  fp         the floating-point registers and fcsr
                  vector     the vector registers and their CSRs
                  isa        which ISA extensions the vCPU has
                  sbi        which SBI extensions it has
                  config     what identifies and sizes the vCPU
                  other      what kvmdbg has no name for
                  all        every register
                A * marks a value that is not what info registers showed at an earlier stop. Behind a floating-point
                register's bits stands its value; "f32" if they are a single, which is NaN-boxed. A vector register is
                shown by the element width of vtype. Each register is read from the vCPU when it is shown.
                """,
            completion: .registers
        ) { (arguments, parsing) throws(CommandError) in
            var choices: [Choice] = []
            while let (word, span) = arguments.takeWord() { choices.append(try choice(word, span, parsing)) }
            if choices.isEmpty { choices = [.group(.core)] }
            return { (context) throws(CommandError) in
                for choice in choices { try show(choice, context) }
            }
        }
    }

    private enum Choice {
        case one(Register)
        case group(RegisterGroup)
        case all
    }

    private static func choice(
        _ word: String, _ span: SourceSpan, _ parsing: ParseContext
    ) throws(CommandError) -> Choice {
        if word == "all" { return .all }
        if let group = RegisterGroup.allCases.first(where: { $0.name == word }) { return .group(group) }
        return .one(try parsing.register(word, span, orGroup: true))
    }

    private static func show(_ choice: Choice, _ context: Context) throws(CommandError) {
        let shown: [Register]
        switch choice {
        case .one(let register):
            if register.part != nil {
                shown = [register]
                break
            }
            let id = try context.engine { (session) throws(DebuggerError) in try session.id(of: register) }
            shown = [id.map { context.session.registers.register(for: $0) } ?? register]
        case .group(let group): shown = oneView(try existing(context).filter { $0.group == group })
        case .all: shown = try existing(context)
        }
        if shown.isEmpty, case .group(let group) = choice {
            context.line("This vCPU has no registers in the group \"\(group.name)\".")
        }
        var lines = RegisterLines(shown)
        for register in shown { context.line(try lines.line(register, context)) }
    }

    /// The registers that the vCPU has, in the order of the table, those without a name behind them.
    private static func existing(_ context: Context) throws(CommandError) -> [Register] {
        let list = try context.engine { (session) throws(DebuggerError) in try session.registerList() }
        let table = context.session.registers
        var have: [RegisterID: RegisterID] = [:]
        // A vector register has the size of this vCPU's vectors in its id.
        for id in list { have[table.register(for: id).type == .vector ? id.resized(toBytes: 1) : id] = id }
        var registers: [Register] = []
        var known: Set<RegisterID> = []
        for register in table.registers {
            guard let id = register.id else {
                registers.append(register)
                continue
            }
            guard let own = have[register.type == .vector ? id.resized(toBytes: 1) : id] else { continue }
            known.insert(own)
            registers.append(table.register(for: own))
        }
        return registers + list.filter { !known.contains($0) }.map { table.register(for: $0) }
    }

    /// `registers` without KVM's second view of the floating-point registers, where there is the first.
    private static func oneView(_ registers: [Register]) -> [Register] {
        guard registers.contains(where: { $0.numberName == "f0" }) else { return registers }
        return registers.filter { $0.group != .fp || $0.dwarfNumber != nil }
    }
}
