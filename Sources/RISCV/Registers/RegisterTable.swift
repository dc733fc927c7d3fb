import Guest

/// Every register that kvmdbg knows by name: the one place where names meet ONE_REG ids.
///
/// A vCPU has fewer; `KVM_GET_REG_LIST` says which, and may list some that have no name here.
public struct RegisterTable: Sendable {
    /// All registers, grouped, in the order in which they are shown.
    public let registers: [Register]
    /// What is a part of one of `registers` and has a name of its own.
    public let parts: [Register]
    private let byName: [String: Int]
    private let byID: [RegisterID: Int]

    /// Builds the table. `vectorByteCount` is the length of v0–v31 in bytes (`vlenb`), a power of two from 1 to 32,768;
    /// their ids contain it. Any other number counts as 16.
    public init(vectorByteCount: Int = 16) {
        let isSize = vectorByteCount > 0 && vectorByteCount & (vectorByteCount &- 1) == 0 && vectorByteCount <= 1 << 15
        let vectorSize = UInt64((isSize ? vectorByteCount : 16).trailingZeroBitCount)
        registers =
            Self.core + Self.csrs + Self.timer + Self.floatingPoint + Self.vector(size: vectorSize) + Self.extensions
            + Self.config
        parts = Self.partsOfOthers
        var byName: [String: Int] = [:]
        var byID: [RegisterID: Int] = [:]
        for (place, register) in registers.enumerated() {
            byName[register.name] = place
            for name in register.otherNames { byName[name] = place }
            if let id = register.id { byID[id.isVectorData ? id.withoutSize : id] = place }
        }
        for (place, part) in parts.enumerated() { byName[part.name] = registers.count + place }
        self.byName = byName
        self.byID = byID
    }

    /// The register that `name` means, in lower case and without `$`: `a0`, `x10`, `sepc`, `frm`, `isa.zicbom`.
    public func register(named name: String) -> Register? {
        byName[name].map { $0 < registers.count ? registers[$0] : parts[$0 - registers.count] }
    }

    /// The register with the kernel's id `id`. One that the table does not hold gets a name made of the id's parts.
    public func register(for id: RegisterID) -> Register {
        guard let place = byID[id.isVectorData ? id.withoutSize : id] else { return Self.unnamed(id) }
        var register = registers[place]
        register.id = id
        register.bitCount = id.byteCount &* 8
        return register
    }

    /// All names, other names included, that begin with `prefix`, in the order of the table.
    public func names(startingWith prefix: String) -> [String] {
        var names: [String] = []
        for register in registers + parts {
            for name in [register.name] + register.otherNames where name.utf8.starts(with: prefix.utf8) {
                names.append(name)
            }
        }
        return names
    }
}
