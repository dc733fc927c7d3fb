import Debugger
import Guest
import RISCV
import Reports

/// `reg ID [= VALUE]`: ONE_REG as it is.
enum Reg {
    static var command: Command {
        Command(
            name: "reg", group: .data,
            usage: ["reg ID", "reg ID = EXPRESSION"],
            summary: "Read or set a register by its ONE_REG id",
            help: """
                Makes the one system call KVM_GET_ONE_REG, or KVM_SET_ONE_REG, with this id, and shows what the kernel says.
                ID is an expression, 0x8030000002000000 for pc. A register of more than eight bytes is shown byte by byte,
                highest first, and cannot be set here.
                """,
            completion: .expressions
        ) { (arguments, parsing) throws(CommandError) in
            let parts = try split(&arguments)
            let id = try parsing.expression(at: parts.id, of: arguments.text)
            let value: Expression?
            if let part = parts.value {
                value = try parsing.expression(at: part, of: arguments.text)
            } else {
                value = nil
            }
            return { (context) throws(CommandError) in
                guard let bits = try context.evaluate(id).bits else { throw .failed("This has no value.", id.span) }
                let id = RegisterID(bits)
                if let value {
                    guard let bits = try context.evaluate(value).bits else {
                        throw .failed("This has no value.", value.span)
                    }
                    try context.engine { (session) throws(DebuggerError) in try session.setRegisterValue(id, bits) }
                } else {
                    try show(id, context)
                }
            }
        }
    }

    private static func show(_ id: RegisterID, _ context: Context) throws(CommandError) {
        let bytes = try context.engine { (session) throws(DebuggerError) in try session.registerBytes(id) }
        let name = context.session.registers.register(for: id).name
        context.line("\(id.description)  \(context.style.register(name))  \(hex(littleEndian: bytes))")
    }

    /// ID and VALUE, around a single equals sign: `==` belongs to an expression.
    private static func split(
        _ arguments: inout Arguments
    ) throws(CommandError) -> (id: SourceSpan, value: SourceSpan?) {
        if arguments.isEmpty { throw .syntax("A ONE_REG id is missing.", arguments.restSpan) }
        let (text, span) = arguments.takeRest()
        let bytes = Array(text.utf8)
        let equals = UInt8(ascii: "=")
        for (index, byte) in bytes.enumerated() where byte == equals {
            let isDouble =
                index + 1 < bytes.count && bytes[index + 1] == equals
                || index > 0 && "=!<>".utf8.contains(bytes[index - 1])
            if isDouble { continue }
            return (SourceSpan(span.start, span.start + index), SourceSpan(span.start + index + 1, span.end))
        }
        return (span, nil)
    }
}
