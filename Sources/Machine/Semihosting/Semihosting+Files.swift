import Guest
import Host

// The calls that are about open files, the console among them.
extension Semihosting {
    /// A call that moves more bytes than this ends before all are moved when whoever debugs, or a time limit, stops the guest.
    static let surelyMoved: UInt64 = 1 << 20

    /// Opens the file that the block names; its handle.
    func open(_ memory: SemihostingMemory) throws(SemihostingFailure) -> UInt64 {
        guard let mode = SemihostingMode(try memory.argument(1)) else { throw .refused(.invalid) }
        let name = try name(memory, 0, count: try memory.argument(2))
        let handle = files.firstIndex { $0 == nil } ?? files.count
        if handle >= Self.largestHandle { throw .refused(.tooManyFiles) }
        let file: SemihostingFile
        if name == Array(":tt".utf8) {
            file = mode.console
        } else if name == Array(":semihosting-features".utf8) {
            guard mode.isReading else { throw .refused(.permissionDenied) }
            file = .features(position: 0)
        } else {
            let folder = try requireFolder()
            file = .file(try refusing { () throws(Errno) in try folder.open(name, mode.access) })
        }
        if handle == files.count { files.append(file) } else { files[handle] = file }
        return UInt64(handle) + 1
    }

    func close(_ memory: SemihostingMemory) throws(SemihostingFailure) -> UInt64 {
        let handle = try memory.argument(0)
        _ = try file(handle)
        files[Int(handle) - 1] = nil
        return 0
    }

    /// How many of the bytes were not written.
    func write(_ memory: SemihostingMemory) throws(SemihostingFailure) -> UInt64 {
        let file = try file(memory.argument(0))
        return try move(memory) { (address, count) throws(SemihostingFailure) in
            switch file {
            case .output:
                say(try memory.bytes(at: address, count: count, "a buffer"))
                return count
            case .file(let file):
                let bytes = try memory.bytes(at: address, count: count, "a buffer")
                return try refusing { () throws(Errno) in
                    try bytes.withUnsafeBytes { bytes in Result { () throws(Errno) in try file.write(bytes) } }.get()
                }
            case .input, .features: throw .refused(.badFile)
            }
        }
    }

    /// How many of the bytes were not read: all of them at the end of what there is. nil where somebody is still to type.
    func read(_ memory: SemihostingMemory) throws(SemihostingFailure) -> UInt64? {
        let handle = try memory.argument(0)
        let file = try file(handle)
        if case .input = file, isAttended, input.isEmpty, try memory.argument(2) > 0 { return nil }
        return try move(memory) { (address, count) throws(SemihostingFailure) in
            var bytes: [UInt8] = []
            switch file {
            case .input:
                // What was typed is not to be lost where there is no room for it.
                _ = try memory.bytes(at: address, count: count, "a buffer")
                while bytes.count < count, let byte = input.next() { bytes.append(byte) }
            case .features(let position):
                bytes = Array(SemihostingFile.features.dropFirst(position).prefix(count))
                files[Int(handle) - 1] = .features(position: position + bytes.count)
            case .file(let file):
                bytes = [UInt8](repeating: 0, count: count)
                let filled = try refusing { () throws(Errno) in
                    try bytes.withUnsafeMutableBytes { bytes in
                        Result { () throws(Errno) in try file.read(into: bytes) }
                    }.get()
                }
                bytes.removeLast(count - filled)
            case .output: throw .refused(.badFile)
            }
            try memory.write(bytes, at: address, "a buffer")
            return bytes.count
        }
    }

    /// Has `body` move the bytes of the block's buffer, piece by piece, until it moves fewer than it could; how many were not moved.
    private func move(
        _ memory: SemihostingMemory,
        _ body: (GuestVirtualAddress, Int) throws(SemihostingFailure) -> Int
    ) throws(SemihostingFailure) -> UInt64 {
        let start = GuestVirtualAddress(try memory.argument(1))
        let total = try memory.argument(2)
        var done: UInt64 = 0
        while done < total {
            if done >= Self.surelyMoved, Interruption.isPending || Interruption.isDeadlineOver { break }
            let count = Int(min(total - done, UInt64(SemihostingMemory.pieceByteCount)))
            let moved: Int
            do throws(SemihostingFailure) { moved = try body(start + done, count) } catch {
                // What was moved before it was refused is moved.
                if case .refused = error, done > 0 { break }
                throw error
            }
            done += UInt64(moved)
            if moved < count { break }
        }
        return total - done
    }

    /// Goes on in a file at a byte.
    func seek(_ memory: SemihostingMemory) throws(SemihostingFailure) -> UInt64 {
        let handle = try memory.argument(0)
        let offset = try memory.argument(1)
        switch try file(handle) {
        case .input, .output: throw .refused(.notSeekable)
        case .features:
            guard offset <= UInt64(SemihostingFile.features.count) else { throw .refused(.invalid) }
            files[Int(handle) - 1] = .features(position: Int(offset))
        case .file(let file): try refusing { () throws(Errno) in try file.seek(offset) }
        }
        return 0
    }

    /// The length of a file in bytes.
    func length(_ memory: SemihostingMemory) throws(SemihostingFailure) -> UInt64 {
        switch try file(memory.argument(0)) {
        case .input, .output: throw .refused(.notSeekable)
        case .features: return UInt64(SemihostingFile.features.count)
        case .file(let file): return try refusing { () throws(Errno) in try file.byteCount() }
        }
    }

    func remove(_ memory: SemihostingMemory) throws(SemihostingFailure) -> UInt64 {
        let name = try name(memory, 0, count: try memory.argument(1))
        let folder = try requireFolder()
        try refusing { () throws(Errno) in try folder.remove(name) }
        return 0
    }

    func rename(_ memory: SemihostingMemory) throws(SemihostingFailure) -> UInt64 {
        let from = try name(memory, 0, count: try memory.argument(1))
        let to = try name(memory, 2, count: try memory.argument(3))
        let folder = try requireFolder()
        try refusing { () throws(Errno) in try folder.rename(from, to: to) }
        return 0
    }

    /// The file of a handle.
    func file(_ handle: UInt64) throws(SemihostingFailure) -> SemihostingFile {
        guard handle >= 1, handle <= UInt64(files.count), let file = files[Int(handle) - 1] else {
            throw .refused(.badFile)
        }
        return file
    }

    private func requireFolder() throws(SemihostingFailure) -> ConfinedFolder {
        guard let folder else { throw .refused(.permissionDenied) }
        return folder
    }

    /// The name of `count` bytes at the address that the argument `index` is.
    private func name(
        _ memory: SemihostingMemory, _ index: UInt64, count: UInt64
    ) throws(SemihostingFailure) -> [UInt8] {
        // No file has a longer name.
        guard count < GuestRAM.pageSize else { throw .refused(.nameTooLong) }
        return try memory.bytes(at: GuestVirtualAddress(try memory.argument(index)), count: Int(count), "a name")
    }
}
