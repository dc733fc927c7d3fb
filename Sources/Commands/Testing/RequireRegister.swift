import Debugger
import Target

/// `require register NAME`: what the vCPU has.
enum RequireRegister {
    static var command: Command {
        Command(
            name: "register", aliases: ["reg"], group: .testing,
            usage: ["require register NAME"],
            summary: "Skip the rest of a script unless the vCPU has a register",
            help: """
                Reads the register of the guest, or, while there is none, of a vCPU such as guests have. When it has not got it,
                the script ends with exit status 4 (skipped) and the reason. "require register v0" is what a script with vectors
                needs.
                """,
            completion: .registers
        ) { (arguments, parsing) throws(CommandError) in
            guard let (word, span) = arguments.takeWord() else {
                throw .syntax("The name of a register is missing.", arguments.restSpan)
            }
            let register = try parsing.register(word, span)
            return { (context) throws(CommandError) in
                do throws(DebuggerError) {
                    try context.session.probing { () throws(DebuggerError) in
                        guard let id = try context.session.id(of: register) else { return }
                        _ = try context.session.registerBytes(id)
                    }
                } catch {
                    switch error {
                    case .register(let sentence), .target(.register(let sentence)): throw .unavailable(sentence)
                    default: throw CommandError(error)
                    }
                }
            }
        }
    }
}
