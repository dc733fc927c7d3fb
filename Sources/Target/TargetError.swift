/// Why a target could not do what the engine asked. The text is complete: what was tried, on what, why it failed, what to
/// do next. The engine adds context, it does not re-word.
public enum TargetError: Error {
    /// Guest-physical memory is not there, or not all of it.
    case memory(String)
    /// A register does not exist on this vCPU, or cannot be set, or not now.
    case register(String)
    /// This host cannot run the guest at all: no `/dev/kvm`, no permission, another architecture's KVM, a capability
    /// that is missing. A script that meets it is skipped, not failed.
    case unavailable(String)
    /// The host refuses what it should be able to do: a failed ioctl.
    case host(String)
    /// The guest's file does not fit the machine.
    case image(String)

    /// The sentence to show.
    public var message: String {
        switch self {
        case .memory(let text), .register(let text), .unavailable(let text), .host(let text), .image(let text):
            return text
        }
    }
}
