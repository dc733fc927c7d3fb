import Debugger
import Guest

/// One expression that is shown at each stop.
struct DisplayItem {
    /// What the user knows it by, from 1, never used again.
    let number: Int
    let expression: Expression
    /// The expression as it was written, with its format before it: "/x $a0".
    let text: String
    let form: DisplayForm
    var isEnabled = true
}

/// What is shown at each stop. It belongs to the session of commands, so it outlives guests and programs.
struct DisplayList {
    private(set) var items: [DisplayItem] = []
    private var nextNumber = 1

    /// Keeps an expression, `text` as it was written.
    mutating func add(_ expression: Expression, text: String, _ form: DisplayForm) -> DisplayItem {
        let item = DisplayItem(number: nextNumber, expression: expression, text: text, form: form)
        items.append(item)
        nextNumber += 1
        return item
    }

    /// Takes one away; false when there is none of this number.
    mutating func remove(_ number: Int) -> Bool {
        guard let index = items.firstIndex(where: { $0.number == number }) else { return false }
        items.remove(at: index)
        return true
    }

    /// Takes all away.
    mutating func removeAll() { items.removeAll() }

    /// Has one shown at stops, or not; false when there is none of this number.
    mutating func setEnabled(_ number: Int, _ isEnabled: Bool) -> Bool {
        guard let index = items.firstIndex(where: { $0.number == number }) else { return false }
        items[index].isEnabled = isEnabled
        return true
    }
}

extension DisplayForm {
    /// What stands before the expression: "/x " of print's formats, "x/4xw " of memory, else nothing.
    var prefix: String {
        switch self {
        case .value(nil): return ""
        case .value(let format?): return "/" + String(Character(Unicode.Scalar(format.rawValue))) + " "
        case .memory(let state): return "x/" + state.letters + " "
        }
    }
}
