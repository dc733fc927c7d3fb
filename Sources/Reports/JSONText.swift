import Guest

/// An object of JSON (RFC 8259) in one line, written member by member.
struct JSONObject {
    private var body = ""

    /// The object's text.
    var text: String { "{" + body + "}" }

    /// Adds a string.
    mutating func add(_ name: String, _ value: String) { add(name, raw: JSONObject.quoted(value)) }

    /// Adds a string, where there is one.
    mutating func add(_ name: String, _ value: String?) {
        if let value { add(name, value) }
    }

    /// Adds an integer.
    mutating func add(_ name: String, _ value: Int) { add(name, raw: "\(value)") }

    /// Adds strings.
    mutating func add(_ name: String, _ values: [String]) {
        add(name, raw: JSONObject.list(values.map { JSONObject.quoted($0) }))
    }

    /// Adds objects.
    mutating func add(_ name: String, _ values: [JSONObject]) {
        add(name, raw: JSONObject.list(values.map { $0.text }))
    }

    /// Adds what is JSON already.
    mutating func add(_ name: String, raw value: String) {
        if !body.isEmpty { body += "," }
        body += JSONObject.quoted(name) + ":" + value
    }

    private static func list(_ values: [String]) -> String { "[" + values.joined(separator: ",") + "]" }

    private static func quoted(_ text: String) -> String {
        var result: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): result += [UInt8(ascii: "\\"), byte]
            case UInt8(ascii: "\n"): result += Array("\\n".utf8)
            case UInt8(ascii: "\t"): result += Array("\\t".utf8)
            case UInt8(ascii: "\r"): result += Array("\\r".utf8)
            case 0..<0x20, 0x7F: result += Array(("\\u" + hex(UInt32(byte), digits: 4).dropFirst(2)).utf8)
            default: result.append(byte)
            }
        }
        result.append(UInt8(ascii: "\""))
        return String(decoding: result, as: UTF8.self)
    }
}
