import Guest

/// Every register that kvmdbg knows by name: the one place where names meet ONE_REG ids.
///
/// A vCPU has fewer; `KVM_GET_REG_LIST` says which, and may list some that have no name here.
/// It is made when it is first looked at: that takes as long as all else of the start, and many a session names no register.
public final class RegisterTable {
    /// All registers, grouped, in the order in which they are shown.
    public private(set) lazy var registers: [Register] =
        RegisterTable.core + RegisterTable.csrs + RegisterTable.timer + RegisterTable.floatingPoint
        + RegisterTable.vector(size: vectorSize) + RegisterTable.extensions + RegisterTable.config
    /// What is a part of one of `registers` and has a name of its own.
    public private(set) lazy var parts: [Register] = RegisterTable.partsOfOthers
    private lazy var byName = placesByName()
    private lazy var byID = placesByID()
    /// What was found last: a condition asks for the same register at each hit.
    private var latest: (name: String, register: Register)?
    private let vectorSize: UInt64

    /// A table in which v0–v31 have `vectorByteCount` bytes (`vlenb`), a power of two from 1 to 32,768; their ids contain it.
    /// Any other number counts as 16.
    public init(vectorByteCount: Int = 16) {
        let isSize = vectorByteCount > 0 && vectorByteCount & (vectorByteCount &- 1) == 0 && vectorByteCount <= 1 << 15
        vectorSize = UInt64((isSize ? vectorByteCount : 16).trailingZeroBitCount)
    }

    private func placesByName() -> [String: Int] {
        var places: [String: Int] = [:]
        for (place, register) in (registers + parts).enumerated() {
            places[register.name] = place
            for name in register.otherNames { places[name] = place }
        }
        return places
    }

    private func placesByID() -> [RegisterID: Int] {
        var places: [RegisterID: Int] = [:]
        for (place, register) in registers.enumerated() {
            if let id = register.id { places[id.isVectorData ? id.withoutSize : id] = place }
        }
        return places
    }

    /// The register that `name` means, in lower case and without `$`: `a0`, `x10`, `sepc`, `frm`, `isa.zicbom`.
    public func register(named name: String) -> Register? {
        if let latest, latest.name == name { return latest.register }
        guard let place = byName[name] else { return nil }
        let register = place < registers.count ? registers[place] : parts[place - registers.count]
        latest = (name, register)
        return register
    }

    /// The register with the kernel's id `id`. One that the table does not hold gets a name made of the id's parts.
    public func register(for id: RegisterID) -> Register {
        guard let place = byID[id.isVectorData ? id.withoutSize : id] else { return RegisterTable.unnamed(id) }
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
