import Guest
import RISCV
import Symbols
import Target

/// What names and memory mean in an expression: the guest's, or the program's while there is no guest.
extension Session: ExpressionContext {
    /// Whether the architecture has a register of that name.
    public func isRegister(_ name: String) -> Bool { registers.register(named: name) != nil }

    /// Whether the architecture has a vector register of that name.
    public func isVectorRegister(_ name: String) -> Bool { registers.register(named: name)?.type == .vector }

    /// The register's value by one system call; `zero` needs none, a vector register two more. Throws without a guest.
    public func registerValue(_ name: String) throws(EvaluationFailure) -> Value? {
        guard let register = registers.register(named: name) else { return nil }
        do {
            guard let id = try id(of: register) else { return Value(0, .i64) }
            if register.type == .vector {
                return .vector(VectorValue(try registerBytes(id), of: .integer(try vectorElement())))
            }
            let bits = try registerValue(id)
            return Session.value(register.part?.value(in: bits) ?? bits, of: register)
        } catch {
            throw EvaluationFailure(error.message)
        }
    }

    /// Sets the register by one system call. Throws for `zero`, and without a guest.
    public func setRegister(_ name: String, to value: Value) throws(EvaluationFailure) {
        guard let register = registers.register(named: name) else { return }
        do throws(DebuggerError) {
            guard let id = try id(of: register) else {
                throw .register("The register $\(name) is always zero and cannot be set.")
            }
            if let part = register.part {
                try set(part, of: id, named: name, to: value)
            } else if case .vector(let vector) = value {
                try setRegisterBytes(id, vector.bytes)
            } else if let bits = Session.bits(of: value, for: register) {
                try setRegisterValue(id, bits)
            } else {
                throw .register(
                    "The register $\(name) holds an address, not a floating-point number; write a cast, as in `(u64)x`."
                )
            }
        } catch {
            throw EvaluationFailure(error.message)
        }
    }

    /// Sets some bits of the register `id`, which is read for the others.
    private func set(
        _ part: RegisterPart, of id: RegisterID, named name: String, to value: Value
    ) throws(DebuggerError) {
        guard let bits = Scalar(value)?.converted(to: .integer(.u64)).bits, bits <= part.largest else {
            throw .register("The register $\(name) has \(part.bitCount) bits: it holds 0 to \(part.largest).")
        }
        try setRegisterValue(id, part.setting(bits, in: try registerValue(id)))
    }

    /// The contents of a floating-point or vector register. Throws without a guest.
    public func registerContents(_ name: String) throws(EvaluationFailure) -> RegisterContents? {
        guard let register = registers.register(named: name), register.type == .float || register.type == .vector
        else { return nil }
        do {
            guard let id = try id(of: register) else { return nil }
            return RegisterContents(try registerBytes(id), isVector: register.type == .vector)
        } catch {
            throw EvaluationFailure(error.message)
        }
    }

    /// Sets all bytes of a register. Throws without a guest.
    public func setRegisterContents(_ name: String, to bytes: [UInt8]) throws(EvaluationFailure) {
        guard let register = registers.register(named: name) else { return }
        do {
            guard let id = try id(of: register) else { return }
            try setRegisterBytes(id, bytes)
        } catch {
            throw EvaluationFailure(error.message)
        }
    }

    /// The symbol of that name, of the program or of another table.
    public func symbol(_ name: String) -> ExpressionSymbol? {
        guard let symbol = symbols.symbol(named: name) else { return nil }
        let kind: ExpressionSymbol.Kind
        switch symbol.kind {
        case .function: kind = .function
        case .object: kind = .object
        case .untyped: kind = .label
        }
        var result = ExpressionSymbol(address: symbol.address, byteCount: symbol.size, kind: kind)
        if kind == .object { result.declared = variableType(name) }
        return result
    }

    /// Memory as the guest wrote it, or the program's own bytes while there is no guest.
    public func readMemory(at address: GuestAddress, count: Int) throws(EvaluationFailure) -> UInt64 {
        let bytes: [UInt8]
        do { bytes = try self.bytes(at: address, count: count) } catch {
            throw EvaluationFailure(error.message)
        }
        return littleEndian(bytes)
    }

    /// Writes through the guest's page tables. Throws without a guest.
    public func writeMemory(_ value: UInt64, at address: GuestAddress, count: Int) throws(EvaluationFailure) {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
        do { try writeMemory(bytes, at: address) } catch { throw EvaluationFailure(error.message) }
    }

    /// As `readMemory`, any number of bytes.
    public func readBytes(at address: GuestAddress, count: Int) throws(EvaluationFailure) -> [UInt8] {
        do { return try bytes(at: address, count: count) } catch { throw EvaluationFailure(error.message) }
    }

