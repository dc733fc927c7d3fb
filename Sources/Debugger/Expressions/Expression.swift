/// An expression of the command language: C's operators over registers, symbols, memory, variables and values of the
/// history. Parsed once; evaluated in a context as often as needed.
///
/// - Arithmetic is 64 bits wide and wraps. u8 … u32 and i8 … i32 are widened to i64 first; an operation is unsigned if one
///   operand is u64, else signed. (So `(u32)0xffffffff + 1` is 0x100000000; C's `unsigned int` would wrap.) Comparisons,
///   `!`, `&&` and `||` yield 0 or 1 as i64. `a ? b : c` has the type of the branch taken.
/// - Shifting left by 64 and more yields 0; shifting right by as much yields 0, or -1 of a negative signed value.
/// - Floating-point numbers: the result is an f64 if one operand is, else an f32; an integer is converted, as in C. `%`, shifts and the bitwise operators are for integers only. Division by zero gives an infinity or a NaN.
/// - A literal is i64, or u64 if it has a `U` or needs bit 63; a character literal is u8, as `char` is on RISC-V.
/// - A pointer counts in its target's size under `+`, `-` and `[]`, in bytes if it points to code or to anything unknown. In
///   other arithmetic and beside an integer in a comparison it is its address as u64.
/// - A symbol is what it stands for: a function or a label its address; an object of 1, 2, 4 or 8 bytes the unsigned integer
///   in memory; any other object cannot be read as a value, only its address taken. `&symbol` points to that type.
/// - `{TYPE}e` is the TYPE at the address e; if e is a symbol, at the symbol, whatever its type.
/// - `phys:e` is the guest-physical address e; memory there is read and written past the page tables. A number can be added
///   to it; anything else but a comparison is refused, so that it never becomes a virtual address by accident.
/// - `$env("NAME")` is the environment variable, void when it is not set; `$_isvoid(e)` is 1 when e is void, else 0.
/// - `$name.TYPE` is the contents of a floating-point or vector register as TYPE. A vector's elements are counted from 0 by `[]`;
///   `{1, 2}` is a list of elements.
/// - `=` and `+=` and so on set a register, a variable, or memory (an object, `*p`, `p[i]`, `{TYPE}e`); their value is what is
///   there afterwards, read back from a register.
public struct Expression: Sendable {
    let root: Node

    /// The part of the text that is the expression.
    public var span: SourceSpan { root.span }

    /// Whether it is a number as it stands, perhaps with a minus before it: C's `int`, where its value fits that.
    public var isIntegerLiteral: Bool {
        switch root.kind {
        case .integer(_, let type): return type.byteCount == 8
        case .prefix(.minus, let operand):
            if case .integer(_, let type) = operand.kind { return type.byteCount == 8 }
            return false
        default: return false
        }
    }

    /// Whether it is a number as it stands, perhaps with a minus before it.
    public var isNumberLiteral: Bool {
        switch root.kind {
        case .integer, .float: return true
        case .prefix(.minus, let operand):
            switch operand.kind {
            case .integer, .float: return true
            default: return false
            }
        default: return false
        }
    }

    /// Whether evaluating it may change something: it has an assignment in it.
    public let hasAssignment: Bool
}

/// A part of an expression. Immutable; its height is bounded by the parser.
final class Node: Sendable {
    // Indirect, since a kind is copied whenever it is looked at.
    indirect enum Kind: Sendable {
        case integer(UInt64, IntegerType)
        case float(UInt64, FloatType)
        case string([UInt8])
        /// `$name`: a register, or else a variable.
        case dollar(String)
        /// `$name.suffix`: the contents of a register as elements of `type`; or else a member of a variable.
        case view(ValueType, of: String, suffix: String)
        /// `{a, b, c}`
        case list([Node])
        case history(HistoryIndex)
        case symbol(String)
        case prefix(PrefixOperator, Node)
        case dereference(Node)
        case address(of: Node)
        /// `phys:operand`
        case physical(Node)
        /// `{type}operand`
        case memory(TypeName, at: Node)
        case cast(TypeName, Node)
        case index(Node, Node)
        /// `operand.name`, `operand->name`: the same, since whether the operand is a pointer is seen when it is evaluated.
        case member(Node, String)
        /// `sizeof(type)`
        case byteCount(TypeName)
        /// `sizeof operand`
        case byteCountOf(Node)
        case binary(BinaryOperator, Node, Node)
        case both(Node, Node)
        case either(Node, Node)
        case conditional(Node, Node, Node)
        case assignment(Node, BinaryOperator?, Node)
        /// `$name(operand)`
        case call(Function, Node)
    }

    let kind: Kind
    let span: SourceSpan
    /// Whether there is a dot in a name, which can also be the one before a member.
    let isDotted: Bool

    init(_ kind: Kind, _ span: SourceSpan) {
        self.kind = kind
        self.span = span
        switch kind {
        case .view: isDotted = true
        case .dollar(let name), .symbol(let name): isDotted = name.utf8.contains(UInt8(ascii: "."))
        default: isDotted = false
        }
    }
}

enum PrefixOperator: Sendable {
    case plus, minus, not, complement
}

enum BinaryOperator: Sendable {
    case multiply, divide, remainder, add, subtract, shiftLeft, shiftRight
    case less, greater, lessOrEqual, greaterOrEqual, equal, notEqual
    case and, exclusiveOr, or
}
