import Debugger
import Guest

/// What `x` shows units of: the letter and size behind its slash, or those of the last call.
struct ExamineState {
    /// How one unit is shown.
    enum Form: Equatable {
        case value(PrintFormat)
        case instruction
        case string
    }

    /// How many units.
    var count = 1
    /// How each is shown.
    var form = Form.value(.hexadecimal)
    /// The bytes of a unit: 1, 2, 4 or 8.
    var unit = 4
    /// Where the next call without an address goes on.
    var next: GuestAddress?

    /// As behind the slash of `x/`: "4xw", "2i".
    var letters: String {
        let number = count == 1 ? "" : "\(count)"
        switch form {
        case .instruction: return number + "i"
        case .string: return number + "s"
        case .value(let format):
            let size = unit == 1 ? "b" : unit == 2 ? "h" : unit == 4 ? "w" : "g"
            return number + String(Character(Unicode.Scalar(format.rawValue))) + size
        }
    }

    /// The most units of one call.
    static let countLimit = 1 << 20
}

/// The letters behind the slash of `x/NFU`, each of which may be missing.
struct ExamineFormat {
    private(set) var count: Int?
    private(set) var form: ExamineState.Form?
    private(set) var unit: Int?

    /// Parses "4xw". Throws `.syntax`.
    init(_ arguments: Arguments) throws(CommandError) {
        guard let text = arguments.format else { return }
        var digits = ""
        for scalar in text.unicodeScalars {
            if scalar.value >= 0x30 && scalar.value <= 0x39 {
                guard form == nil && unit == nil else { throw ExamineFormat.refusal(arguments) }
                digits.unicodeScalars.append(scalar)
                continue
            }
            switch scalar {
            case "b": unit = 1
            case "h": unit = 2
            case "w": unit = 4
            case "g": unit = 8
            case "i": form = .instruction
            case "s": form = .string
            default:
                guard let format = try? PrintFormat(letter: scalar) else { throw ExamineFormat.refusal(arguments) }
                form = .value(format)
            }
        }
        if digits.isEmpty { return }
        guard let number = Int(digits), number <= ExamineState.countLimit else {
            throw .syntax("At most \(ExamineState.countLimit) units can be shown at once.", arguments.formatSpan)
        }
        count = number
    }

    /// What the letters make of the last call's settings.
    func applied(to last: ExamineState) -> ExamineState {
        var state = last
        state.count = count ?? 1
        if let form { state.form = form }
        if let unit { state.unit = unit }
        // A floating-point number has at least four bytes; in two or one there are integers, as in GDB.
        if unit == nil, form == .value(.float), state.unit < 4 { state.unit = 8 }
        // An address is as long as a register, a character a byte, unless a size is asked for.
        if unit == nil, form == .value(.address) { state.unit = 8 }
        if unit == nil, form == .value(.character) { state.unit = 1 }
        return state
    }

    private static func refusal(_ arguments: Arguments) -> CommandError {
        .syntax(
            "The format is a number, a letter of d u x o t f c a z i s, and a size of b h w g: x/4xw.",
            arguments.formatSpan)
    }
}
