import Guest

extension ELFFile {
    /// A part of the file that goes into the guest's memory: a program header of type `PT_LOAD`.
    public struct Segment: Sendable {
        /// The number of its program header, from 0.
        public var index: Int
        /// Where it is loaded (`p_paddr`, GPA).
        public var physical: GuestPhysicalAddress
        /// Where the program expects it once its paging is on (`p_vaddr`, GVA).
        public var virtual: GuestVirtualAddress
        /// How many bytes the file has for it (`p_filesz`); at most `memorySize`.
        public var fileSize: UInt64
        /// How many bytes it takes in memory (`p_memsz`), at least 1: those behind the file's are zero.
        public var memorySize: UInt64
        /// May be read (`PF_R`).
        public var isReadable: Bool
        /// May be written (`PF_W`).
        public var isWritable: Bool
        /// May be executed (`PF_X`).
        public var isExecutable: Bool
        /// The file's part of it, `fileSize` bytes, shared with the file and not copied.
        public var bytes: ArraySlice<UInt8>

        /// The addresses it takes (GVA).
        public var range: AddressRange { AddressRange(virtual, size: memorySize) }

        /// The segment with these parts.
        public init(
            index: Int, physical: GuestPhysicalAddress, virtual: GuestVirtualAddress, fileSize: UInt64,
            memorySize: UInt64,
            isReadable: Bool, isWritable: Bool, isExecutable: Bool, bytes: ArraySlice<UInt8>
        ) {
            self.index = index
            self.physical = physical
            self.virtual = virtual
            self.fileSize = fileSize
            self.memorySize = memorySize
            self.isReadable = isReadable
            self.isWritable = isWritable
            self.isExecutable = isExecutable
            self.bytes = bytes
        }
    }

    /// A named part of memory: a section header with `SHF_ALLOC`.
    public struct Section: Sendable {
        /// Its name, such as ".text"; "?" when the file does not tell.
        public var name: String
        /// The addresses it takes (GVA).
        public var range: AddressRange
        /// May be written (`SHF_WRITE`).
        public var isWritable: Bool
        /// May be executed (`SHF_EXECINSTR`).
        public var isExecutable: Bool
        /// Has bytes in the file; .bss has none (`SHT_NOBITS`).
        public var hasContents: Bool
    }
}
