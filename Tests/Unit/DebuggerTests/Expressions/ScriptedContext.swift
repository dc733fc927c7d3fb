import Debugger
import Guest
import Types

/// Registers, symbols, memory and variables in dictionaries; counts what it is asked for.
final class ScriptedContext: ExpressionContext {
    var registers: [String: Value] = [
        "pc": .pointer(GuestVirtualAddress(0x8000_0004), to: .code),
        "sp": .pointer(GuestVirtualAddress(0x8010_0000), to: .void),
        "a0": Value(42, .i64),
        "a1": Value(.max, .i64),
        "x10": Value(42, .i64),
        "sepc": Value(0x8000_0000, .u64),
        "stvec": Value(0, .u64),
        "timer.time": Value(1000, .u64),
    ]
    /// The floating-point and vector registers.
    var contents: [String: RegisterContents] = [
        "fa0": RegisterContents(bytes(0x3FF8_0000_0000_0000), isVector: false),
        "fa1": RegisterContents(bytes(0xFFFF_FFFF_3FC0_0000), isVector: false),
        "v0": RegisterContents([UInt8](1...16), isVector: true),
    ]
    /// The width of the elements of v0.
    var element = IntegerType.u32
    /// Bits that a register keeps when it is set.
    var writable: [String: UInt64] = ["stvec": ~2]
    var symbols: [String: ExpressionSymbol] = [
        "_start": ExpressionSymbol(address: GuestVirtualAddress(0x8000_0000), byteCount: 0, kind: .label),
        "main": ExpressionSymbol(address: GuestVirtualAddress(0x8000_0100), byteCount: 0x40, kind: .function),
        "counter": ExpressionSymbol(address: GuestVirtualAddress(0x8000_1000), byteCount: 4, kind: .object),
        "flag": ExpressionSymbol(address: GuestVirtualAddress(0x8000_1004), byteCount: 1, kind: .object),
        "half": ExpressionSymbol(address: GuestVirtualAddress(0x8000_1006), byteCount: 2, kind: .object),
        "list": ExpressionSymbol(address: GuestVirtualAddress(0x8000_1008), byteCount: 8, kind: .object),
        "table": ExpressionSymbol(address: GuestVirtualAddress(0x8000_1010), byteCount: 32, kind: .object),
        "blob": ExpressionSymbol(address: GuestVirtualAddress(0x8000_1010), byteCount: 0, kind: .object),
        "foo.part.0": ExpressionSymbol(address: GuestVirtualAddress(0x8000_0200), byteCount: 8, kind: .function),
    ]
    let base: UInt64 = 0x8000_1000
    var memory = [UInt8](repeating: 0, count: 0x2000)
    var variables: [String: Value] = ["name": .string([UInt8]("kvm".utf8)), "one": Value(1, .i64)]
    var values: [Value] = []
    private(set) var registerReads = 0
    private(set) var memoryReads = 0

    init() {
        store(0x8000_1000, [0xEF, 0xBE, 0xAD, 0xDE, 0x80, 0x00, 0x34, 0x12])
        store(0x8000_1008, [0x10, 0x10, 0x00, 0x80, 0, 0, 0, 0])
        for index in 0..<32 { memory[0x10 + index] = UInt8(index + 1) }
        store(0x8000_1103, [UInt8]("hello, guest".utf8))
    }

    func store(_ address: UInt64, _ bytes: [UInt8]) {
        for (index, byte) in bytes.enumerated() { memory[Int(address - base) + index] = byte }
    }

    func isRegister(_ name: String) -> Bool { registers[name] != nil || contents[name] != nil }

    func isVectorRegister(_ name: String) -> Bool { contents[name]?.isVector ?? false }

    func registerContents(_ name: String) throws(EvaluationFailure) -> RegisterContents? {
        registerReads += 1
        return contents[name]
    }

    func setRegisterContents(_ name: String, to bytes: [UInt8]) throws(EvaluationFailure) {
        guard contents[name]?.bytes.count == bytes.count else { throw EvaluationFailure("A wrong length.") }
        contents[name]?.bytes = bytes
    }

