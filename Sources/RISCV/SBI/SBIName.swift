import Guest

/// The names of SBI extensions and functions (RISC-V SBI specification, version 3.0; the legacy extensions too).
public enum SBIName {
    /// "DBCN console_write", "legacy console_putchar", "base get_spec_version"; numbers where the specification has no name.
    public static func function(_ function: UInt64, of extension: UInt64) -> String {
        guard let entry = entry(`extension`) else { return name(`extension`) + " function \(function)" }
        // A legacy extension is one function, and the number of the function means nothing.
        if entry.isLegacy { return "legacy " + entry.functions[0].description }
        guard function < UInt64(entry.functions.count) else { return entry.name.description + " function \(function)" }
        return entry.name.description + " " + entry.functions[Int(function)].description
    }

    /// "DBCN"; "legacy console_putchar"; "experimental 0x8000000", "vendor 0x9000000", "extension 0x1234" for a number without
    /// a name.
    public static func name(_ extension: UInt64) -> String {
        if let entry = entry(`extension`) {
            return entry.isLegacy ? "legacy " + entry.functions[0].description : entry.name.description
        }
        switch `extension` {
        case 0x0800_0000...0x08FF_FFFF: return "experimental " + hex(`extension`)
        case 0x0900_0000...0x09FF_FFFF: return "vendor " + hex(`extension`)
        case 0x0A00_0000...0x0AFF_FFFF: return "firmware " + hex(`extension`)
        default: return "extension " + hex(`extension`)
        }
    }

    /// How many arguments the function takes, from a0 on: all six of a function without a name.
    public static func argumentCount(_ function: UInt64, of extension: UInt64) -> Int {
        guard let entry = entry(`extension`) else { return 6 }
        return entry.argumentCount(entry.isLegacy ? 0 : Int(clamping: function)) ?? 6
    }

    /// Whether `extension` is one of the first specification's, which answers in a0 alone.
    public static func isLegacy(_ extension: UInt64) -> Bool { `extension` < 0x10 }

    /// "success", "not supported"; the number, signed, where the specification has no name.
    public static func error(_ a0: UInt64) -> String {
        switch Int64(bitPattern: a0) {
        case 0: return "success"
        case -1: return "failed"
        case -2: return "not supported"
        case -3: return "invalid parameter"
        case -4: return "denied"
        case -5: return "invalid address"
        case -6: return "already available"
        case -7: return "already started"
        case -8: return "already stopped"
        case -9: return "no shared memory"
        case -10: return "invalid state"
        case -11: return "bad range"
        case -12: return "timeout"
        case -13: return "I/O error"
        case -14: return "denied or locked"
        case let other: return "\(other)"
        }
    }

    private static func entry(_ id: UInt64) -> SBIEntry? { sbiEntries.first { $0.id == id } }
}

/// An extension, and its functions from 0 on.
struct SBIEntry: Sendable {
    let id: UInt64
    let name: StaticString
    let functions: [StaticString]
    private let argumentCounts: StaticString

    init(_ id: UInt64, _ name: StaticString, _ argumentCounts: StaticString, _ functions: [StaticString]) {
        self.id = id
        self.name = name
        self.functions = functions
        self.argumentCounts = argumentCounts
    }

    /// How many arguments the function at `index` takes; nil when there is none.
    func argumentCount(_ index: Int) -> Int? {
        let digits = Array(argumentCounts.description.utf8)
        return index < digits.count ? Int(digits[index]) - Int(UInt8(ascii: "0")) : nil
    }

    var isLegacy: Bool { SBIName.isLegacy(id) }
}
