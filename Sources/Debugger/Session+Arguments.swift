extension Session {
    /// The convenience variables that kvmdbg sets by itself.
    public static let automaticVariables = [
        "_", "__", "_vcpu", "argc", "bpnum", "_exitcode", "_hit_bpnum", "numfound", "nummismatched", "random",
    ]

    /// Sets `$argc` and `$arg0` and so on to `values`; what they were.
    public func takeArguments(_ values: [Value]) -> [String: Value] {
        let outer = variables.filter { Session.isArgument($0.key) }
        variables = variables.filter { !Session.isArgument($0.key) }
        variables["argc"] = Value(UInt64(values.count), .i64)
        for (index, value) in values.enumerated() { variables["arg\(index)"] = value }
        return outer
    }

    /// Has `$argc` and `$arg0` and so on be what they were.
    public func restoreArguments(_ outer: [String: Value]) {
        variables = variables.filter { !Session.isArgument($0.key) }
        for (name, value) in outer { variables[name] = value }
    }

    private static func isArgument(_ name: String) -> Bool {
        guard name.utf8.starts(with: "arg".utf8), name.utf8.count > 3 else { return false }
        return name == "argc"
            || name.utf8.dropFirst(3).allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }
}
