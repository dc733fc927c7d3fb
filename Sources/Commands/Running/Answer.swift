import Debugger
import Target

/// `answer mmio|csr VALUE`: what the guest reads where nothing answers it.
enum Answer {
    static var command: Command {
        Command(
            name: "answer", group: .running,
            usage: ["answer mmio EXPRESSION", "answer csr EXPRESSION"],
            summary: "Say what the guest reads where nothing answers it",
            help: """
                mmio: a load from where there is neither RAM nor a device gets the low bytes of the value, 0 at first. csr: so does
                a CSR that the kernel leaves to user space (KVM_EXIT_RISCV_CSR), as "seed". The guest stops there all the
                same. It holds for later guests, too.
                """,
            completion: .words(["mmio", "csr"]), repetition: .never
        ) { (arguments, parsing) throws(CommandError) in
            guard let (word, _) = arguments.takeWord(), word == "mmio" || word == "csr" else {
                throw .syntax("\"mmio\" or \"csr\" is expected here.", arguments.restSpan)
            }
            let expression = try parsing.expression(&arguments)
            return { (context) throws(CommandError) in
                guard let bits = try context.evaluate(expression).bits else {
                    throw .failed("This has no value.", expression.span)
                }
                if word == "mmio" { context.session.answers.load = bits } else { context.session.answers.csr = bits }
            }
        }
    }
}
