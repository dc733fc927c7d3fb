import Debugger

/// `undisplay [NUMBER…]`: no longer shown.
enum Undisplay {
    static var command: Command {
        Command(
            name: "undisplay", group: .data,
            usage: ["undisplay", "undisplay NUMBER…"],
            summary: "Take displays away",
            help: "Takes the displays with these numbers away, or all of them. A range is written 2-4.",
            completion: .displays, repetition: .never
        ) { (arguments, _) throws(CommandError) in
            let numbers = try arguments.displayNumbers()
            return { (context) throws(CommandError) in
                if numbers.isEmpty { context.displays.removeAll() }
                for (number, span) in numbers where !context.displays.remove(number) {
                    throw CommandError.noDisplay(number, span)
                }
            }
        }
    }
}

/// `enable display [NUMBER…]` and `disable display [NUMBER…]`: kept, and shown or not.
enum SwitchDisplay {
    /// The subcommand of `enable` or, unless `isEnabled`, of `disable`.
    static func command(_ isEnabled: Bool) -> Command {
        let verb = isEnabled ? "enable" : "disable"
        return Command(
            name: "display", group: .data,
            usage: ["\(verb) display", "\(verb) display NUMBER…"],
            summary: isEnabled ? "Show displays at stops again" : "Keep displays but do not show them at stops",
            help: isEnabled
                ? "Has the displays with these numbers, or all of them, shown at each stop again."
                : "Keeps the displays with these numbers, or all of them, but does not show them until they are enabled.",
            completion: .displays
        ) { (arguments, _) throws(CommandError) in
            let numbers = try arguments.displayNumbers()
            return { (context) throws(CommandError) in
                if numbers.isEmpty {
                    for item in context.displays.items { _ = context.displays.setEnabled(item.number, isEnabled) }
                }
                for (number, span) in numbers where !context.displays.setEnabled(number, isEnabled) {
                    throw CommandError.noDisplay(number, span)
                }
            }
        }
    }
}

extension CommandError {
    fileprivate static func noDisplay(_ number: Int, _ span: SourceSpan) -> CommandError {
        .failed("There is no display \(number). \"info display\" lists them.", span)
    }
}

extension Arguments {
    /// Takes the rest as numbers of displays, "1 3-5". Throws `.syntax`.
    fileprivate mutating func displayNumbers() throws(CommandError) -> [(number: Int, span: SourceSpan)] {
        var numbers: [(number: Int, span: SourceSpan)] = []
        while let (word, span) = takeWord() {
            let ends = word.split(separator: "-", omittingEmptySubsequences: false)
            var values: [Int] = []
            for end in ends {
                if let value = Number.parse(String(end)), value < 1 << 31 { values.append(Int(value)) }
            }
            guard let first = values.first, let last = values.last, values.count == ends.count, values.count <= 2,
                first <= last, last - first < 10_000
            else {
                throw .syntax("\"\(word)\" is not the number of a display, nor a range of them as 2-4.", span)
            }
            for number in first...last { numbers.append((number, span)) }
        }
        return numbers
    }
}
