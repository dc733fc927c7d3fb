import Debugger
import Guest
import RISCV
import Reports

/// `check registers`: whether KVM keeps what is written to a vCPU's registers.
enum Check {
    static var command: Command {
        Command(
            name: "check", group: .testing,
            usage: ["check registers", "check registers GROUP…"],
            summary: "Fail unless each register holds what is written to it",
            help: """
                For each register that KVM_GET_REG_LIST names, or those of the groups that "info registers" knows: reads it, sets it to
                the value that it has, sets it to another one, reads that back, and restores it. It fails when one cannot
                be read, does not take the value that it has, does not hold what it took, or is not what it was
                afterwards; then it tells which, and goes on with the others. That one cannot be set to anything else
                is no failure, and of CSRs it is none that they hold only some bits: these are listed.
                Most isa, sbi and config registers can be set only before the guest runs for the first time. A script is
                skipped there when the vCPU has no register of these groups.
                """,
            completion: .words(["registers"] + RegisterGroup.allCases.map { $0.name })
        ) { (arguments, _) throws(CommandError) in
            let text = arguments.text
            guard arguments.peekWord() == "registers" else {
                throw .syntax("\"registers\" is expected here.", arguments.restSpan)
            }
            _ = arguments.takeWord()
            var groups: [RegisterGroup] = []
            while let (word, span) = arguments.takeWord() {
                guard let group = RegisterGroup.allCases.first(where: { $0.name == word }) else {
                    let names = RegisterGroup.allCases.map { $0.name }.joined(separator: ", ")
                    throw .syntax("There is no group of registers \"\(word)\": there are \(names).", span)
                }
                groups.append(group)
            }
            return { (context) throws(CommandError) in
                let outcome = try Outcome(of: groups, context)
                if outcome.count == 0 {
                    let names = groups.map { $0.name }.joined(separator: ", ")
                    throw .unavailable("This vCPU has no registers of the group \(names).")
                }
                for line in outcome.lines { context.line(line) }
                if outcome.broken.isEmpty {
                    context.passed(text)
                } else {
                    throw .expectation(
                        "\(outcome.broken.count) of \(outcome.count) registers do not hold what is written to them.",
                        details: outcome.broken)
                }
            }
        }
    }

    /// What became of all of them.
    private struct Outcome {
        var count = 0
        private var heldCount = 0
        private var inPart: [String] = []
        private var readOnly: [String] = []
        var broken: [(name: String, value: String)] = []

        init(of groups: [RegisterGroup], _ context: Context) throws(CommandError) {
            let list = try context.engine { (session) throws(DebuggerError) in try session.registerList() }
            for id in list {
                let register = context.session.registers.register(for: id)
                guard groups.isEmpty || groups.contains(register.group) else { continue }
                count += 1
                let check = try context.engine { (session) throws(DebuggerError) in try session.checkRegister(id) }
                switch check {
                case .held: heldCount += 1
                case .heldInPart: inPart.append(register.name)
                case .readOnly: readOnly.append(register.name)
                case .broken(let sentence): broken.append((register.name, sentence))
                }
            }
        }

        var lines: [String] {
            var lines = ["\(count) registers: \(heldCount) were set to another value, held it, and were restored."]
            if !inPart.isEmpty { lines.append("Held some bits: " + inPart.joined(separator: ", ") + ".") }
            if !readOnly.isEmpty { lines.append("Take no other value: " + readOnly.joined(separator: ", ") + ".") }
            return lines
        }
    }
}
