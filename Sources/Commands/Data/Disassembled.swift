import Debugger
import Disassembly
import Guest
import Reports

extension Context {
    /// The instruction at `address` as a line, "=> 0x80000010 <main+4>:  addi sp,sp,-16", marked where pc is; and its length in
    /// bytes. Throws `.failed` where there is no memory.
    func disassembled(at address: GuestVirtualAddress) throws(CommandError) -> (text: String, byteCount: Int) {
        try disassembled(at: .virtual(address))
    }

    /// As above, in either address space. At a physical address, what the instruction names is shown as if it were virtual.
    func disassembled(at address: GuestAddress) throws(CommandError) -> (text: String, byteCount: Int) {
        var bytes = try engine { (session) throws(DebuggerError) in try session.bytes(at: address, count: 2) }
        if bytes[0] & 0b11 == 0b11 {
            bytes += try engine { (session) throws(DebuggerError) in try session.bytes(at: address + 2, count: 2) }
        }
        let decoded: DecodedInstruction
        do throws(DisassemblyError) {
            decoded = try disassembler.disassemble(bytes, at: GuestVirtualAddress(address.value)) {
                self.session.symbolText($0)
            }
        } catch {
            throw .failed(error.message, nil)
        }
        var text = ""
        for token in decoded.tokens { text += style(token) }
        // The pc of a stop is where the guest stopped; it may have been set since.
        let pc = session.stop?.hitsBreakpointHere == true ? try? session.pc() : session.stop?.pc
        let mark = pc.map { .virtual($0) == address } ?? false ? "=> " : "   "
        return (mark + addressText(address) + ":  " + text, decoded.length)
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
