import CElfutils

/// The name of an `e_machine`, as its makers write it.
func machineName(_ machine: UInt16) -> String {
    switch Int32(machine) {
    case EM_NONE: return "no machine (EM_NONE)"
    case EM_386: return "x86 (i386)"
    case EM_X86_64: return "x86-64"
    case EM_ARM: return "Arm (32-bit)"
    case EM_AARCH64: return "AArch64"
    case EM_PPC: return "PowerPC"
    case EM_PPC64: return "PowerPC 64"
    case EM_S390: return "S/390"
    case EM_MIPS: return "MIPS"
    case EM_SPARCV9: return "SPARC V9"
    case EM_IA_64: return "Itanium"
    case EM_BPF: return "BPF"
    case 258: return "LoongArch"
    default: return "the ELF machine \(machine)"
    }
}

/// What a file that is not ELF seems to be, by its first bytes.
func looks(_ bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "it is empty" }
    if bytes.starts(with: [0x1F, 0x8B]) { return "it is compressed by gzip" }
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return "it is compressed by zstd" }
    if bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A]) { return "it is compressed by xz" }
    if bytes.starts(with: Array("#!".utf8)) { return "it is a script" }
    if bytes.starts(with: Array("!<arch>".utf8)) { return "it is an archive of object files" }
    if bytes.count > 0x40, bytes[0x30..<0x35].elementsEqual("RISCV".utf8) { return "it is a RISC-V kernel image" }
    return "its first bytes are not 7f 45 4c 46"
}
