import Guest
import Images
import Symbols
import Target

extension Session {
    /// The program's symbols first, then those of further tables, with the addresses that the guest has them at.
    public var symbols: SymbolTables {
        var entries: [SymbolTables.Entry] = []
        if let program {
            entries.append(
                SymbolTables.Entry(
                    name: program.path, table: program.symbols, lines: program.file?.lines,
                    offset: programPlacement.offset, placement: programPlacement.placement))
        }
        return SymbolTables(entries + furtherSymbols)
    }

    /// Reads the symbols of the file at `path`, an ELF file or a list as System.map, besides those that there are; a table of the
    /// same name is replaced. They are moved `offset` bytes up, or to where the guest's kernel runs. The table, and a sentence
    /// each of what is damaged in it and of what comes of it. Throws `.symbols` and `.target`.
    public func readSymbols(
        _ path: String, offset: UInt64? = nil
    ) throws(DebuggerError) -> (entry: SymbolTables.Entry, notes: [String]) {
        let file: SymbolFile
        do throws(SymbolFileError) { file = try SymbolFile(path: path) } catch { throw .symbols(error) }
        let (entry, notes) = try add(
            SymbolTables.Entry(
                name: path, table: file.table, lines: file.lines, offset: offset ?? 0,
                placement: offset == nil ? .assumed : .given))
        return (entry, file.warnings + notes)
    }

    /// Reads the symbols that a Linux kernel has in itself, from the file at `path`: an Image, perhaps compressed, or an ELF file; as
    /// above. Now and then `isStopped` is asked whether to give up. Throws `.kernel`, `.kallsyms` and `.target`.
    public func readKallsyms(
        of path: String, isStopped: () -> Bool = { false }
    ) throws(DebuggerError) -> (entry: SymbolTables.Entry, notes: [String]) {
        let bytes: [UInt8]
        do throws(ImageError) { bytes = try KernelFile.bytes(path, limit: Self.kernelLimit) } catch {
            throw .kernel(error.message(path: path))
        }
        let read = bytes.withUnsafeBytes { bytes in
            Result { () throws(KallsymsError) in try Kallsyms(in: bytes, isStopped: isStopped) }
        }
        let kallsyms: Kallsyms
        do throws(KallsymsError) { kallsyms = try read.get() } catch { throw .kallsyms("\"\(path)\"", error) }
        return try add(SymbolTables.Entry(name: Self.kallsymsName, table: kallsyms.table))
    }

    /// The most bytes that a compressed kernel is decompressed to.
    private static var kernelLimit: Int { 256 << 20 }

    /// Reads them from the guest's memory, where they lie; as above. Throws `.noGuest`, `.kallsyms` and `.target`.
    public func readKallsyms(
        isStopped: () -> Bool = { false }
    ) throws(DebuggerError) -> (entry: SymbolTables.Entry, notes: [String]) {
        let target = try requireGuest().target
        var latest = Result<Kallsyms, KallsymsError>.failure(.noTokens)
        do throws(TargetError) {
            for region in try KernelPlace.candidates(in: target, at: program?.imageStart) {
                try target.withMemory(at: region.start, count: Int(clamping: region.byteCount)) { bytes in
                    latest = Result { () throws(KallsymsError) in try Kallsyms(in: bytes, isStopped: isStopped) }
                }
                if case .failure = latest, !isStopped() { continue }
                break
            }
        } catch { throw .target(error) }
        let kallsyms: Kallsyms
        do throws(KallsymsError) { kallsyms = try latest.get() } catch { throw .kallsyms("the guest's memory", error) }
        return try add(SymbolTables.Entry(name: Self.kallsymsName, table: kallsyms.table))
    }

    /// What the table that a kernel has in itself is called.
    private static var kallsymsName: String { "kallsyms" }

    private func add(
        _ entry: SymbolTables.Entry
    ) throws(DebuggerError) -> (entry: SymbolTables.Entry, notes: [String]) {
        let index = furtherSymbols.firstIndex { $0.name == entry.name } ?? furtherSymbols.count
        if index == furtherSymbols.count { furtherSymbols.append(entry) } else { furtherSymbols[index] = entry }
        kernelSearches = 0
        var notes = try placeSymbols()
        try followSymbols()
        relocateWatchpoints()
        notes += try armPending()
        notes += try armPendingWatchpoints()
        return (furtherSymbols[index], notes)
    }

    /// Where the loader put what is linked to `address`: for a Linux Image, which has no segments, by the kernel's first symbol and
    /// by where the Image lies; else by the program's segments. nil for what is neither's.
    public func physical(for address: GuestVirtualAddress) -> GuestPhysicalAddress? {
        if let imageStart = program?.imageStart {
            for entry in symbols.entries {
                if let kernel = KernelPlace.range(of: entry), kernel.contains(address) {
                    return imageStart + (address - kernel.start)
                }
            }
        }
        return program?.physical(for: address)
    }

    /// Which address is linked to what the loader put at `address`: the inverse of `physical(for:)`.
    public func virtual(for address: GuestPhysicalAddress) -> GuestVirtualAddress? {
        if let imageStart = program?.imageStart, address >= imageStart {
            for entry in symbols.entries {
                if let kernel = KernelPlace.range(of: entry), address - imageStart < kernel.size {
                    return kernel.start + (address - imageStart)
                }
            }
        }
        return program?.virtual(for: address)
    }
}
