import Guest
import RISCV
import Symbols

extension Session {
    /// The function that the guest is in, by where it returns to.
    struct Frame {
        /// Where it goes on when the function has returned (GVA); nil where that is not known.
        var returnAddress: GuestVirtualAddress?
        /// The stack pointer is then at least this.
        var callerStack: UInt64
    }

    /// The frame at pc: ra, or where the instructions from the function's symbol up to pc have stored it. Without a symbol, ra.
    /// A function that called others and did not store ra does not return to it.
    /// Throws `.noGuest`, `.unmapped` and `.target`.
    func frame() throws(DebuggerError) -> Frame {
        let pc = try pc()
        let stack = try registerValue(.sp)
        var prologue: Prologue?
        if let start = symbolStart(of: pc), start != pc {
            prologue = try Prologue(from: start, to: pc) { (address) throws(DebuggerError) in
                try instructionIfMapped(at: address)
            }
        }
        var returnAddress: GuestVirtualAddress? = GuestVirtualAddress(try integerRegister(1))
        if prologue?.hasCalled == true { returnAddress = nil }
        if let offset = prologue?.returnAddressOffset {
            let bytes = try bytes(at: GuestVirtualAddress(stack &+ offset), count: 8)
            returnAddress = GuestVirtualAddress(littleEndian(bytes))
        }
        return Frame(returnAddress: returnAddress, callerStack: stack &+ (prologue?.frameByteCount ?? 0))
    }

    /// Where the function begins that has the code at `address`; nil where no symbol says.
    private func symbolStart(of address: GuestVirtualAddress) -> GuestVirtualAddress? {
        guard let symbol = symbols.location(of: address)?.symbol, symbol.kind == .function else { return nil }
        return symbol.address
    }
}
