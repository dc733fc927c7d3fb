import Debugger
import Host
import Reports

/// A `.kdbg` file, wholly parsed: nothing of it is carried out unless all of it can be understood.
public struct Script {
    /// The file's path as it was given.
    public let path: String
    /// The commands in order.
    public let commands: [PreparedCommand]

    /// Why a script cannot be used: an error, and the command it is in; nil when the file itself cannot be read.
    public struct Problem: Error {
        /// What is wrong.
        public let error: CommandError
        /// Where.
        public let text: CommandText
    }

    /// How deep scripts can source each other.
    static let depthLimit = 32

    /// Reads and parses the file at `path`, seen from the working directory. Throws what is wrong with it first.
    public init(path: String, _ context: ParseContext) throws(Problem) {
        let name = CommandText(typed: "source \(path)")
        let bytes: [UInt8]
        do { bytes = try Files.read(path, limit: 64 << 20) } catch {
            throw Problem(error: .syntax(error.message, SourceSpan(7, name.text.utf8.count)), text: name)
        }
        try self.init(bytes: bytes, path: path, context)
    }

    /// Parses `bytes` as what stands in the file at `path`, which is not read. Throws what is wrong with it first.
    public init(bytes: [UInt8], path: String, _ context: ParseContext) throws(Problem) {
        self.path = path
        let folder = context.folder
        context.folder = Path.directory(of: path)
        context.scripts.append(path)
        defer {
            context.folder = folder
            context.scripts.removeLast()
        }
        var lines = ScriptLines(bytes: bytes, file: path)
        var texts: [CommandText] = []
        while let text = lines.next() { texts.append(text) }
        commands = try Block.parse(try Block.statements(texts, context), context)
    }
}
