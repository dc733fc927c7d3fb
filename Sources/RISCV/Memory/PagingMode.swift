/// How virtual addresses are translated (privileged specification, "Supervisor Address Translation and Protection
/// (satp) Register", MODE).
public enum PagingMode: UInt8, Sendable {
    /// No translation: a virtual address is a physical one.
    case bare = 0
    /// 39-bit virtual addresses, three levels.
    case sv39 = 8
    /// 48-bit virtual addresses, four levels.
    case sv48 = 9
    /// 57-bit virtual addresses, five levels.
    case sv57 = 10

    /// The name as the specification writes it.
    public var name: String {
        switch self {
        case .bare: "Bare"
        case .sv39: "Sv39"
        case .sv48: "Sv48"
        case .sv57: "Sv57"
        }
    }

    /// How many levels of tables there are; level 0 is the last one, whose entries map 4 KiB each.
    public var levelCount: Int {
        switch self {
        case .bare: 0
        case .sv39: 3
        case .sv48: 4
        case .sv57: 5
        }
    }
}
