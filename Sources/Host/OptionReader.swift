import CHost

/// The process's options, by `getopt_long`: long ones may be abbreviated, short ones joined, operands may come in between.
public struct OptionReader {
    /// An option that the program knows.
    public struct Option: Sendable {
        /// The long form, without the dashes.
        public let name: StaticString
        /// The short form, if it has one.
        public let letter: Character?
        /// What the value is called in the help; nil when it takes none.
        public let value: StaticString?
        /// What it does, in one line.
        public let summary: StaticString

        /// The option `--name`.
        public init(
            _ name: StaticString, _ letter: Character? = nil, value: StaticString? = nil, _ summary: StaticString
        ) {
            self.name = name
            self.letter = letter
            self.value = value
            self.summary = summary
        }
    }

    /// What stands on the command line next.
    public enum Item {
        /// The option with this place in the table, and its value.
        case option(Int, String?)
        /// Not an option that the program knows.
        case unknown(String)
        /// An option without the value that it needs.
        case lacksValue(String)
        /// No option is left; the operands.
        case operands([String])
    }

    private let table: [host_option]

    /// A reader of the process's arguments; there can be only one, since `getopt_long` is one.
    public init(_ options: [Option]) {
        table = options.map { option in
            // SAFETY: a StaticString's bytes live as long as the process and end with a zero.
            let name = UnsafeRawPointer(option.name.utf8Start).assumingMemoryBound(to: CChar.self)
            return host_option(
                name: name, letter: CChar(option.letter?.asciiValue ?? 0), takes_value: option.value == nil ? 0 : 1)
        }
    }

    /// The next option, or what ends them.
    public mutating func next() -> Item {
        var value: UnsafePointer<CChar>?
        let found = table.withUnsafeBufferPointer { table -> Int32 in
            guard let base = table.baseAddress else { return Int32(host_option_end) }
            return host_next_option(base, Int32(table.count), &value)
        }
        if found >= 0 { return .option(Int(found), value.map { String(cString: $0) }) }
        let current = String(cString: host_current_option())
        if found == host_option_unknown { return .unknown(current) }
        if found == host_option_lacks_value { return .lacksValue(current) }
        return .operands(OptionReader.arguments(from: Int(host_first_operand())))
    }

    private static func arguments(from first: Int) -> [String] {
        // SAFETY: argv has argc entries, each a string that ends with a zero and lives as long as the process.
        let arguments = host_arguments()
        return stride(from: first, to: Int(host_argument_count()), by: 1).compactMap { index in
            arguments[index].map { String(cString: $0) }
        }
    }
}