    /// The eight bytes of `bits`, lowest first.
    static func bytes(_ bits: UInt64) -> [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) } }

    func registerValue(_ name: String) throws(EvaluationFailure) -> Value? {
        registerReads += 1
        if name == "broken" { throw EvaluationFailure("The register is broken.") }
        guard let contents = contents[name] else { return registers[name] }
        if contents.isVector { return .vector(VectorValue(contents.bytes, of: .integer(element))) }
        let bits = littleEndian(contents.bytes)
        return Value(representation: bits, .float(.held(in: bits)))
    }

    func setRegister(_ name: String, to value: Value) throws(EvaluationFailure) {
        if name == "x10" { throw EvaluationFailure("The register x10 is read-only today.") }
        switch value {
        case .vector(let vector): contents[name]?.bytes = vector.bytes
        case .float(let bits, let type) where contents[name] != nil:
            contents[name]?.bytes = Self.bytes(type == .f32 ? bits | 0xFFFF_FFFF << 32 : bits)
        case .integer(let bits, _) where contents[name] != nil:
            contents[name]?.bytes = Self.bytes(Double(Int64(bitPattern: bits)).bitPattern)
        default: break
        }
        let bits = (value.bits ?? 0) & (writable[name] ?? .max)
        switch registers[name] {
        case .integer(_, let type): registers[name] = Value(bits, type)
        case .pointer(_, let target): registers[name] = .pointer(GuestVirtualAddress(bits), to: target)
        default: break
        }
    }

    func symbol(_ name: String) -> ExpressionSymbol? { symbols[name] }

    private func range(_ address: GuestAddress, _ count: Int) throws(EvaluationFailure) -> Range<Int> {
        let offset = address.value &- base
        guard [1, 2, 4, 8].contains(count), offset < UInt64(memory.count), count <= memory.count - Int(offset) else {
            throw EvaluationFailure("Cannot reach \(count) bytes at \(address.description).")
        }
        return Int(offset)..<Int(offset) + count
    }

    func readMemory(at address: GuestAddress, count: Int) throws(EvaluationFailure) -> UInt64 {
        memoryReads += 1
        return memory[try range(address, count)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    func writeMemory(_ value: UInt64, at address: GuestAddress, count: Int) throws(EvaluationFailure) {
        for (index, place) in try range(address, count).enumerated() {
            memory[place] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
        }
    }

    func readBytes(at address: GuestAddress, count: Int) throws(EvaluationFailure) -> [UInt8] {
        memoryReads += 1
        let offset = address.value &- base
        guard offset < UInt64(memory.count), count <= memory.count - Int(offset) else {
            throw EvaluationFailure("Cannot reach \(count) bytes at \(address.description).")
        }
        return Array(memory[Int(offset)..<Int(offset) + count])
    }

    func writeBytes(_ bytes: [UInt8], at address: GuestAddress) throws(EvaluationFailure) {
        store(address.value, bytes)
    }

    /// The guest's types.
    var types: TypeInformation?

    func type(_ keyword: TypeKeyword?, named name: String) throws(EvaluationFailure) -> CType? {
        guard let types else { throw EvaluationFailure("No type information: here is none.") }
        return types.type(keyword, named: name)
    }

    func enumerator(_ name: String) -> Value? {
        types?.enumerator(named: name).map { .described($0.bits, $0.type) }
    }

    func environment(_ name: String) -> String? { ["HOME": "/home/one", "EMPTY": ""][name] }

    func variable(_ name: String) -> Value? { variables[name] }

    func setVariable(_ name: String, to value: Value) throws(EvaluationFailure) {
        if name == "_" { throw EvaluationFailure("`$_` is the debugger's own.") }
        variables[name] = value
    }

    func history(_ index: HistoryIndex) throws(EvaluationFailure) -> Value {
        let count = UInt64(values.count)
        switch index {
        case .number(let number) where number >= 1 && number <= count: return values[Int(number - 1)]
        case .back(let back) where back < count: return values[Int(count - 1 - back)]
        case .back(0): return .void
        default: throw EvaluationFailure("The history has \(count) values.")
        }
    }

    func names(of kind: NameKind) -> [String] {
        switch kind {
        case .symbol: return [String](symbols.keys)
        case .register: return [String](registers.keys) + contents.keys
        case .variable: return [String](variables.keys)
        case .type(let keyword): return types?.names(keyword) ?? []
        }
    }

    /// "main+4" for addresses of code.
    static func symbolised(_ address: GuestVirtualAddress) -> String? {
        switch address.value {
        case 0x8000_0000: return "_start"
        case 0x8000_0001..<0x8000_0100: return "_start+\(address.value - 0x8000_0000)"
        case 0x8000_0100: return "main"
        default: return nil
        }
    }
}
