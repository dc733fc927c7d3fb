import Guest

/// Why there is no disassembly.
public enum DisassemblyError: Error, Equatable {
    /// libopcodes was built without RISC-V.
    case unavailable
    /// The instruction at this address (GVA) has `needed` bytes, of which only `given` were there.
    case truncated(at: GuestVirtualAddress, needed: Int, given: Int)
    /// libopcodes does not take these extensions.
    case extensions(String)
    /// libopcodes gave up on the instruction at this address (GVA).
    case failed(at: GuestVirtualAddress)
}

extension DisassemblyError {
    /// The sentence to show.
    public var message: String {
        switch self {
        case .unavailable:
            return "Cannot disassemble: this program was linked with a libopcodes that lacks RISC-V. "
                + "Link it with one that has RISC-V (Debian: binutils-multiarch-dev)."
        case .truncated(let address, let needed, let given):
            return "Cannot disassemble at \(address.description): the instruction has \(needed) bytes, and the memory "
                + "that could be read ends after \(given). Begin at an address with more memory behind it."
        case .extensions(let isa):
            return
                "Cannot have the extensions \(isa) disassembled: libopcodes does not take them. The report of this is "
                + "welcome; the instructions of rv64gc are shown as before."
        case .failed(let address):
            return "Cannot disassemble at \(address.description): libopcodes gave up on it. "
                + "Show the bytes instead: x/4xb \(address.description)."
        }
    }
}
