import Guest
import Target

/// Where guests come from: the machine over KVM, or a scripted one in the unit tests.
public protocol GuestProvider: AnyObject {
    /// Where the RAM of guests begins.
    var ramStart: GuestPhysicalAddress { get }

    /// Whether there can be such a machine; needs no KVM. Throws `.image`.
    func check(_ machine: MachineSettings) throws(TargetError)

    /// Whether `program` fits `machine`; needs no KVM. Throws `.image`.
    func check(_ program: Program, _ machine: MachineSettings) throws(TargetError)

    /// A fresh guest with `program` in its RAM, its vCPU at the program's entry, not yet run. Throws `.unavailable`, `.image`
    /// and `.host`.
    func makeGuest(_ program: Program, _ machine: MachineSettings) throws(TargetError) -> any Target

    /// A guest without a program, not to be run: what its vCPU has is what that of every guest has. Throws `.unavailable` and
    /// `.host`.
    func makeEmptyGuest() throws(TargetError) -> any Target

    /// The value of the KVM capability `name` (`KVM_CAP_` may be left out) for RISC-V guests; nil for a name that kvmdbg does
    /// not know. Throws `.unavailable`.
    func capability(_ name: String) throws(TargetError) -> Int?

    /// What the host and its KVM are and can do, as (name, sentence), in the order to show. It does not throw: that there is
    /// no KVM is a fact too.
    func facts() -> [(name: String, text: String)]

    /// The names of all capabilities that `capability` knows, without `KVM_CAP_`.
    var capabilityNames: [String] { get }
}
