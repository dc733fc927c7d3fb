import Debugger

/// Numbers of breakpoints as they were written: `1`, `2-4`, `$bpnum`, `$NAME`.
struct BreakpointNumbers {
    private enum Item {
        case range(ClosedRange<Int>)
        case variable(String)
    }

    private let items: [(item: Item, span: SourceSpan)]

    /// Whether none was written.
    var isEmpty: Bool { items.isEmpty }

    /// The first number, for messages; 0 for a variable.
    var first: Int {
        if case .range(let range)? = items.first?.item { return range.lowerBound }
        return 0
    }

    /// The most breakpoints that one range can name.
    private static let longestRange = 1_000_000

    /// Takes all words that are left. Throws `.syntax`.
    static func takeAll(_ arguments: inout Arguments) throws(CommandError) -> BreakpointNumbers {
        var items: [(item: Item, span: SourceSpan)] = []
        while let (word, span) = arguments.takeWord() { items.append((try item(word, span), span)) }
        return BreakpointNumbers(items: items)
    }

    /// Takes one number. Throws `.syntax`.
    static func takeOne(_ arguments: inout Arguments) throws(CommandError) -> BreakpointNumbers {
        guard let (word, span) = arguments.takeWord() else {
            throw .syntax("The number of a breakpoint is missing.", arguments.restSpan)
        }
        return BreakpointNumbers(items: [(try item(word, span), span)])
    }

    private static func item(_ word: String, _ span: SourceSpan) throws(CommandError) -> Item {
        if word.utf8.first == UInt8(ascii: "$") && word.utf8.count > 1 { return .variable(String(word.dropFirst())) }
        let parts = word.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts.map { Number.parse(String($0)).flatMap { Int(exactly: $0) } }
        guard let first = numbers[0], let last = numbers[numbers.count - 1] else {
            throw .syntax("\"\(word)\" is not the number of a breakpoint.", span)
        }
        guard first <= last, last - first < longestRange else {
            throw .syntax("A range of breakpoints goes up, from the lower number to the higher: 2-4.", span)
        }
        return .range(first...last)
    }

    /// Does `body` with each number. Throws `.failed` at the place of the number that is refused.
    func apply(
        _ context: Context, _ body: (Session, Int) throws(DebuggerError) -> Void
    ) throws(CommandError) {
        for number in try numbers(context) {
            do throws(DebuggerError) { try body(context.session, number.number) } catch {
                throw .failed(error.message, number.span)
            }
        }
    }

    /// All numbers, with the place where each was written. Throws `.failed` for a variable that is no number.
    func numbers(_ context: Context) throws(CommandError) -> [(number: Int, span: SourceSpan)] {
        var numbers: [(number: Int, span: SourceSpan)] = []
        for (item, span) in items {
            switch item {
            case .range(let range): for number in range { numbers.append((number, span)) }
            case .variable(let name):
                guard let bits = context.session.variable(name)?.bits, let number = Int(exactly: bits) else {
                    throw .failed("$\(name) is not the number of a breakpoint.", span)
                }
                numbers.append((number, span))
            }
        }
        return numbers
    }
}
