/// Where what is typed at the guest's console comes from while the guest runs.
public protocol Keyboard: AnyObject {
    /// What can be waited for: a descriptor that becomes readable.
    var descriptor: Int32 { get }

    /// What was typed since; nil when whoever types has had enough.
    func read() -> [UInt8]?
}
