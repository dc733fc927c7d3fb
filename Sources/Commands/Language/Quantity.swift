import Host

/// Sizes, times and columns as text.
enum Quantity {
    /// "4 KiB", "1 GiB", "12 bytes": in the largest unit of which it is a whole number.
    static func bytes(_ count: UInt64) -> String {
        if count == 1 { return "1 byte" }
        var value = count
        var unit = 0
        let units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        while value > 0, value & 1023 == 0, unit < units.count - 1 {
            value >>= 10
            unit += 1
        }
        return "\(value) \(units[unit])"
    }

    /// "1.234567 s": microseconds are enough for a person.
    static func seconds(_ nanoseconds: UInt64) -> String {
        "\(nanoseconds / 1_000_000_000)." + digits(nanoseconds % 1_000_000_000 / 1000, 6) + " s"
    }

    /// `value` with zeros before it, `count` digits in all at least.
    static func digits(_ value: UInt64, _ count: Int) -> String { padded("\(value)", count, with: "0") }

    /// "98.7 %".
    static func percent(_ part: UInt64, of whole: UInt64) -> String {
        guard whole > 0 else { return "0.0 %" }
        // Parts per thousand, without overflow for times of centuries.
        let scaled = part > UInt64.max / 1000 ? part / (whole / 1000 + 1) : part * 1000 / whole
        return "\(scaled / 10).\(scaled % 10) %"
    }

    /// `text` with blanks behind it up to `width` columns.
    static func column(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }

    /// `text` with blanks, or what else is given, before it up to `width` columns.
    static func padded(_ text: String, _ width: Int, with filler: String = " ") -> String {
        String(repeating: filler, count: max(0, width - text.utf8.count)) + text
    }
}
