/// Why a target could not do what the engine asked. The text is complete: what was tried, on what, why it failed, what to
/// do next. The engine adds context, it does not re-word.
public enum TargetError: Error {
    /// Guest-physical memory is not there, or not all of it.
    case memory(String)
    /// A register does not exist on this vCPU, or cannot be set, or not now.
    case register(String)
    /// The host refuses: no `/dev/kvm`, no permission, no capability, a failed ioctl.
    case host(String)

    /// The sentence to show.
    public var message: String {
        switch self {
        case .memory(let text), .register(let text), .host(let text): return text
        }
    }
}
