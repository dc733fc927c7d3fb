import Debugger
import Guest

/// Virtual addresses as they are written: `START,END`, `START,+BYTES`, `START END`, or `START` alone. END is the first address
/// behind the range.
struct RangeArgument {
    private enum End {
        case none
        case address(Expression)
        case byteCount(Expression)
    }

    private let start: Expression
    private let end: End
    private let span: SourceSpan

    /// Takes the rest of the arguments as a range. Throws `.syntax`.
    init(_ arguments: inout Arguments) throws(CommandError) {
        let text = arguments.text
        span = arguments.takeRest().span
        do throws(ExpressionError) {
            let (start, startEnd) = try Expression.prefix(of: text, from: span.start)
            self.start = start
            let bytes = Array(text.utf8)
            var position = min(startEnd, span.end)
            guard position < span.end else {
                end = .none
                return
            }
            let hasComma = bytes[position] == UInt8(ascii: ",")
            if hasComma { position += 1 }
            while position < span.end, Arguments.isBlank(bytes[position]) { position += 1 }
            let isByteCount = hasComma && position < span.end && bytes[position] == UInt8(ascii: "+")
            let last = try Expression(parsing: text, from: isByteCount ? position + 1 : position)
            end = isByteCount ? .byteCount(last) : .address(last)
        } catch { throw .syntax(error.message, error.span) }
    }

    /// The first address; and the last one, nil where no end is written. Throws `.failed` where it ends before it begins.
    func addresses(
        _ context: Context
    ) throws(CommandError) -> (first: GuestVirtualAddress, last: GuestVirtualAddress?) {
        let first = try context.virtualAddress(try context.evaluate(start), span)
        let last: GuestVirtualAddress
        switch end {
        case .none: return (first, nil)
        case .address(let expression): last = try context.virtualAddress(try context.evaluate(expression), span) - 1
        case .byteCount(let expression):
            guard let count = try context.evaluate(expression).bits else {
                throw .failed("This has no value that could be a number of bytes.", span)
            }
            if count == 0 { throw .failed("The range is empty.", span) }
            // More bytes than there are addresses left: up to the last address.
            let (sum, overflows) = first.value.addingReportingOverflow(count &- 1)
            last = GuestVirtualAddress(overflows ? .max : sum)
        }
        if last < first {
            throw .failed("The range ends before it begins: its end is the first address behind it.", span)
        }
        return (first, last)
    }
}
