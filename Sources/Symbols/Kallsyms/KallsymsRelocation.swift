/// What a relocatable kernel (`CONFIG_RELOCATABLE`) has where an address belongs, before it has put it there itself.
enum KallsymsRelocation {
    /// `R_RISCV_RELATIVE` (RISC-V ELF psABI, "Relocations").
    private static let relative: UInt64 = 3
    /// What kernels are linked to multiples of, as they are loaded at: 2 MiB, the size of a page of the second level.
    private static let alignment: UInt64 = 2 << 20

    /// The link-time address that the kernel is going to write at `place`, by its own relocations (`.rela.dyn`): each has the
    /// address of a place, its kind, and what goes there. The kernel's first byte is at `image`. nil when none is of that place.
    static func address(at place: Int, of image: Int, in bytes: KernelBytes) -> UInt64? {
        var entry = 0
        while entry <= bytes.count - 24 {
            if bytes.double(at: entry + 8) == relative, let target = bytes.double(at: entry),
                let address = bytes.double(at: entry + 16)
            {
                let start = target &- UInt64(place - image)
                if start % alignment == 0, start >= 1 << 31, address &- start < UInt64(bytes.count) { return address }
            }
            entry += 8
        }
        return nil
    }
}
