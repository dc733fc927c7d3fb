import Debugger

/// A time as it is written: `500ms`, `2s`, `1m`, `1h`, or `2` for seconds.
public struct TimeSpan: Equatable, Sendable {
    /// How long it is.
    public let nanoseconds: UInt64

    /// A time of so many nanoseconds.
    public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// The time that `text` says; nil for what is none, or is longer than 500 years.
    public static func parse(_ text: String) -> TimeSpan? {
        let digits = text.prefix { $0 >= "0" && $0 <= "9" }
        guard let number = UInt64(digits), let unit = units.first(where: { $0.name == text.dropFirst(digits.count) })
        else { return nil }
        let (nanoseconds, overflows) = number.multipliedReportingOverflow(by: unit.nanoseconds)
        return overflows ? nil : TimeSpan(nanoseconds: nanoseconds)
    }

    /// What can be written, for who wrote something else.
    public static let forms = "a number with ms, s, m or h behind it, as in 500ms or 2s"

    private static let units: [(name: String, nanoseconds: UInt64)] = [
        ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000), ("", 1_000_000_000),
    ]

    /// As it can be written: "500ms", "2s", "1m".
    public var description: String {
        for unit in TimeSpan.units where nanoseconds > 0 && nanoseconds % unit.nanoseconds == 0 {
            return "\(nanoseconds / unit.nanoseconds)\(unit.name)"
        }
        return "\(nanoseconds / 1_000_000)ms"
    }
}

extension Arguments {
    /// Takes `within TIME`, if that comes next. Throws `.syntax` where no time follows.
    mutating func takeWithin() throws(CommandError) -> TimeSpan? {
        guard peekWord() == "within" else { return nil }
        _ = takeWord()
        guard let (word, span) = takeWord() else {
            throw .syntax("A time is missing: \(TimeSpan.forms).", restSpan)
        }
        guard let time = TimeSpan.parse(word) else {
            throw .syntax("\"\(word)\" is no time: \(TimeSpan.forms).", span)
        }
        return time
    }
}
