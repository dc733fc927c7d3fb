import COpcodes
import Guest

/// Machine code as text, by GNU libopcodes: 64-bit RISC-V, ABI register names, aliases such as `ret`, and the extensions
/// that libopcodes takes for granted (rv64gc), unless others are set.
///
/// While instructions are disassembled in the order of their addresses, the address that a pair such as `auipc` and
/// `addi` makes is shown behind the second one, as objdump does; a jump forgets the first.
public final class Disassembler {
    /// No instruction is longer, in bytes: what the specification reserves for longer ones is shown as `.4byte`.
    public static let longestInstruction = 4

    private let handle: OpaquePointer

    /// Throws `.unavailable`.
    public init() throws(DisassemblyError) {
        guard let handle = opcodes_open() else { throw .unavailable }
        self.handle = handle
    }

    /// Has the instructions of the extensions in `isa` understood, "rv64imafdc_zba_zbb", and no others (RISC-V unprivileged
    /// specification, "ISA Extension Naming Conventions"); names that libopcodes does not know have no effect. libopcodes
    /// keeps them for the whole process. Throws `.extensions`.
    public func setExtensions(_ isa: String) throws(DisassemblyError) {
        guard opcodes_set_extensions(handle, isa) == 0 else { throw .extensions(isa) }
    }

    deinit { opcodes_close(handle) }

    /// The instruction at the start of `bytes`, which stand at `address` (GVA) in the guest; more bytes than it has are
    /// no harm. `symbolize` gives the name for an address among the operands, "main+4", or nil.
    ///
    /// Bits that are no instruction become `.2byte 0x…` or `.4byte 0x…`; two zero bytes are `unimp`.
    /// Throws `.truncated` and `.failed`.
    public func disassemble(
        _ bytes: [UInt8], at address: GuestVirtualAddress, symbolize: (GuestVirtualAddress) -> String?
    ) throws(DisassemblyError) -> DecodedInstruction {
        // The lowest two bits tell the length (RISC-V unprivileged specification, 1.5).
        let needed = bytes.first.map { $0 & 0b11 == 0b11 ? 4 : 2 } ?? 2
        guard bytes.count >= needed else { throw .truncated(at: address, needed: needed, given: bytes.count) }
        if bytes[0] & 0b1_1111 == 0b1_1111 { return data(bytes, needed) }

        // SAFETY: the shim reads at most `needed` bytes at the pointer, and does not keep it.
        let length = bytes.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { opcodes_disassemble(handle, $0, needed, address.value) } ?? -1
        }
        guard length == needed else { throw .failed(at: address) }

        var tokens: [DecodedInstruction.Token] = []
        for index in 0..<opcodes_token_count(handle) {
            let token = opcodes_token_at(handle, index)
            let style = Self.style(token.style)
            // libopcodes 2.40 says .4byte here, 2.44 .insn: one form for all.
            if index == 0 && style == .directive { return data(bytes, needed) }
            append(Self.text(token), style, to: &tokens)
            if token.is_address != 0, let name = symbolize(GuestVirtualAddress(token.address)) {
                tokens += [.init(" <", .text), .init(name, .symbol), .init(">", .text)]
            }
        }
        while let last = tokens.last, last.text.utf8.allSatisfy({ $0 == UInt8(ascii: " ") }) { tokens.removeLast() }
        return DecodedInstruction(length: needed, tokens: tokens)
    }

    /// The first `count` bytes as one number.
    private func data(_ bytes: [UInt8], _ count: Int) -> DecodedInstruction {
        var value: UInt32 = 0
        for byte in bytes.prefix(count).reversed() { value = value << 8 | UInt32(byte) }
        return DecodedInstruction(
            length: count,
            tokens: [
                .init(count == 4 ? ".4byte" : ".2byte", .directive), .init("  ", .text),
                .init(hex(value, digits: 2 * count), .immediate),
            ])
    }

    /// Adds a piece, with the tab between mnemonic and operands made into spaces.
    private func append(_ text: String, _ style: DecodedInstruction.Style, to tokens: inout [DecodedInstruction.Token])
    {
        guard text.utf8.contains(UInt8(ascii: "\t")) else {
            tokens.append(.init(text, style))
            return
        }
        var column = tokens.reduce(0) { $0 + $1.text.utf8.count }
        var spaced = ""
        for character in text.unicodeScalars {
            let padding = character == "\t" ? max(1, 8 - column) : 0
            spaced += padding > 0 ? String(repeating: " ", count: padding) : String(character)
            column += max(1, padding)
        }
        tokens.append(.init(spaced, style))
    }

    private static func text(_ token: opcodes_token) -> String {
        // SAFETY: the shim keeps `length` bytes at `text` until the next instruction; they are copied here.
        token.text.withMemoryRebound(to: UInt8.self, capacity: token.length) {
            String(decoding: UnsafeBufferPointer(start: $0, count: token.length), as: UTF8.self)
        }
    }

    private static func style(_ style: Int32) -> DecodedInstruction.Style {
        switch Int(style) {
        case OPCODES_MNEMONIC: return .mnemonic
        case OPCODES_SUB_MNEMONIC: return .subMnemonic
        case OPCODES_DIRECTIVE: return .directive
        case OPCODES_REGISTER: return .register
        case OPCODES_IMMEDIATE: return .immediate
        case OPCODES_ADDRESS: return .address
        case OPCODES_ADDRESS_OFFSET: return .addressOffset
        case OPCODES_SYMBOL: return .symbol
        case OPCODES_COMMENT: return .comment
        default: return .text
        }
    }
}
