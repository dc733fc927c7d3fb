import Guest
import Images
import Symbols

extension Program {
    /// Reads the ELF file at `path`. Throws `.program` and, for what is to be booted as a kernel, `.kernel`.
    static func read(_ path: String) throws(DebuggerError) -> Program {
        do throws(ELFError) { return Program(try ELFFile(path: path)) } catch {
            if case .notELF = error, KernelFile.isLikely(path) {
                throw .kernel(
                    "Cannot load \"\(path)\" as a guest: it is no ELF file, but looks like a Linux kernel. Boot it with "
                        + "\"kernel \(path)\", or by the option --kernel.")
            }
            throw .program(error)
        }
    }

    /// Reads the kernel at `path`: an Image, one that is compressed, or an ELF file; for RAM of `ramByteCount` bytes from `ramStart`
    /// on. Throws `.program` and `.kernel`.
    static func readKernel(
        _ path: String, ramStart: GuestPhysicalAddress, ramByteCount: UInt64
    ) throws(DebuggerError) -> Program {
        let file: KernelFile
        do throws(ImageError) { file = try KernelFile.read(path, limit: Int(clamping: ramByteCount)) } catch {
            throw .kernel(error.message(path: path))
        }
        switch file {
        case .image(let image): return Program(image, path: path, ramStart: ramStart)
        case .elf(let bytes):
            do throws(ELFError) {
                return Program(kernel: try ELFFile(path: path, bytes: bytes), ramStart: ramStart)
            } catch {
                throw .program(error)
            }
        }
    }
}
