import Debugger
import Guest
import RISCV
import Target

/// `require isa NAME` and `require sbi NAME`: the extensions that the vCPU has.
enum RequireExtension {
    static var isa: Command {
        command(
            "isa", kind: "ISA",
            help: """
                Reads the vCPU's register isa.NAME, which is 1 where it has the extension: the guest's, or, while there is none,
                that of a vCPU such as guests have. When it is 0, or KVM does not know it, the script ends with exit status 4
                (skipped) and the reason. The case does not matter: "require isa Sstc".
                """)
    }

    static var sbi: Command {
        command(
            "sbi", kind: "SBI",
            help: """
                As "require isa", for the vCPU's register sbi.NAME: whether KVM offers the guest this extension of the SBI. "require
                sbi DBCN" is what a guest needs that prints by the debug console.
                """)
    }

    private static func command(_ name: String, kind: String, help: String) -> Command {
        Command(
            name: name, group: .testing,
            usage: ["require \(name) NAME"],
            summary: "Skip the rest of a script unless the vCPU has an extension of the \(kind)",
            help: help,
            completion: .extensions(of: name)
        ) { (arguments, parsing) throws(CommandError) in
            guard let (word, span) = arguments.takeWord() else {
                throw .syntax("The name of an extension is missing.", arguments.restSpan)
            }
            let lower = word.lowercased()
            guard let register = parsing.registers.register(named: "\(name).\(lower)"), let id = register.id else {
                let near = Spelling.nearest(to: lower, among: names(name, parsing.registers))
                let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: ", "))?"
                throw .syntax("kvmdbg knows no extension \"\(word)\" of the \(kind).\(hint)", span)
            }
            return { (context) throws(CommandError) in
                guard try isOn(id, context) else {
                    throw .unavailable("A guest's vCPU has no extension \(word) of the \(kind) on this host.")
                }
            }
        }
    }

    private static func isOn(_ id: RegisterID, _ context: Context) throws(CommandError) -> Bool {
        do throws(DebuggerError) {
            return try context.session.probing { () throws(DebuggerError) in
                try context.session.registerValue(id) != 0
            }
        } catch {
            // A kernel that is older than the extension has no such register.
            if case .target(.register) = error { return false }
            throw CommandError(error)
        }
    }

    /// The extensions of `group`, "isa" or "sbi", by the names of their registers.
    static func names(_ group: String, _ registers: RegisterTable) -> [String] {
        registers.names(startingWith: group + ".").map { String($0.dropFirst(group.utf8.count + 1)) }
            .filter { !$0.utf8.contains(UInt8(ascii: ".")) }
    }
}
