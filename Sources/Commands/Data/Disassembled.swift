import Debugger
import Disassembly
import Guest
import RISCV
import Reports

extension Context {
    /// The instruction at `address` as a line, "=> 0x80000010 <main+4>:  addi sp,sp,-16", marked where pc is; and its length in
    /// bytes. With `showsBits`, the instruction as a number stands before it. Throws `.failed` where there is no memory.
    func disassembled(
        at address: GuestVirtualAddress, showsBits: Bool = false
    ) throws(CommandError) -> (text: String, byteCount: Int) {
        try disassembled(at: .virtual(address), showsBits: showsBits)
    }

    /// As above, in either address space. At a physical address, what the instruction names is shown as if it were virtual.
    func disassembled(
        at address: GuestAddress, showsBits: Bool = false
    ) throws(CommandError) -> (text: String, byteCount: Int) {
        var bytes = try engine { (session) throws(DebuggerError) in try session.bytes(at: address, count: 2) }
        if bytes[0] & 0b11 == 0b11 {
            bytes += try engine { (session) throws(DebuggerError) in try session.bytes(at: address + 2, count: 2) }
        }
        var decoded = try decode(bytes, at: GuestVirtualAddress(address.value))
        // Reading the vCPU's extensions takes many system calls: not for an instruction that all have.
        if decoded.tokens.first?.style == .directive, session.hasGuest, extensionsOf != session.guestNumber {
            try useGuestExtensions()
            decoded = try decode(bytes, at: GuestVirtualAddress(address.value))
        }
        var text = showsBits ? Quantity.column(bitsText(bytes.prefix(decoded.length)), 10) : ""
        for token in decoded.tokens { text += style(token) }
        // The pc of a stop is where the guest stopped; it may have been set since.
        let pc =
            session.stop?.hitsBreakpointHere == true || session.currentVCPU != session.stop?.vcpu
            ? try? session.pc() : session.stop?.pc
        let mark = pc.map { .virtual($0) == address } ?? false ? "=> " : "   "
        return (mark + addressText(address) + ":  " + text, decoded.length)
    }

    /// Has the disassembler know the extensions that the guest's vCPU has; without a guest it knows what it knew. Throws
    /// `.failed`.
    func useGuestExtensions() throws(CommandError) {
        guard session.hasGuest else { return }
        // Before the first run extensions can be switched off.
        if extensionsOf == session.guestNumber && session.stop?.reason != .start { return }
        let isa = try engine { (session) throws(DebuggerError) in try session.extensions() }
        extensionsOf = session.guestNumber
        // A vCPU that lists none is not KVM's: rv64gc, then.
        if isa == "rv64" { return }
        do throws(DisassemblyError) { try disassembler.setExtensions(isa) } catch { throw .failed(error.message, nil) }
    }

    private func decode(_ bytes: [UInt8], at address: GuestVirtualAddress) throws(CommandError) -> DecodedInstruction {
        do throws(DisassemblyError) {
            return try disassembler.disassemble(bytes, at: address) { self.session.symbolText($0) }
        } catch {
            throw .failed(error.message, nil)
        }
    }

    /// "00150513", "4505".
    private func bitsText(_ bytes: ArraySlice<UInt8>) -> String {
        String(hex(littleEndian(bytes), digits: 2 * bytes.count).dropFirst(2))
    }

    private func style(_ token: DecodedInstruction.Token) -> String {
        switch token.style {
        case .mnemonic, .subMnemonic, .directive: return style.mnemonic(token.text)
        case .register: return style.register(token.text)
        case .immediate, .addressOffset: return style.immediate(token.text)
        case .address: return style.address(token.text)
        case .symbol: return style.symbol(token.text)
        case .text, .comment: return token.text
        }
    }
}
