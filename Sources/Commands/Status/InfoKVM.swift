import Debugger

/// `info kvm`: the host.
enum InfoKVM {
    static var command: Command {
        Command(
            name: "kvm", group: .status,
            usage: ["info kvm"],
            summary: "Show the host's kernel and KVM, and which debug facilities exist",
            help: """
                Shows the host's kernel, the version of its KVM interface, the capabilities that matter to a debugger, and
                which debug facilities exist on this host and which do not, with what kvmdbg does instead.
                """
        ) { (arguments, _) throws(CommandError) in
            return { (context) throws(CommandError) in
                let facts = context.session.provider.facts()
                let width = facts.map { $0.name.utf8.count }.max() ?? 0
                for fact in facts {
                    let blanks = String(repeating: " ", count: width - fact.name.utf8.count)
                    context.line("\(fact.name)\(blanks)  \(fact.text)")
                }
            }
        }
    }
}
