import Debugger
import Guest
import RISCV
import Reports

/// Lines of registers, one below the other: name, number, a mark if the value changed, bits, and what they say.
struct RegisterLines {
    private static let nameWidth = 7
    private let width: Int
    /// The element type of the vector registers, read when the first of them is shown.
    private var element: IntegerType?

    /// Lines for `registers`.
    init(_ registers: [Register]) {
        width = max(14, registers.map { Self.names($0).utf8.count }.max() ?? 0)
    }

    /// The line of `register`, which is read now. Throws `.failed`.
    mutating func line(_ register: Register, _ context: Context) throws(CommandError) -> String {
        let names = Self.names(register)
        let blanks = String(repeating: " ", count: max(0, width - names.utf8.count))
        let head = context.style.register(register.name) + names.dropFirst(register.name.count) + blanks
        guard let id = register.id else {
            return head + " " + hex(0 as UInt64, digits: 16) + "  0"
        }
        let bytes = try context.engine { (session) throws(DebuggerError) in try Self.bytes(register, id, session) }
        let text = hex(littleEndian: bytes)
        let isChanged = context.session.noteShown(register.name, bytes)
        let value = isChanged ? context.style.changed("*" + text) : " " + text
        let meaning = try meaning(register, bytes, context)
        return head + value + (meaning.isEmpty ? "" : "  " + meaning)
    }

    /// The register's contents; what is known of this stop is not read again.
    private static func bytes(
        _ register: Register, _ id: RegisterID, _ session: Session
    ) throws(DebuggerError) -> [UInt8] {
        if id.byteCount > 8 { return try session.registerBytes(id) }
        let whole = try session.registerValue(id)
        let bits = register.part?.value(in: whole) ?? whole
        return (0..<id.byteCount).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    }

    /// The name, and the number where there is one.
    private static func names(_ register: Register) -> String {
        guard let number = register.numberName else { return register.name }
        return register.name + String(repeating: " ", count: max(1, nameWidth - register.name.utf8.count)) + number
    }

    /// What stands behind the bits.
    private mutating func meaning(
        _ register: Register, _ bytes: [UInt8], _ context: Context
    ) throws(CommandError) -> String {
        if register.type == .vector {
            let element: IntegerType
            if let known = self.element {
                element = known
            } else {
                element = try context.engine { (session) throws(DebuggerError) in try session.vectorElement() }
                self.element = element
            }
            return element.description + " " + context.text(of: .vector(VectorValue(bytes, of: .integer(element))))
        }
        if bytes.count > 8 { return "" }
        let bits = littleEndian(bytes)
        let fields = register.fields(of: bits).map { $0.name + "=" + $0.value }.joined(separator: " ")
        if !fields.isEmpty { return fields }
        switch register.type {
        case .float:
            let value = Session.value(bits, of: register)
            let isSingle = bytes.count == 8 && FloatType.held(in: bits) == .f32
            return context.text(of: value) + (isSingle ? "  f32" : "")
        case .codePointer, .dataPointer:
            guard let symbol = context.session.symbolText(GuestVirtualAddress(bits)) else { return "" }
            return context.style.symbol("<" + symbol + ">")
        case .signed: return "\(Int64(bitPattern: bits))"
        case .unsigned, .vector: return "\(bits)"
        }
    }
}
