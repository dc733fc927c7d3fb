import Host

/// A report that the command line asks for: `FORMAT` or `FORMAT:FILE`.
struct ReportChoice {
    enum Format: String, CaseIterable {
        case human, tap, ktap, junit, json
    }

    var format: Format
    /// nil: standard output.
    var file: String?

    /// nil when `text` names no format, or no file behind the colon.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        let end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
        guard let format = Format(rawValue: String(decoding: bytes[..<end], as: UTF8.self)) else { return nil }
        self.format = format
        if end == bytes.count { return }
        file = String(decoding: bytes[(end + 1)...], as: UTF8.self)
        if end + 1 == bytes.count { return nil }
    }

    init(_ format: Format) { self.format = format }
}
