/// One instruction as text.
public struct DecodedInstruction: Sendable {
    /// A piece of the text and what it is.
    public struct Token: Sendable, Equatable {
        /// The characters; never a tab or a line end.
        public var text: String
        /// What they are, for colour.
        public var style: Style

        /// The piece `text` of the kind `style`.
        public init(_ text: String, _ style: Style) {
            self.text = text
            self.style = style
        }
    }

    /// What a piece is: the styles of GNU libopcodes (`enum disassembler_style` in `dis-asm.h`).
    public enum Style: Sendable, Equatable {
        /// Punctuation and space.
        case text
        /// The instruction's name, also of an alias such as `ret`.
        case mnemonic
        /// A word among the operands that belongs to the name, such as a rounding mode.
        case subMnemonic
        /// `.4byte` and the like, where the bits are no instruction.
        case directive
        /// A register or a CSR.
        case register
        /// A constant.
        case immediate
        /// An absolute address (GVA).
        case address
        /// A constant that is added to an address.
        case addressOffset
        /// The name that belongs to an address.
        case symbol
        /// The ` # ` before a remark.
        case comment
    }

    /// How many bytes the instruction takes: 2 or 4.
    public var length: Int
    /// The text in pieces.
    public var tokens: [Token]

    /// The whole text. Its one form: the mnemonic, padded with spaces to eight columns but followed by one at least, the
    /// operands as objdump prints them, nothing behind; a mnemonic without operands stands alone.
    /// `addi    sp,sp,-16`, `sfence.vma zero,zero`, `jal     ra,0x80000010 <main+4>`, `ret`.
    public var text: String {
        var text = ""
        for token in tokens { text += token.text }
        return text
    }
}
