import Guest

extension RegisterTable {
    /// The register with an id that no name is known for: a newer kernel's, or another architecture's. The name is made
    /// of the id's parts (`isa.70`, `csr.3.0`, `csr.aia.9`), or is the id itself.
    static func unnamed(_ id: RegisterID) -> Register {
        guard let kind = id.kind else { return Register(id.description, id: id, group: .other) }
        let (group, prefix, subtypes) = family(kind, subtype: id.subtype)
        let subtype =
            Int(id.subtype) < subtypes.count ? subtypes[Int(id.subtype)] : "." + String(id.subtype)
        return Register(prefix + subtype + "." + String(id.index), id: id, group: group)
    }

    /// The group of `kind`, the first part of its registers' names, and what the known subtypes add to it.
    private static func family(
        _ kind: RegisterID.Kind, subtype: UInt8
    ) -> (group: RegisterGroup, prefix: String, subtypes: [String]) {
        switch kind {
        case .config: (.config, "config", [""])
        case .core: (.core, "core", [""])
        case .csr: (subtype == 1 ? .aia : subtype == 2 ? .smstateen : .csr, "csr", ["", ".aia", ".smstateen"])
        case .timer: (.timer, "timer", [""])
        case .f: (.fp, "f", [""])
        case .d: (.fp, "d", [""])
        case .isa: (.isa, "isa", ["", ".enable", ".disable"])
        case .sbi: (.sbi, "sbi", ["", ".enable", ".disable"])
        case .vector: (.vector, "vector", [""])
        case .sbiState: (.sbi, "sbi", [".sta"])
        }
    }
}
