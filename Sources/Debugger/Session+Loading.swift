import Guest
import Images
import Symbols
import Target

extension Session {
    /// Reads the ELF file at `path` and makes it the program of the next guest. A guest that exists is ended. Nothing is
    /// changed when the file is refused. Throws `.program`, `.kernel` and `.target(.image)`.
    public func load(_ path: String) throws(DebuggerError) { try take(try Program.read(path)) }

    /// As `load`, for a kernel: a Linux Image, perhaps compressed by gzip or zstd, or an ELF file.
    public func loadKernel(_ path: String) throws(DebuggerError) {
        try take(
            try Program.readKernel(path, ramStart: provider.ramStart, ramByteCount: machine.memorySize))
    }

    private func take(_ program: Program) throws(DebuggerError) {
        do { try provider.check(program, machine) } catch { throw .target(error) }
        kill()
        self.program = program
        relocateBreakpoints()
        relocateWatchpoints()
    }

    /// Reads the file at `path`, the kernel's first file system, for the next guest; nil for none. Nothing is changed when it is
    /// refused, as where it does not fit beside the program. Throws `.kernel` and `.target(.image)`.
    public func setInitrd(_ path: String?) throws(DebuggerError) {
        let file = try Session.bootFile(path)
        try changeMachine { $0.initrd = file }
    }

    /// Reads the file at `path`, a device tree blob, for the next guest; nil for one that describes the machine. As
    /// `setInitrd` otherwise.
    public func setDeviceTree(_ path: String?) throws(DebuggerError) {
        let file = try Session.bootFile(path)
        try changeMachine { $0.deviceTree = file }
    }

    /// Lets the next guest use the files in the folder at `path` by semihosting; nil for none. Throws `.target(.image)` when it is no
    /// folder.
    public func setSemihostingFolder(_ path: String?) throws(DebuggerError) {
        try changeMachine { $0.semihostingFolder = path }
    }

    /// Changes what the next guest's machine is. Nothing is changed when the program does not fit any more. Throws
    /// `.target(.image)`.
    public func changeMachine(_ change: (inout MachineSettings) -> Void) throws(DebuggerError) {
        var changed = machine
        change(&changed)
        do {
            if let program {
                try provider.check(program, changed)
            } else {
                try provider.check(changed)
            }
        } catch { throw .target(error) }
        machine = changed
    }

    private static func bootFile(_ path: String?) throws(DebuggerError) -> BootFile? {
        guard let path else { return nil }
        do throws(ImageError) { return try BootFile(path: path) } catch { throw .kernel(error.message(path: path)) }
    }
}
