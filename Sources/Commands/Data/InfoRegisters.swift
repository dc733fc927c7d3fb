import Debugger
import Guest
import RISCV
import Reports

/// `info registers [NAME…|GROUP|all]`: the vCPU's registers.
enum InfoRegisters {
    static var command: Command {
        Command(
            name: "registers", aliases: ["r", "reg"], group: .data,
            usage: ["info registers", "info registers NAME…", "info registers core|csr|all"],
            summary: "Show registers",
            help: """
                Shows registers by name, or a group of them: "core" (also without an argument) the integer registers, pc and
                the privilege mode; "csr" the supervisor's control and status registers; "all" every register that the
                vCPU has. Each is read from the vCPU when it is shown.
                """,
            completion: .registers
        ) { (arguments, parsing) throws(CommandError) in
            var choices: [Choice] = []
            while let (word, span) = arguments.takeWord() { choices.append(try choice(word, span, parsing.registers)) }
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

    private static func choice(_ word: String, _ span: SourceSpan, _ table: RegisterTable) throws(CommandError)
        -> Choice
    {
        if word == "all" { return .all }
        if let group = RegisterGroup.allCases.first(where: { $0.name == word }) { return .group(group) }
        let name = word.utf8.first == UInt8(ascii: "$") ? String(word.dropFirst()) : word
        if let register = table.register(named: name) { return .one(register) }
        let near = Spelling.nearest(to: name, among: table.names(startingWith: ""))
        let hint = near.isEmpty ? "\"info registers all\" lists them." : "Did you mean \(near.joined(separator: ", "))?"
        throw .syntax("There is no register and no group of registers \"\(name)\". \(hint)", span)
    }

    private static func show(_ choice: Choice, _ context: Context) throws(CommandError) {
        let shown: [Register]
        switch choice {
        case .one(let register): shown = [register]
        case .group(let group): shown = try existing(context).filter { $0.group == group }
        case .all: shown = try existing(context)
        }
        if shown.isEmpty, case .group(let group) = choice {
            context.line("This vCPU has no registers in the group \"\(group.name)\".")
        }
        let width = max(14, shown.map { $0.name.utf8.count }.max() ?? 0) + 1
        for register in shown {
            let blanks = String(repeating: " ", count: max(1, width - register.name.utf8.count))
            context.line(context.style.register(register.name) + blanks + (try text(register, context)))
        }
    }

    /// The registers that the vCPU has, in the order of the table, those without a name behind them.
    private static func existing(_ context: Context) throws(CommandError) -> [Register] {
        let list = try context.engine { (session) throws(DebuggerError) in try session.registerList() }
        let table = context.session.registers
        let have = Set(list)
        let named = table.registers.filter { $0.id.map { have.contains($0) } ?? true }
        let known = Set(named.compactMap { $0.id })
        return named + list.filter { !known.contains($0) }.map { table.register(for: $0) }
    }

    private static func text(_ register: Register, _ context: Context) throws(CommandError) -> String {
        guard let id = register.id else { return hex(0 as UInt64, digits: 16) + "  0" }
        let bytes = try context.engine { (session) throws(DebuggerError) in try session.registerBytes(id) }
        if bytes.count > 8 { return hex(littleEndian: bytes) }
        let bits = littleEndian(bytes)
        let text = hex(bits, digits: 2 * bytes.count)
        let fields = register.fields(of: bits).map { $0.name + "=" + $0.value }.joined(separator: " ")
        if !fields.isEmpty { return text + "  " + fields }
        switch register.type {
        case .float: return text
        case .codePointer, .dataPointer:
            guard let symbol = context.session.symbolText(GuestVirtualAddress(bits)) else { return text }
            return text + "  " + context.style.symbol("<" + symbol + ">")
        case .signed: return text + "  \(Int64(bitPattern: bits))"
        case .unsigned, .vector: return text + "  \(bits)"
        }
    }
}
