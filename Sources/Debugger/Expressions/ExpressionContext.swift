import Guest
import Types

/// What an expression's names and memory accesses mean: the session's side of the evaluator. Failures carry a sentence; the
/// evaluator adds the place.
public protocol ExpressionContext: AnyObject {
    /// Whether `$name` is a register, by any of its names, without reading it.
    func isRegister(_ name: String) -> Bool

    /// The register `$name`, with the type that expressions see; nil when there is no such register.
    func registerValue(_ name: String) throws(EvaluationFailure) -> Value?

    /// All bytes of the register `$name`, if it is a floating-point or a vector register; nil for any other name.
    func registerContents(_ name: String) throws(EvaluationFailure) -> RegisterContents?

    /// Whether `$name` is a vector register, without reading it.
    func isVectorRegister(_ name: String) -> Bool

    /// Sets all bytes of the register `$name`, which has `registerContents`.
    func setRegisterContents(_ name: String, to bytes: [UInt8]) throws(EvaluationFailure)

    /// Sets the register `$name`, which `isRegister`, from a number or a pointer; a vector register from a vector with as many
    /// bytes.
    func setRegister(_ name: String, to value: Value) throws(EvaluationFailure)

    /// The symbol `name` of the loaded files; nil when there is none.
    func symbol(_ name: String) -> ExpressionSymbol?

    /// The `count` (1, 2, 4 or 8) bytes at `address` as a little-endian number, zero-extended.
    func readMemory(at address: GuestAddress, count: Int) throws(EvaluationFailure) -> UInt64

    /// Writes the low `count` (1, 2, 4 or 8) bytes of `value`, little-endian, at `address`.
    func writeMemory(_ value: UInt64, at address: GuestAddress, count: Int) throws(EvaluationFailure)

    /// The `count` bytes, at least one, at `address`.
    func readBytes(at address: GuestAddress, count: Int) throws(EvaluationFailure) -> [UInt8]

    /// Writes `bytes` at `address`.
    func writeBytes(_ bytes: [UInt8], at address: GuestAddress) throws(EvaluationFailure)

    /// The type that the guest's type information has for `keyword` and `name`; without a keyword, a typedef or one of the basic
    /// types. nil when there is none of that name. Throws when there is no type information.
    func type(_ keyword: TypeKeyword?, named name: String) throws(EvaluationFailure) -> CType?

    /// The enumerator `name` of the guest's type information; nil when there is none, and while no type was asked for.
    func enumerator(_ name: String) -> Value?

    /// The convenience variable `$name`; nil when it was never set.
    func variable(_ name: String) -> Value?

    /// The environment variable `name`; nil when it is not set.
    func environment(_ name: String) -> String?

    /// Sets the convenience variable `$name`, creating it.
    func setVariable(_ name: String, to value: Value) throws(EvaluationFailure)

    /// A value of the history; `.void` for the last value of an empty history.
    func history(_ index: HistoryIndex) throws(EvaluationFailure) -> Value

    /// All names of a kind, in any order, from which the nearest to a mistyped one are offered. Asked for only when a name is
    /// unknown.
    func names(of kind: NameKind) -> [String]
}

/// The bytes of a register.
public struct RegisterContents: Equatable, Sendable {
    /// The lowest first.
    public var bytes: [UInt8]
    /// Whether they are the elements of a vector, rather than one number.
    public var isVector: Bool

    /// The contents `bytes`, of a vector register or not.
    public init(_ bytes: [UInt8], isVector: Bool) {
        self.bytes = bytes
        self.isVector = isVector
    }
}

/// A name's kind.
public enum NameKind: Sendable {
    /// A symbol of the loaded files.
    case symbol
    /// A register, without the `$`.
    case register
    /// A convenience variable, without the `$`.
    case variable
    /// A type with that keyword before its name; without one, a typedef or a basic type.
    case type(TypeKeyword?)
}

/// A value of the history.
public enum HistoryIndex: Equatable, Sendable {
    /// The value shown under a number: `$1`.
    case number(UInt64)
    /// The value so many before the last one: `$` is 0, `$$` is 1, `$$7` is 7.
    case back(UInt64)
}

/// What expressions need to know of a symbol.
public struct ExpressionSymbol: Equatable, Sendable {
    /// What a symbol names (`STT_FUNC`, `STT_OBJECT`, `STT_NOTYPE` of the ELF specification).
    public enum Kind: Sendable {
        /// Code.
        case function
        /// Data.
        case object
        /// An assembler's or linker's label, of code or data.
        case label
    }

    /// Where it is.
    public var address: GuestVirtualAddress
    /// Its size in bytes; 0 when the file does not say.
    public var byteCount: UInt64
    /// What it names.
    public var kind: Kind
    /// The type that the guest's type information has for a variable of that name; nil where there is none.
    public var declared: CType?

    /// The symbol of kind `kind` with `byteCount` bytes at `address`.
    public init(address: GuestVirtualAddress, byteCount: UInt64, kind: Kind) {
        self.address = address
        self.byteCount = byteCount
        self.kind = kind
    }

    /// The type of what is at `address`: the declared one; else code for a function, the unsigned integer of that size for an object of 1, 2, 4 or
    /// 8 bytes, else unknown.
    var type: ValueType {
        if let declared { return .described(declared) }
        switch kind {
        case .function: return .code
        case .label: return .void
        case .object: return IntegerType.unsigned(byteCount: byteCount).map { .integer($0) } ?? .void
        }
    }
}
