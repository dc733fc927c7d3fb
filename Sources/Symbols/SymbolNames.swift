/// The symbols by name.
struct SymbolNames {
    private var first: [String: Int32] = [:]
    /// For each symbol the next one of the same name, -1 for none.
    private var next: [Int32]

    init(_ symbols: [Symbol]) {
        next = Array(repeating: -1, count: symbols.count)
        first.reserveCapacity(symbols.count)
        for index in symbols.indices.reversed() {
            let previous = first.updateValue(Int32(truncatingIfNeeded: index), forKey: symbols[index].name)
            next[index] = previous ?? -1
        }
    }

    /// The symbols of that name, in the order of the file.
    func indices(of name: String) -> [Int] {
        var indices: [Int] = []
        var index = first[name] ?? -1
        while index >= 0 {
            indices.append(Int(index))
            index = next[Int(index)]
        }
        return indices
    }

    /// Each name once, in no order.
    var unique: [String] { Array(first.keys) }
}