    /// As `writeMemory`, any number of bytes.
    public func writeBytes(_ bytes: [UInt8], at address: GuestAddress) throws(EvaluationFailure) {
        do { try writeMemory(bytes, at: address) } catch { throw EvaluationFailure(error.message) }
    }

    /// A convenience variable; `random` is another number each time, `_vcpu` the number of the current vCPU.
    public func variable(_ name: String) -> Value? {
        switch name {
        case Session.randomName: return Value(random.next(), .u64)
        case Session.vcpuName: return hasGuest ? Value(UInt64(currentVCPU), .i64) : nil
        default: return variables[name]
        }
    }

    /// Sets a convenience variable. Throws for `random` and `_vcpu`.
    public func setVariable(_ name: String, to value: Value) throws(EvaluationFailure) {
        if name == Session.randomName {
            throw EvaluationFailure("`$random` is another number each time; \"set seed\" says which.")
        }
        if name == Session.vcpuName {
            throw EvaluationFailure("`$_vcpu` is the current virtual CPU; \"vcpu N\" selects another one.")
        }
        variables[name] = value
    }

    /// An environment variable.
    public func environment(_ name: String) -> String? { readEnvironment(name) }

    private static var randomName: String { "random" }
    private static var vcpuName: String { "_vcpu" }

    /// A value that `print` showed.
    public func history(_ index: HistoryIndex) throws(EvaluationFailure) -> Value {
        switch index {
        case .number(let number):
            guard number > 0, number <= UInt64(history.count) else {
                throw EvaluationFailure("The value history has no $\(number); it has \(history.count) values.")
            }
            return history[Int(number) - 1]
        case .back(let distance):
            if history.isEmpty && distance == 0 { return .void }
            guard distance < UInt64(history.count) else {
                throw EvaluationFailure("The value history has only \(history.count) values.")
            }
            return history[history.count - 1 - Int(distance)]
        }
    }

    /// All names of a kind, for suggestions.
    public func names(of kind: NameKind) -> [String] {
        switch kind {
        case .symbol: return symbols.names(startingWith: "", limit: .max)
        case .register: return registers.names(startingWith: "")
        case .variable: return Array(variables.keys) + [Session.randomName]
        case .type(let keyword): return typeNames(keyword)
        }
    }

    /// Keeps a value that was shown, as `$1`, `$2` and so on; its number.
    public func remember(_ value: Value) -> Int {
        history.append(value)
        return history.count
    }

    /// Sets `$_` to the last address that was examined and `$__` to what is there, as GDB does.
    public func setExamined(_ address: GuestAddress, byteCount: Int) {
        variables["_"] = Value(pointingTo: MemoryLocation(address: address, type: .void))
        let contents: UInt64? = try? readMemory(at: address, count: byteCount)
        variables["__"] = contents.map { Value($0, .u64) } ?? .void
    }

    /// Sets `$numfound` to how many matches a search had and, unless there was none, `$_` to the last, as GDB does.
    public func setFound(_ last: GuestAddress?, count: UInt64) {
        variables["numfound"] = Value(count, .i64)
        if let last { variables["_"] = Value(pointingTo: MemoryLocation(address: last, type: .void)) }
    }

    /// Sets `$nummismatched` to how many sections a comparison found to differ.
    public func setMismatched(_ count: UInt64) { variables["nummismatched"] = Value(count, .i64) }

    /// Sets `$_` to a guest-physical address that was shown, as a number; void for nil.
    public func setLast(_ address: GuestPhysicalAddress?) {
        variables["_"] = address.map { Value($0.value, .u64) } ?? .void
    }

    /// "main+4" for an address in or behind a symbol; for a physical address too, while the guest's paging is off and the
    /// program is linked elsewhere. nil where no symbol is near.
    public func symbolText(_ address: GuestVirtualAddress) -> String? {
        if let text = symbols.describe(address) { return text }
        guard let virtual = virtual(for: GuestPhysicalAddress(address.value)), virtual != address, hasGuest,
            (try? isPagingOn()) == false
        else { return nil }
        return symbols.describe(virtual)
    }

    /// "main+4" for a physical address at which the loader put a part of the program; nil for any other.
    public func symbolText(_ address: GuestPhysicalAddress) -> String? {
        virtual(for: address).flatMap { symbols.describe($0) }
    }

    /// "main+4"; see the two above.
    public func symbolText(_ address: GuestAddress) -> String? {
        switch address {
        case .virtual(let address): return symbolText(address)
        case .physical(let address): return symbolText(address)
        }
    }

    /// As `symbolText`, but without asking the guest whether its paging is on: for while it runs.
    public func symbolTextWhileRunning(_ address: GuestVirtualAddress) -> String? {
        if let text = symbols.describe(address) { return text }
        guard let virtual = virtual(for: GuestPhysicalAddress(address.value)) else { return nil }
        return symbols.describe(virtual)
    }
}
