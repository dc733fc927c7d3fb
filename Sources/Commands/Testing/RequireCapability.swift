import Debugger
import Guest
import Target

/// `require cap NAME`: what KVM can do.
enum RequireCapability {
    static var command: Command {
        Command(
            name: "cap", aliases: ["capability"], group: .testing,
            usage: ["require cap NAME"],
            summary: "Skip the rest of a script unless KVM has a capability",
            help: """
                Asks KVM (KVM_CHECK_EXTENSION) for the capability KVM_CAP_NAME; the prefix and the case do not matter. When its
                value is zero, or there is no RISC-V KVM on this host, the script ends with exit status 4 (skipped) and
                the reason. "require cap SET_GUEST_DEBUG" is what a script with breakpoints needs.
                """,
            completion: .capabilities
        ) { (arguments, _) throws(CommandError) in
            guard let (word, span) = arguments.takeWord() else {
                throw .syntax("The name of a capability is missing.", arguments.restSpan)
            }
            let upper = word.uppercased()
            let name = upper.utf8.starts(with: "KVM_CAP_".utf8) ? String(upper.dropFirst(8)) : upper
            return { (context) throws(CommandError) in
                let value: Int?
                do throws(TargetError) { value = try context.session.provider.capability(name) } catch {
                    throw CommandError(.target(error))
                }
                guard let value else {
                    let near = Spelling.nearest(to: name, among: context.session.provider.capabilityNames)
                    let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: ", "))?"
                    throw .failed("kvmdbg knows no capability \"\(word)\".\(hint)", span)
                }
                guard value > 0 else {
                    throw .unavailable("This host's KVM has no capability KVM_CAP_\(name).")
                }
            }
        }
    }
}
