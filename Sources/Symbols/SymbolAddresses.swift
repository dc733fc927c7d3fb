import Guest

/// The symbols by address: nearest and enclosing ones in O(log n).
struct SymbolAddresses {
    /// How far a chain of enclosing symbols is followed; only a damaged file nests them deeper.
    private static let deepest = 64

    /// Indices of symbols, by address and then rank: of those at one address the last is the best.
    private var order: [Int32] = []
    /// For each place in `order` the place of the next symbol around it that began before and still covered its address;
    /// -1 for none.
    private var around: [Int32] = []

    init(_ symbols: [Symbol]) {
        order = symbols.indices.filter { !symbols[$0].isAbsolute }.map { Int32(truncatingIfNeeded: $0) }
        order.sort {
            let left = symbols[Int($0)]
            let right = symbols[Int($1)]
            if left.address != right.address { return left.address < right.address }
            if left.rank != right.rank { return left.rank < right.rank }
            return $0 > $1
        }
        around.reserveCapacity(order.count)
        var open: [Int32] = []
        for (place, index) in order.enumerated() {
            let symbol = symbols[Int(index)]
            while let last = open.last, !symbols[Int(order[Int(last)])].covers(symbol.address) { open.removeLast() }
            around.append(open.last ?? -1)
            if symbol.size > 0 { open.append(Int32(truncatingIfNeeded: place)) }
        }
    }

    /// The lowest address at which a symbol begins.
    func first(in symbols: [Symbol]) -> GuestVirtualAddress? { order.first.map { symbols[Int($0)].address } }

    /// The first address above `address` (GVA) at which a symbol begins.
    func next(after address: GuestVirtualAddress, in symbols: [Symbol]) -> GuestVirtualAddress? {
        let place = partition(order.count) { symbols[Int(order[$0])].address <= address }
        return place < order.count ? symbols[Int(order[place])].address : nil
    }

    /// The index of the symbol that names `address` (GVA).
    func symbol(at address: GuestVirtualAddress, in symbols: [Symbol]) -> Int? {
        let nearest = partition(order.count) { symbols[Int(order[$0])].address <= address } - 1
        guard nearest >= 0 else { return nil }
        var place = nearest
        for _ in 0..<Self.deepest where place >= 0 {
            if symbols[Int(order[place])].covers(address) { return Int(order[place]) }
            place = Int(around[place])
        }
        // Nothing covers it. What has a size has ended before; a label may go on.
        let start = symbols[Int(order[nearest])].address
        for place in stride(from: nearest, through: max(0, nearest - Self.deepest), by: -1) {
            let symbol = symbols[Int(order[place])]
            if symbol.address != start { return nil }
            if symbol.size == 0 { return Int(order[place]) }
        }
        return nil
    }
}
