import Guest
import Symbols
import Target
import Types

extension Session {
    /// Where the types of the guest's program are from; nil while no type information was needed.
    public var types: TypeInformation? {
        guard let information = typeState.information else { return nil }
        if let origin = typeState.origin, origin.guestNumber != guestNumber || origin.program !== program { return nil }
        return information
    }

    /// Takes the types from the file at `path` from now on: BTF by itself, in an ELF file, or in a kernel's image. Throws `.types`.
    public func loadTypes(_ path: String) throws(DebuggerError) {
        let information: TypeInformation
        do { information = try TypeInformation(path: path) } catch { throw .types(error.message) }
        typeState = TypeState(information: information)
    }

    /// Takes the types from the guest: from the section `.BTF` of its program, from between the symbols `__start_BTF` and
    /// `__stop_BTF`, or from wherever BTF lies in its RAM, all of which is searched. Throws `.types`.
    public func findTypes() throws(DebuggerError) {
        typeState = TypeState(information: try foundTypes(), origin: (program, guestNumber))
    }

    /// The types, looked for in the guest if there are none yet. Throws `.types`.
    func requireTypes() throws(DebuggerError) -> TypeInformation {
        if let types { return types }
        try findTypes()
        guard let types else { throw .types("No type information was found.") }
        return types
    }

    private func foundTypes() throws(DebuggerError) -> TypeInformation {
        do throws(TypeError) { if let types = try typesInSection() { return types } } catch {
            throw .types(error.message)
        }
        if self.guest == nil, let types = program?.typesInSegments() { return types }
        guard let guest else {
            throw .types(Self.noTypes("there is no guest yet, and its program has no section .BTF."))
        }
        if let types = typesBetweenSymbols() { return types }
        var refusal: TypeError?
        var best: TypeInformation?
        for place in try placesOfBTF(guest) {
            let origin = "BTF in the guest's RAM, at GPA \(place.description)"
            do throws(TypeError) {
                let start = try header(place, origin)
                // The kernel's own is longer than that of a program or a module.
                if let best, best.byteCount >= start.totalByteCount { continue }
                guard guest.memory.contains(where: { $0.contains(place, count: start.totalByteCount) }) else {
                    continue
                }
                best = try TypeInformation(
                    physicalBytes(place, Int(start.totalByteCount)), origin: origin)
            } catch { refusal = error }
        }
        if let best { return best }
        if let refusal { throw .types(Self.noTypes("the only one in the guest's RAM is damaged. " + refusal.message)) }
        throw .types(
            Self.noTypes(
                "its program has no section .BTF, and no BTF lies in its RAM; a kernel puts its own there when it is loaded."
            ))
    }

    /// What the section `.BTF` of the program has; nil where it has none. Throws when that is damaged.
    private func typesInSection() throws(TypeError) -> TypeInformation? {
        guard let program, let section = program.contents(ofSection: ".BTF") else { return nil }
        return try TypeInformation(section, origin: "the section .BTF of \"\(program.path)\"")
    }

    private static func noTypes(_ reason: String) -> String {
        "No type information: \(reason) A file that has it is named with \"types FILE\"."
    }

    /// What the kernel's linker put between these symbols; nil where there are none, where they cannot be reached yet, and where no
    /// BTF is.
    private func typesBetweenSymbols() -> TypeInformation? {
        guard let start = symbols.symbol(named: "__start_BTF")?.address,
            let end = symbols.symbol(named: "__stop_BTF")?.address, start < end, end - start <= BTFHeader.limit
        else { return nil }
        let bytes: [UInt8]
        do { bytes = try self.bytes(at: .virtual(start), count: Int(end - start)) } catch { return nil }
        return try? TypeInformation(bytes, origin: "BTF in the guest's memory, at __start_BTF, \(start.description)")
    }

    private func placesOfBTF(_ guest: Guest) throws(DebuggerError) -> [GuestPhysicalAddress] {
        var search = BTFSearch()
        for region in guest.memory {
            var address = region.start.value
            try forEachPiece(at: .physical(region.start), count: region.byteCount) { piece in
                defer { address &+= UInt64(piece.count) }
                return search.look(at: piece, from: address)
            }
        }
        return search.found.map { GuestPhysicalAddress($0) }
    }

    private func header(_ place: GuestPhysicalAddress, _ origin: String) throws(TypeError) -> BTFHeader {
        try BTFHeader(physicalBytes(place, BTFHeader.byteCount), origin: origin)
    }

    /// `count` bytes at `place`; fewer where the guest's RAM ends before.
    private func physicalBytes(_ place: GuestPhysicalAddress, _ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        do throws(DebuggerError) {
            try forEachPiece(at: .physical(place), count: UInt64(count)) { piece in
                bytes.append(contentsOf: piece)
                return true
            }
        } catch { return bytes }
        return bytes
    }
}

/// Types in expressions.
extension Session {
    /// A type of the guest's program; its type information is looked for when the first type is asked for.
    public func type(_ keyword: TypeKeyword?, named name: String) throws(EvaluationFailure) -> CType? {
        let types: TypeInformation
        do throws(DebuggerError) { types = try requireTypes() } catch { throw EvaluationFailure(error.message) }
        let key = (keyword?.rawValue ?? "") + " " + name
        if let known = typeState.found[key] { return known }
        let found = types.type(keyword, named: name)
        if let found { typeState.found[key] = found }
        return found
    }

    /// An enumerator of the guest's program, if its types are known.
    public func enumerator(_ name: String) -> Value? {
        guard let types else { return nil }
        if let known = typeState.enumerators[name] { return known }
        guard let (bits, type) = types.enumerator(named: name) else { return nil }
        let value = Value.described(bits, type)
        typeState.enumerators[name] = value
        return value
    }

    /// The type of a variable of the guest's program, if its types are known or stand in its ELF file: nothing is searched for it.
    func variableType(_ name: String) -> CType? {
        if let known = typeState.variables[name], types != nil { return known }
        guard let types = types ?? typesOfProgram() else { return nil }
        let found = types.variable(named: name)
        typeState.variables[name] = .some(found)
        return found
    }

    /// The types in the program's own file; nil where there are none, which is remembered.
    private func typesOfProgram() -> TypeInformation? {
        guard let program, typeState.untyped !== program else { return nil }
        // One that is damaged is refused where types are asked for by name.
        if let information = try? typesInSection() {
            typeState = TypeState(information: information, origin: (program, guestNumber))
            return information
        }
        typeState.untyped = program
        return nil
    }

    /// The names of types, if there is type information.
    func typeNames(_ keyword: TypeKeyword?) -> [String] { types?.names(keyword) ?? [] }
}
