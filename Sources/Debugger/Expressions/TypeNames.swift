import Types

/// The names of types in expressions: the short ones (`u8` … `i64`, `f32`, `f64`), `void`, and C's own, with their widths in the RISC-V
/// LP64 ABI (RISC-V ELF psABI, section "C type details").
enum TypeNames {
    /// Whether `word` begins the name of a type, whatever the guest's types are.
    static func isType(_ word: String) -> Bool {
        single(word) != nil || isCWord(word) || isQualifier(word) || TypeKeyword(rawValue: word) != nil
    }

    /// Whether `word` may stand anywhere in the name of a type and changes nothing here.
    static func isQualifier(_ word: String) -> Bool { word == "const" || word == "volatile" }

    /// Whether `word` is one of the words that C combines: `unsigned long`.
    static func isCWord(_ word: String) -> Bool {
        switch word {
        case "unsigned", "signed", "char", "short", "int", "long", "float", "double": return true
        default: return false
        }
    }

    /// The type that one word names by itself.
    static func single(_ word: String) -> ValueType? {
        switch word {
        case "void": return .void
        case "f32": return .float(.f32)
        case "f64": return .float(.f64)
        case "u8", "uint8_t", "__u8": return .integer(.u8)
        case "u16", "uint16_t", "__u16": return .integer(.u16)
        case "u32", "uint32_t", "__u32": return .integer(.u32)
        case "u64", "uint64_t", "__u64", "uintptr_t", "size_t": return .integer(.u64)
        case "i8", "int8_t", "s8", "__s8": return .integer(.i8)
        case "i16", "int16_t", "s16", "__s16": return .integer(.i16)
        case "i32", "int32_t", "s32", "__s32": return .integer(.i32)
        case "i64", "int64_t", "s64", "__s64", "intptr_t", "ssize_t", "ptrdiff_t": return .integer(.i64)
        default: return nil
        }
    }

    /// The type that `words`, all of them `isCWord`, name together, in any order as in C; nil for a senseless combination.
    static func combined(_ words: [String]) -> ValueType? {
        if words == ["float"] { return .float(.f32) }
        if words == ["double"] { return .float(.f64) }
        // `long double` has 128 bits, which nothing here computes with.
        if words.contains("float") || words.contains("double") { return nil }
        var signed = 0
        var unsigned = 0
        var long = 0
        var short = 0
        var int = 0
        var char = 0
        for word in words {
            switch word {
            case "signed": signed += 1
            case "unsigned": unsigned += 1
            case "long": long += 1
            case "short": short += 1
            case "int": int += 1
            default: char += 1
            }
        }
        guard signed + unsigned <= 1, int + char <= 1, short <= 1, long <= 2 else { return nil }
        switch (char, short, long) {
        case (1, 0, 0): return .integer(signed == 1 ? .i8 : .u8)
        case (0, 1, 0): return .integer(unsigned == 1 ? .u16 : .i16)
        case (0, 0, 0): return .integer(unsigned == 1 ? .u32 : .i32)
        case (0, 0, _): return .integer(unsigned == 1 ? .u64 : .i64)
        default: return nil
        }
    }
}
