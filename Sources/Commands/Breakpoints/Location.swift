import Debugger
import Guest
import Symbols

/// A place in the guest's code as it was written: `SYMBOL`, `SYMBOL+N`, `FILE:LINE`, `*EXPR`, `phys:EXPR`, or nothing for
/// where the guest stands.
struct Location {
    private enum Form {
        case here
        case named(CodeName)
        case expression(Expression)
        case physical(Expression)
    }

    private let form: Form
    /// As it was written.
    let text: String
    /// Where that stands.
    let span: SourceSpan

    /// Takes the rest of the arguments as a location, or what stands before one of `words`. Throws `.syntax`.
    init(_ arguments: inout Arguments, before words: [String] = [], _ context: ParseContext) throws(CommandError) {
        let (text, span) = arguments.takeRest(before: words)
        self.text = text
        self.span = span
        if text.isEmpty {
            form = .here
        } else if text.utf8.first == UInt8(ascii: "*") {
            form = .expression(
                try context.expression(at: SourceSpan(span.start + 1, span.end), of: arguments.text))
        } else if text.utf8.starts(with: "phys:".utf8) {
            form = .physical(
                try context.expression(at: SourceSpan(span.start + 5, span.end), of: arguments.text))
        } else if let line = try Location.line(text, span) {
            form = .named(line)
        } else {
            form = .named(try Location.symbol(text, span))
        }
    }

    /// What it is named by, where it is written so.
    var name: CodeName? {
        if case .named(let name) = form { return name }
        return nil
    }

    /// Whether nothing was written: where the guest stands.
    var isHere: Bool { text.isEmpty }

    /// The address, of the kind that was written. Throws `.failed`.
    func place(_ context: Context) throws(CommandError) -> CodePlace {
        switch form {
        case .here:
            return .virtual(try context.engine { (session) throws(DebuggerError) in try session.pc() })
        case .named(.line(let file, let number)):
            do throws(DebuggerError) {
                return .virtual(try context.session.sourcePlace(ofLine: number, in: file).address)
            } catch {
                if case .lines(let sentence) = error { throw .failed(sentence, span) }
                throw CommandError(error)
            }
        case .named(.symbol(let name, let offset)):
            guard !context.session.symbols.isEmpty else { throw CommandError(.noProgram) }
            if let symbol = context.session.symbol(name) { return .virtual(symbol.address + offset) }
            let near = Spelling.nearest(to: name, among: context.session.names(of: .symbol))
            throw .failed(DebuggerError.noSymbol(name, near: near).message, span)
        case .expression(let expression):
            switch try context.address(try context.evaluate(expression), span) {
            case .virtual(let address): return .virtual(address)
            case .physical(let address): return .physical(address)
            }
        case .physical(let expression): return .physical(GuestPhysicalAddress(try number(expression, context)))
        }
    }

    /// The guest-virtual address. Throws `.failed`, also for a physical one.
    func address(_ context: Context) throws(CommandError) -> GuestVirtualAddress {
        if case .virtual(let address) = try place(context) { return address }
        throw .failed("A virtual address is expected here; a breakpoint can be set at a physical one.", span)
    }

    private func number(_ expression: Expression, _ context: Context) throws(CommandError) -> UInt64 {
        if let bits = try context.evaluate(expression).bits { return bits }
        throw .failed("This has no value that could be an address.", span)
    }

    /// A file's name, a colon and a line's number; nil for something else.
    private static func line(_ text: String, _ span: SourceSpan) throws(CommandError) -> CodeName? {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        let digits = text.utf8[text.utf8.index(after: colon)...]
        let isNumber = !digits.isEmpty && digits.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard isNumber, colon != text.utf8.startIndex else { return nil }
        guard let number = Int(String(Substring(digits))), number > 0, number <= Int32.max else {
            throw .syntax("Lines are numbered from 1.", span)
        }
        return .line(file: String(text[..<colon]), number: number)
    }

    private static func symbol(_ text: String, _ span: SourceSpan) throws(CommandError) -> CodeName {
        let parts = text.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        let name = trimmed(parts[0])
        if let first = name.utf8.first, first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9") {
            throw .syntax("A number is no location here. For an address write *\(name).", span)
        }
        let isName = !name.isEmpty && name.utf8.allSatisfy { !Arguments.isBlank($0) && $0 != UInt8(ascii: "-") }
        guard isName else {
            throw .syntax("A location is SYMBOL, SYMBOL+NUMBER, FILE:LINE, *EXPRESSION or phys:EXPRESSION.", span)
        }
        guard parts.count == 2 else { return .symbol(name, offset: 0) }
        guard let offset = Number.parse(trimmed(parts[1])) else {
            throw .syntax("A number of bytes is expected behind the plus sign.", span)
        }
        return .symbol(name, offset: offset)
    }

    private static func trimmed(_ text: Substring) -> String {
        var bytes = text.utf8
        while let first = bytes.first, Arguments.isBlank(first) { bytes.removeFirst() }
        while let last = bytes.last, Arguments.isBlank(last) { bytes.removeLast() }
        return String(Substring(bytes))
    }
}
