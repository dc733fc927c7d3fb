import Guest

/// Several symbol tables as one. Of what is in more than one of them, the first table's counts.
public struct SymbolTables {
    /// A table, and how far its symbols are from where it has them.
    public struct Entry {
        /// Where its addresses come from.
        public enum Placement: Equatable, Sendable {
            /// The table has them; whether the guest agrees is not known yet.
            case assumed
            /// The user said so, or nothing in the table could tell.
            case given
            /// The guest's memory shows it.
            case seen
        }

        /// What it is called: a file's path, "kallsyms".
        public let name: String
        /// The symbols.
        public let table: SymbolTable
        /// The source lines of the same file, if it can tell of any.
        public let lines: SourceLines?
        /// What is added to the table's addresses, modulo 2⁶⁴.
        public var offset: UInt64
        /// How `offset` is known.
        public var placement: Placement

        /// The table `table` called `name`, `offset` bytes further up.
        public init(
            name: String, table: SymbolTable, lines: SourceLines? = nil, offset: UInt64 = 0,
            placement: Placement = .assumed
        ) {
            self.name = name
            self.table = table
            self.lines = lines
            self.offset = offset
            self.placement = placement
        }

        /// The symbol `name` where it is in the guest.
        public func symbol(named name: String) -> Symbol? { table.symbol(named: name).map { moved($0) } }

        fileprivate func moved(_ symbol: Symbol) -> Symbol {
            // What belongs to no section does not move with any.
            if symbol.isAbsolute { return symbol }
            var symbol = symbol
            symbol.address = symbol.address + offset
            return symbol
        }
    }

    /// The tables, the first one first.
    public var entries: [Entry]

    /// The tables `entries`.
    public init(_ entries: [Entry] = []) { self.entries = entries }

    /// Whether there is no table.
    public var isEmpty: Bool { entries.isEmpty }

    /// The symbol `name` of the first table that has it; see `SymbolTable.symbol(named:)`.
    public func symbol(named name: String) -> Symbol? {
        for entry in entries {
            if let symbol = entry.symbol(named: name) { return symbol }
        }
        return nil
    }

    /// The names in any of the tables that begin with `prefix`, sorted, each once; `limit` of them at most.
    public func names(startingWith prefix: String, limit: Int) -> [String] {
        if entries.count == 1 { return entries[0].table.names(startingWith: prefix, limit: limit) }
        var names: [String] = []
        for entry in entries { names += entry.table.names(startingWith: prefix, limit: limit) }
        names.sort()
        var unique: [String] = []
        for name in names where unique.last != name { unique.append(name) }
        return unique.count > limit ? Array(unique.prefix(limit)) : unique
    }

    /// The symbol that an address (GVA) is named by, and how far behind its start it lies: that of the table whose symbol is the
    /// nearest. nil for one without a name.
    public func location(of address: GuestVirtualAddress) -> SymbolLocation? {
        var nearest: SymbolLocation?
        for entry in entries {
            guard let location = entry.table.location(of: address - entry.offset) else { continue }
            if let best = nearest, best.offset <= location.offset { continue }
            nearest = SymbolLocation(symbol: entry.moved(location.symbol), offset: location.offset)
        }
        return nearest
    }

    /// The name of an address (GVA) as GDB writes it, "main" or "main+16", without brackets; nil without a name.
    public func describe(_ address: GuestVirtualAddress) -> String? { location(of: address)?.description }

    /// Where (GVA) the next symbol begins that lies behind `address`, in any of the tables; nil behind the last.
    public func nextSymbol(after address: GuestVirtualAddress) -> GuestVirtualAddress? {
        entries.compactMap { entry in
            // Moved by more than its address, one of the table comes first though it is above none there.
            (entry.table.nextSymbol(after: address - entry.offset) ?? entry.table.firstAddress).map {
                $0 + entry.offset
            }
        }.filter { $0 > address }.min()
    }
}
